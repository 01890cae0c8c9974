# SPDX-License-Identifier: Apache-2.0
"""A process is known by its pid and its start: a pid alone is given to others in time."""

import os
import subprocess
import sys

from ci.cluster.processes import start_time


def test_a_living_process_has_one_start() -> None:
    assert start_time(os.getpid()) == start_time("self") > 0


def test_a_process_that_ended_has_none_waited_for_or_not() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert start_time(process.pid) == 0
    assert start_time(process.pid) == 0
