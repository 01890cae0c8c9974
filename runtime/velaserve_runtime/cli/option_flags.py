# SPDX-License-Identifier: Apache-2.0
"""The server's options as flags of a command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from velaserve_lint.names import OptionError

if TYPE_CHECKING:
    from velaserve_lint.names import Option
    from velaserve_lint.names.option import Value


def add_flag(parser: argparse.ArgumentParser, option: Option) -> None:
    """Absent from the namespace unless it was given: a variable may have the value."""

    def parse(text: str) -> Value:
        try:
            return option.parse(text)
        except OptionError as err:
            raise argparse.ArgumentTypeError(str(err).removeprefix(f"{option.flag}: ")) from err

    default = "" if option.default is None else f" (default {option.default})"
    choices = f" One of {', '.join(option.choices)}." if option.choices else ""
    text = (option.help + choices + default).replace("%", "%%")
    if option.type == "boolean":
        parser.add_argument(
            option.flag,
            type=parse,
            nargs="?",
            const=True,
            default=argparse.SUPPRESS,
            metavar="BOOL",
            help=text,
        )
        return
    parser.add_argument(
        option.flag,
        type=parse,
        default=argparse.SUPPRESS,
        metavar=(option.unit or option.type).upper(),
        help=text,
    )
