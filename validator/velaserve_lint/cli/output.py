# SPDX-License-Identifier: Apache-2.0
"""Standard output that survives a closed pipe, an odd encoding and a terminal's absence."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

from velaserve_lint.formats import View
from velaserve_lint.terminal import paints

if TYPE_CHECKING:
    import argparse


def emit(text: str) -> None:
    """Writes to standard output; a reader that has gone away is no error."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def view_of(arguments: argparse.Namespace) -> View:
    """How standard output is to look."""
    return View(
        arguments.lang, paints(arguments.color, sys.stdout), getattr(arguments, "quiet", False)
    )
