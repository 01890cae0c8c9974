# SPDX-License-Identifier: Apache-2.0
"""`velaserve up FILE`: the models of an Application, served on this machine."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.application import load_application
from velaserve_runtime.local.arguments import add_shared, claim, console_of, listen_of
from velaserve_runtime.local.errors import LocalError
from velaserve_runtime.local.rest_client import call
from velaserve_runtime.local.sample_request import curl_line
from velaserve_runtime.local.session import serve
from velaserve_runtime.local.status_table import status_table
from velaserve_runtime.local.stop_signals import INTERRUPTED

if TYPE_CHECKING:
    from velaserve_runtime.local.console import Console
    from velaserve_runtime.local.supervisor import Running, Supervisor

EPILOG = """\
examples:
  velaserve up applications/digits.yaml --pvc models=applications/models
  velaserve up app.yaml --http-port 9000 --lang zh

exit codes:
  0 stopped by SIGTERM   1 the Application or a model is bad, or a server died
  2 usage, port or environment   130 stopped by Ctrl-C
"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    up = commands.add_parser(
        "up",
        description="Checks an Application, then serves its models on this machine, no cluster.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    up.add_argument("file", type=Path, metavar="FILE", help="the Application (YAML)")
    up.add_argument(
        "--pvc",
        type=claim,
        action="append",
        default=[],
        metavar="NAME=DIR",
        help="folder that stands for the PersistentVolumeClaim NAME; may be repeated",
    )
    add_shared(up)


def run(arguments: argparse.Namespace) -> int:
    console = console_of(arguments)
    try:
        listen = listen_of(arguments, "up", console)
        models = load_application(arguments.file, dict(arguments.pvc), console)
        return asyncio.run(serve(models, listen, console, _stay))
    except LocalError as err:
        console.error(err)
        return err.exit_code
    except KeyboardInterrupt:  # before the first server was started
        return INTERRUPTED


async def _stay(supervisor: Supervisor, servers: list[Running], console: Console) -> None:
    console.result(status_table(servers, console))
    console.result(f"\n{console.say(messages.TRY_IT)}")
    for server in servers:
        name = server.model.name
        metadata = await asyncio.to_thread(call, server.address, f"/v2/models/{name}")
        console.result(f"  {curl_line(server.address, name, metadata)}")
    console.note(messages.UNTIL_STOPPED)
    await supervisor.wait()
