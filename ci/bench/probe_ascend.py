# SPDX-License-Identifier: Apache-2.0
"""What a health probe waits for while an offline model computes on the simulated device.

    PYTHONPATH=tests python -m ci.bench.probe_ascend [--seconds 5]

As ci.bench.probe: beside a bare echo, which is probed in the same run. Each batch takes the device
2 ms, which AscendCL's calls wait for.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ci.bench.probe import probes, show
from ci.bench.quick import CLIENT_CORE, echo, serving
from support.ascend_sim import build
from support.offline_models import dense

if TYPE_CHECKING:
    from collections.abc import Iterator

GEARS = (1, 2, 4, 8, 16, 32)
COSTS_US = ",".join(f"{gear}:2000" for gear in GEARS)
ON_CARD = ("--device", "ascend", "--log-format", "json")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5.0)
    seconds = parser.parse_args().seconds
    os.sched_setaffinity(0, {CLIENT_CORE})
    sys.stdout.write(f"{'ms':24} {'':9} {'median':>8} {'p99':>8} {'worst':>8} {'probes':>8}\n")
    with echo() as echo_port, velaserve() as port:
        bare, ours = probes(echo_port, port, ("busy",), seconds)
        show("busy offline model", "echo", bare)
        show("", "velaserve", ours)


@contextmanager
def velaserve() -> Iterator[int]:
    """The server with the model `tiny` on its card."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        dense(GEARS).write(Path(folder) / "tiny" / "1" / "model.om")
        os.environ |= {"LD_LIBRARY_PATH": folder, "ASCENDSIM_COSTS_US": COSTS_US}
        with serving("--model-name", "tiny", "--model-dir", f"{folder}/tiny", *ON_CARD) as port:
            yield port


if __name__ == "__main__":
    main()
