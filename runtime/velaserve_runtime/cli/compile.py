# SPDX-License-Identifier: Apache-2.0
"""`velaserve compile`: what serving a model would compile, ahead of time, as in a Job.

Compiling can take longer than the ten minutes that KServe gives a pod to get ready.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from velaserve_lint.names import OptionError, options
from velaserve_runtime.cli.option_flags import add_flag
from velaserve_runtime.local.text_table import text_table

if TYPE_CHECKING:
    from velaserve_runtime.settings import Settings

DONE, BAD_MODEL, USAGE = 0, 1, 2
_OPTIONS = (
    "device",
    "compile_cache_dir",
    "compile_cache_max_bytes",
    "gears_batch",
    "warmup_batch_sizes",
    "cann_options",
    "model_format",
    "fallback_policy",
    "log_level",
    "log_format",
)
_EPILOG = """examples:
  velaserve compile /mnt/models --device ascend --gears-batch 1,4,8 --compile-cache-dir /cache

Every option can be given as a variable: in a Job, take those of the predictor.
exit codes: 0 all is in the cache, 1 the model cannot be compiled, 2 usage, 130 Ctrl-C"""


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser(
        "compile",
        description="Compile a model for a card, into the cache that velaserve serve finds.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "model_directory", type=Path, metavar="MODEL_DIR", help="the model's folder"
    )
    for key in _OPTIONS:
        add_flag(parser, options()[key])


def run(arguments: argparse.Namespace) -> int:
    if importlib.util.find_spec("numpy") is None:
        return _refuse("needs: pip install 'velaserve[ascend]'")
    from velaserve_runtime.settings import read_settings
    from velaserve_runtime.telemetry.logs import configure_logs

    flags = {key: value for key, value in vars(arguments).items() if key in options()}
    try:
        settings = read_settings(flags, os.environ)
    except OptionError as err:
        return _refuse(str(err))
    if settings.device != "ascend":
        return _refuse(f"nothing is compiled for device {settings.device}; give --device ascend")
    if settings.compile_cache_dir is None:
        return _refuse("give --compile-cache-dir: what is compiled must stay somewhere")
    configure_logs(settings.log_level, settings.log_format)
    return _compile(settings, arguments.model_directory)


def _compile(settings: Settings, directory: Path) -> int:
    from velaserve_runtime.backends.registry import BackendSettings
    from velaserve_runtime.protocol.errors import VelaserveError
    from velaserve_runtime.repository.compile_ahead import COMPILED_FORMATS, compile_ahead
    from velaserve_runtime.repository.config import load_config
    from velaserve_runtime.repository.layout import scan_model

    backend = BackendSettings(
        device=settings.device,
        fallback_policy=settings.fallback_policy,
        compile_cache_dir=settings.compile_cache_dir,
        compile_cache_max_bytes=settings.compile_cache_max_bytes,
    )
    rows = [("version", "inputs", "seconds", "")]
    try:
        config = load_config(directory, settings.explicit)
        found = scan_model(directory, directory.resolve().name, config.model_format)
        for source in config.version_policy.select(found):
            if source.format not in COMPILED_FORMATS:
                print(f"{source.file}: nothing to compile: it is run as it is")
                continue
            for gear in compile_ahead(source, config, backend):
                how = "from the cache" if gear.from_cache else "compiled"
                rows.append((source.version, gear.shapes, f"{gear.seconds:.1f}", how))
    except VelaserveError as err:
        sys.stderr.write(f"velaserve compile: {err}\n")
        return BAD_MODEL
    finally:
        if len(rows) > 1:
            print(text_table(rows))
    return DONE


def _refuse(reason: str) -> int:
    sys.stderr.write(f"velaserve compile: {reason}\n")
    return USAGE
