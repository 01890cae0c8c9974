# SPDX-License-Identifier: Apache-2.0
"""Which command is meant, and its flags."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from velaserve_lint.formats import FORMATS
from velaserve_lint.terminal import columns, hyphenated
from velaserve_lint.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "lint files, folders or standard input (what is done when no command is named)",
    "score": "say how ready for production workloads and Applications are, from 0 to 100",
    "explain": "say what a rule finds, why, and how to fix it",
    "rules": "list all rules",
    "schema": "print one JSON Schema for Applications, for editors",
}
_VALUED = frozenset(
    {
        *("--output-format", "--fail-on", "--stdin-filename", "--lang", "--color", "--ignore"),
        *("--exclude", "--baseline", "--write-baseline", "--config", "--rules"),
        *("--against", "--allow-type", "--definitions", "--kubernetes", "--kserve", "--kubevela"),
        *("--min-score", "--min-grade"),
    }
)
_EXIT_CODES = "exit codes: 0 clean, 1 findings, 2 usage or internal error, 3 nothing to lint"
_OF_SCORE = "exit codes: 0 good enough, 1 not, 2 usage or internal error, 3 nothing to score"
_EXAMPLES = {
    "check": ("applications/", "--output-format full --output-format json:report.json app.yaml"),
    "score": ("score applications/", "score --min-grade A --output-format markdown app.yaml"),
    "explain": ("explain VS201", "explain VS201 --lang zh"),
    "rules": ("rules", "rules --lang zh"),
    "schema": ("schema > application.schema.json", "schema | less"),
}


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """As wide as the terminal: argparse asks shutil, whose import is a tenth of a short run."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns() - 2)


def command_of(argv: Sequence[str]) -> tuple[str, list[str]]:
    """The command, and the rest; a path with a command's name is written ./rules."""
    words = hyphenated(argv)
    for index, word in enumerate(words):
        if word in COMMANDS:
            return word, words[:index] + words[index + 1 :]
        if not word.startswith("-") and (index == 0 or words[index - 1] not in _VALUED):
            break
    return "check", words


def parser_of(command: str, prog: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog if command == "check" else f"{prog} {command}",
        description="Finds mistakes in OAM Applications before a cluster sees them.",
        epilog=_epilog(command, prog),
        formatter_class=_Formatter,
        allow_abbrev=False,
    )
    _ARGUMENTS[command](parser)
    parser.add_argument("--lang", choices=("en", "zh"), help="language; by default the locale's")
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), default="auto", help="default: %(default)s"
    )
    parser.add_argument("--version", action="version", version=f"velaserve-lint {VERSION}")
    return parser


def _check(parser: argparse.ArgumentParser) -> None:
    _inputs(parser, FORMATS, "full")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "info", "never"),
        help="least severity that makes the exit code 1; default: error",
    )
    parser.add_argument(
        "--checklist",
        action="store_true",
        default=None,
        help="report what production needs, too; `score` makes a number of it",
    )
    parser.add_argument("--quiet", action="store_true", help="findings only, no closing line")
    _changes(parser)
    _configuration(parser)


def _score(parser: argparse.ArgumentParser) -> None:
    from velaserve_lint.scores import FORMATS as SCORE_FORMATS

    _inputs(parser, SCORE_FORMATS, "text")
    parser.set_defaults(checklist=True)
    parser.add_argument(
        "--show-passed", action="store_true", help="also what passes and what does not apply"
    )
    parser.add_argument("--min-score", type=_score_of, metavar="N", help="exit 1 below it, 0-100")
    parser.add_argument("--min-grade", choices=("A", "B", "C", "D"), help="exit 1 below it")
    _configuration(parser)


def _score_of(text: str) -> int:
    if not text.isdecimal() or int(text) > 100:
        raise argparse.ArgumentTypeError(f"expected a number from 0 to 100, found '{text}'")
    return int(text)


def _inputs(parser: argparse.ArgumentParser, formats: tuple[str, ...], default: str) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="file, folder or -; default: .")
    parser.add_argument(
        "--output-format",
        action="append",
        metavar="FMT[:FILE]",
        help=f"{' | '.join(formats)}, to a file or standard output; repeatable; default: {default}",
    )
    parser.add_argument(
        "--ignore", action="append", metavar="ID", help="rule, or family such as VS3; repeatable"
    )
    parser.add_argument(
        "--exclude", action="append", metavar="PATTERN", help="paths not to lint; repeatable"
    )
    parser.add_argument(
        "--stdin-filename", default="-", metavar="NAME", help="what findings in - are reported for"
    )
    parser.add_argument(
        "--allow-nothing", action="store_true", help="exit 0, not 3, where there is nothing to lint"
    )
    parser.add_argument(
        "--baseline", metavar="FILE", help="do not report the findings that are listed in it"
    )


def _changes(parser: argparse.ArgumentParser) -> None:
    mend = parser.add_mutually_exclusive_group()
    mend.add_argument("--fix", action="store_true", help="mend what can be mended safely")
    mend.add_argument("--diff", action="store_true", help="print what --fix would change; 1 if any")
    parser.add_argument(
        "--write-baseline",
        metavar="FILE",
        help="list all findings in it; in one that exists, keep what is still found",
    )


def _configuration(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--config", metavar="FILE", help="instead of the nearest one above the paths"
    )
    where.add_argument("--isolated", action="store_true", help="read no configuration file")
    parser.add_argument(
        "--rules", action="append", metavar="FILE", help="rules of your own; repeatable"
    )
    parser.add_argument(
        "--against",
        action="append",
        metavar="DIR",
        help="what the cluster has now, as of kubectl get -o yaml: finds updates that it refuses",
    )
    parser.add_argument(
        "--definitions",
        action="append",
        metavar="PATH",
        help="types that your cluster has: a folder, or what "
        "`kubectl get cm -A -l definition.oam.dev=schema -o yaml` prints; repeatable",
    )
    parser.add_argument(
        "--allow-type",
        action="append",
        metavar="NAME",
        help="a type that is known without being defined anywhere; repeatable",
    )
    for name, example in (("kubernetes", "1.34"), ("kserve", "0.20.0"), ("kubevela", "1.10.9")):
        parser.add_argument(
            f"--{name}", metavar="VERSION", help=f"version in the cluster; default: {example}"
        )


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", metavar="ID", help="such as VS201")


def _nothing(_parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


_ARGUMENTS = {
    "check": _check,
    "score": _score,
    "explain": _explain,
    "rules": _nothing,
    "schema": _nothing,
}


def _epilog(command: str, prog: str) -> str:
    listed = [f"  {name:8} {what}" for name, what in COMMANDS.items()]
    commands = ["commands:", *listed, ""] if command == "check" else []
    examples = ["examples:", *(f"  {prog} {example}" for example in _EXAMPLES[command]), ""]
    codes = _OF_SCORE if command == "score" else _EXIT_CODES
    return "\n".join([*commands, *examples, codes])
