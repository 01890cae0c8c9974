# SPDX-License-Identifier: Apache-2.0
"""Accelerators, Ascend NPUs above all."""
