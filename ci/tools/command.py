# SPDX-License-Identifier: Apache-2.0
"""The command: build [NAME...] | path NAME [VERSION] | module_dir MODULE [VERSION]."""

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from ci.tools.build import build
from ci.tools.errors import ToolsError
from ci.tools.gomod import module_dir
from ci.tools.pins import PINS, load, named, programs
from ci.tools.programs import path


def main(argv: Sequence[str], pins: Path = PINS) -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run(_parser().parse_args(argv), pins)
    except ToolsError as err:
        print(err, file=sys.stderr)
        return err.exit_code
    except OSError as err:
        print(err, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted: no half-built program is left", file=sys.stderr)
        return 130
    return 0


def _run(args: argparse.Namespace, pins: Path) -> None:
    if args.verb == "path":
        print(path(args.name, args.version, pins))
    elif args.verb == "module_dir":
        print(module_dir(args.name, args.version, pins=pins))
    else:
        _build(args.names, pins)


def _build(names: list[str], pins: Path) -> None:
    modules = load(pins)
    chosen = [program for name in names for program in named(modules, name)]
    for program in chosen or programs(modules):
        build(program)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("ci/tools/tools.sh")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("build", help="build what is missing, of all programs or the named")
    verb.add_argument("names", nargs="*", metavar="NAME")
    for name, text in (
        ("path", "print where a built program is"),
        ("module_dir", "print the folder of a module in Go's module cache"),
    ):
        verb = verbs.add_parser(name, help=text)
        verb.add_argument("name")
        verb.add_argument("version", nargs="?")
    return parser
