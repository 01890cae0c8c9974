# SPDX-License-Identifier: Apache-2.0
"""`velaserve demo`: `velaserve up applications/digits.yaml`, and a digit sent over each wire."""

from __future__ import annotations

import argparse
import asyncio
import os
from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.application import load_application
from velaserve_runtime.local.arguments import add_shared, console_of, listen_of
from velaserve_runtime.local.checkout import find_checkout
from velaserve_runtime.local.digit import read_digits
from velaserve_runtime.local.digits_demo import DigitsDemo
from velaserve_runtime.local.errors import BAD_ENVIRONMENT, LocalError
from velaserve_runtime.local.grpc_extra import grpc_is_installed
from velaserve_runtime.local.session import serve
from velaserve_runtime.local.stop_signals import INTERRUPTED

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from velaserve_runtime.local.console import Console
    from velaserve_runtime.local.supervisor import Listen

EPILOG = """\
examples:
  velaserve demo
  velaserve demo --http-port 9000 --lang zh

exit codes:
  0 both wires answered   1 a model or a request failed
  2 no checkout of velaserve, usage, port or environment   130 stopped by Ctrl-C
"""
INSTALL_VARIABLE = "VELASERVE_INSTALL_S"
# A 4 whose strokes are seen well at 8 x 8.
SAMPLE = 9


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    demo = commands.add_parser(
        "demo",
        description="Serves applications/digits.yaml of this checkout and sends it a real digit.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add_shared(demo)


def run(arguments: argparse.Namespace) -> int:
    console = console_of(arguments)
    try:
        if not grpc_is_installed():
            what = "velaserve demo"
            raise LocalError(BAD_ENVIRONMENT, messages.EXTRA_MISSING, what=what, extra="onnx,grpc")
        return asyncio.run(_demo(listen_of(arguments, "demo", console), console))
    except LocalError as err:
        console.error(err)
        return err.exit_code
    except KeyboardInterrupt:  # before the server was started
        return INTERRUPTED


def _demo(listen: Listen, console: Console) -> Coroutine[None, None, int]:
    checkout = find_checkout()
    models = load_application(checkout.application, checkout.claims, console)
    demo = DigitsDemo(read_digits(checkout.samples)[SAMPLE], os.environ.get(INSTALL_VARIABLE))
    return serve(models, listen, console, demo)
