# SPDX-License-Identifier: Apache-2.0
"""`velaserve serve`: the model server, as it runs in a pod."""

from __future__ import annotations

import argparse
import asyncio
import importlib.util
import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_lint.names import OptionError, options
from velaserve_runtime.cli.option_flags import add_flag

if TYPE_CHECKING:
    from velaserve_runtime.settings import Settings

LOG = logging.getLogger("velaserve")
SWITCH_INTERVAL_S = 0.0005
"""CPython's 5 ms make a probe beside a pure-Python thread take 10 ms (runtime.md item 7)."""
CLEAN, BAD_MODEL, USAGE, INTERRUPTED = 0, 1, 2, 130
_NEEDED = ("uvloop", "httptools", "orjson", "numpy")
_EPILOG = """examples:
  velaserve serve --model-name digits --model-dir applications/models/digits/onnx
  velaserve serve --model-repository /models --repository-api data-port

Every option can be given as a variable: --drain-delay-s 5 is VELASERVE_DRAIN_DELAY_S=5.
exit codes: 0 clean stop, 1 the model cannot be served (--model-dir),
            2 usage, port or environment, 130 Ctrl-C"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "serve",
        usage="velaserve serve (--model-dir DIR | --model-repository DIR) [OPTION ...]",
        description="Serve models over KServe V2, REST and gRPC.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    for option in options().values():
        add_flag(parser, option)


def run(arguments: argparse.Namespace) -> int:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        sys.stderr.write("velaserve serve needs: pip install 'velaserve[onnx,grpc]'\n")
        return USAGE
    from velaserve_runtime.daemon import leave_threads_behind
    from velaserve_runtime.settings import read_settings
    from velaserve_runtime.telemetry.logs import configure_logs

    flags = {key: value for key, value in vars(arguments).items() if key in options()}
    try:
        settings = read_settings(flags, os.environ)
        _check_usage(settings)
    except (OptionError, UsageError) as err:
        sys.stderr.write(f"velaserve serve: {err}\n")
        return USAGE
    configure_logs(settings.log_level, settings.log_format)
    code = _serve(settings)
    leave_threads_behind(code)
    return code


class UsageError(ValueError):
    """Raised when options contradict each other or the environment."""


def _serve(settings: Settings) -> int:
    import uvloop

    from velaserve_runtime.protocol.errors import VelaserveError
    from velaserve_runtime.transports.ports import PortTaken

    sys.setswitchinterval(SWITCH_INTERVAL_S)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            interrupted = runner.run(_life(settings))
    except KeyboardInterrupt:
        return INTERRUPTED
    except (PortTaken, OSError) as err:
        return _fatal(settings, str(err), USAGE)
    except VelaserveError as err:
        return _fatal(settings, str(err), BAD_MODEL)
    return INTERRUPTED if interrupted else CLEAN


async def _life(settings: Settings) -> bool:
    from velaserve_runtime.server import Server

    return await Server(settings).run()


def _check_usage(settings: Settings) -> None:
    if (settings.model_dir is None) == (settings.model_repository is None):
        raise UsageError("give one of --model-dir (one model) and --model-repository (many)")
    if settings.model_repository is not None and settings.model_name is not None:
        raise UsageError("--model-name goes with --model-dir; a repository's folders name models")
    if "grpc_port" in settings.explicit and importlib.util.find_spec("grpc") is None:
        raise UsageError("--grpc-port needs: pip install 'velaserve[grpc]'")


def _fatal(settings: Settings, reason: str, code: int) -> int:
    """Says why the process ends: in the log, and where Kubernetes shows it."""
    LOG.error("fatal", extra={"reason": reason})
    path = Path(settings.termination_log)
    if path.exists():
        with suppress(OSError):
            path.write_text(reason + "\n", encoding="utf-8")
    return code
