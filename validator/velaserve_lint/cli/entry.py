# SPDX-License-Identifier: Apache-2.0
"""Runs a command; the exit code says how it went."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from velaserve_lint.cli.arguments import command_of, parser_of
from velaserve_lint.cli.errors import UsageError
from velaserve_lint.language import preferred

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

USAGE_OR_INTERNAL = 2
INTERRUPTED = 130


class _Command(Protocol):
    def run(self, arguments: argparse.Namespace) -> int: ...


def main(argv: Sequence[str] | None = None, prog: str = "velaserve-lint") -> int:
    """The exit code: 0 clean, 1 findings, 2 usage or internal, 3 nothing to lint."""
    command, rest = command_of(sys.argv[1:] if argv is None else argv)
    arguments = parser_of(command, prog).parse_args(rest)
    arguments.lang_is_asked_for = arguments.lang is not None
    arguments.lang = arguments.lang or preferred()
    module = cast("_Command", import_module(f"velaserve_lint.cli.{command}"))
    try:
        return module.run(arguments)
    except UsageError as err:
        print(f"{prog}: {err.text.to(arguments.lang, err.arguments)}", file=sys.stderr)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception:  # noqa: BLE001 an uncaught one would exit with 1, which means "findings"
        _print_bug(prog)
    return USAGE_OR_INTERNAL


def _print_bug(prog: str) -> None:
    import traceback

    traceback.print_exc()
    print(f"{prog}: this is a bug in velaserve-lint; please report it", file=sys.stderr)
