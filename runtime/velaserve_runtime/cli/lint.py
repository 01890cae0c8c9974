# SPDX-License-Identifier: Apache-2.0
"""`velaserve lint …` is `velaserve-lint …`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    # No flag is looked for here, --help included: they are the linter's.
    lint = commands.add_parser("lint", add_help=False, prefix_chars="\0")
    lint.add_argument("arguments", nargs="*")


def run(arguments: argparse.Namespace) -> int:
    from velaserve_lint.cli import main

    return main(arguments.arguments, prog="velaserve lint")
