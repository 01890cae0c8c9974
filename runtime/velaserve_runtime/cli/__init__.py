# SPDX-License-Identifier: Apache-2.0
"""The `velaserve` command: one module a sub-command, imported when asked for."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

from velaserve_lint.terminal import hyphenated

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "serve": "serve models over KServe V2, REST and gRPC",
    "compile": "compile a model for a card ahead of time, into the cache of serve",
    "up": "run an Application on this machine, without a cluster",
    "demo": "serve applications/digits.yaml and send it a real digit",
    "lint": "check Applications (the same as velaserve-lint)",
}
_EPILOG = """examples:
  velaserve serve --model-dir models/digits --http-port 8080
  velaserve up applications/digits.yaml --pvc models=applications/models

exit codes: 0 clean stop, 1 the model or Application is bad,
            2 usage, port or environment, 130 Ctrl-C"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; the exit code."""
    arguments = hyphenated(sys.argv[1:] if argv is None else argv)
    parser = _parser()
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    wanted = arguments[0] if arguments else ""
    if wanted not in COMMANDS:
        for name, text in COMMANDS.items():
            commands.add_parser(name, help=text)
        parser.parse_args(arguments)
        return 2
    try:
        command = import_module(f"velaserve_runtime.cli.{wanted}")
        command.add_parser(commands)
        code: int = command.run(parser.parse_args(arguments))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        "velaserve",
        description="Model serving on Kubernetes and Ascend, and on this machine.",
        epilog=_EPILOG,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"velaserve {version('velaserve')}")
    return parser
