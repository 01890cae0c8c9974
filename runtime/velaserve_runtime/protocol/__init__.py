# SPDX-License-Identifier: Apache-2.0
"""The V2 protocol without I/O: tensors, datatypes, codecs, errors."""
