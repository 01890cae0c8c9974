# SPDX-License-Identifier: Apache-2.0
"""The command velaserve-lint."""

from velaserve_lint.cli.entry import main

__all__ = ["main"]
