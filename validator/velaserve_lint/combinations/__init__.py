# SPDX-License-Identifier: Apache-2.0
"""What our definitions refuse because properties do not go together, in tables.

CUE refuses it when it renders, in `_refused` of components and `errs` of traits; a JSON Schema
cannot say it, or not in words that help. tests/validator/test_refusals.py holds both to each other.
"""
