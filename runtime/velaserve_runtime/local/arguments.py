# SPDX-License-Identifier: Apache-2.0
"""Flags that `up` and `demo` share."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, cast

from velaserve_lint.language import preferred
from velaserve_lint.names import OptionError, options
from velaserve_runtime.local import messages
from velaserve_runtime.local.console import Console
from velaserve_runtime.local.errors import BAD_ENVIRONMENT, LocalError
from velaserve_runtime.local.grpc_extra import grpc_is_installed
from velaserve_runtime.local.supervisor import Listen

if TYPE_CHECKING:
    from collections.abc import Callable

LOOPBACK = "127.0.0.1"


def add_shared(parser: argparse.ArgumentParser) -> None:
    listen = parser.add_argument_group("where to listen")
    listen.add_argument("--host", default=LOOPBACK, help=f"default: {LOOPBACK}, this machine only")
    for wire, key in (("REST", "http_port"), ("gRPC", "grpc_port")):
        listen.add_argument(
            options()[key].flag,
            type=_port(key),
            metavar="PORT",
            help=f"{wire} port, or the next free one; 0 = any (default: {options()[key].default})",
        )
    manners = parser.add_argument_group("output")
    manners.add_argument("--lang", choices=("en", "zh"), help="language; default: the locale's")
    manners.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    manners.add_argument("--quiet", action="store_true", help="no progress, no hints")
    manners.add_argument("--verbose", action="store_true", help="every log line of the servers")


def console_of(arguments: argparse.Namespace) -> Console:
    return Console(
        language=arguments.lang or preferred(),
        colour=arguments.color,
        quiet=arguments.quiet,
        verbose=arguments.verbose,
    )


def listen_of(arguments: argparse.Namespace, command: str, console: Console) -> Listen:
    """Without the extra `grpc`: REST only, unless a gRPC port was asked for.

    Raises:
        LocalError: it was.
    """
    http_port = _or_default(arguments.http_port, "http_port")
    if grpc_is_installed():
        return Listen(arguments.host, http_port, _or_default(arguments.grpc_port, "grpc_port"))
    if arguments.grpc_port is not None:
        what = f"velaserve {command} --grpc-port"
        raise LocalError(BAD_ENVIRONMENT, messages.EXTRA_MISSING, what=what, extra="grpc")
    console.note(messages.REST_ONLY)
    return Listen(arguments.host, http_port, None)


def claim(text: str) -> tuple[str, Path]:
    """NAME=DIR, as --pvc takes it.

    Raises:
        argparse.ArgumentTypeError: it is not, or DIR is no folder.
    """
    name, separator, folder = text.partition("=")
    if not (name and separator and folder):
        raise argparse.ArgumentTypeError(f"expected NAME=DIR, found '{text}'")
    if not Path(folder).is_dir():
        raise argparse.ArgumentTypeError(f"claim '{name}': '{folder}' is not a folder")
    return name, Path(folder)


def _port(key: str) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            return cast("int", options()[key].parse(text))
        except OptionError as err:
            raise argparse.ArgumentTypeError(str(err)) from err

    return parse


def _or_default(port: int | None, key: str) -> int:
    return cast("int", options()[key].default) if port is None else port
