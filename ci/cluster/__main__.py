# SPDX-License-Identifier: Apache-2.0
"""`python -m ci.cluster {up,down,status,env}`."""

import argparse
import sys
import time

from ci.cluster import lifecycle, shell
from ci.cluster.errors import CannotRun, ClusterError
from ci.cluster.settings import Settings, SettingsError, read_settings
from ci.images.debian import BuildError
from ci.tools.errors import ToolsError

OK, FAILED, CANNOT_RUN, INTERRUPTED = 0, 1, 2, 130
_LOOK = "make cluster-status says what runs and where the logs are; make cluster-down removes it\n"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m ci.cluster", description=__doc__)
    parser.add_argument("command", choices=("up", "down", "status", "env"))
    command = parser.parse_args(arguments).command
    try:
        settings = read_settings()
        if command == "status":
            return OK if lifecycle.status(settings) else FAILED
        _COMMANDS[command](settings)
    except (CannotRun, SettingsError) as err:
        sys.stderr.write(f"{err}\n")
        return CANNOT_RUN
    except (BuildError, ClusterError, ToolsError) as err:
        sys.stderr.write(f"{err}\n{_LOOK}")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write(f"\ninterrupted; {_LOOK}")
        return INTERRUPTED
    return OK


def _env(settings: Settings) -> None:
    sys.stdout.write(shell.exports(settings))


def _up(settings: Settings) -> None:
    start = time.monotonic()
    if lifecycle.lives(settings):
        sys.stderr.write("the cluster is there already; what of it has ended is started again\n")
        lifecycle.mend(settings)
    else:
        lifecycle.up(settings)
    sys.stderr.write(f"ready in {time.monotonic() - start:.0f} s\n")
    lifecycle.status(settings)


_COMMANDS = {"up": _up, "down": lifecycle.down, "env": _env}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
