# SPDX-License-Identifier: Apache-2.0
"""`python -m velaserve_runtime.local.tether FD serve …`: a server that ends when its parent does.

FD is the reading end of a pipe. The parent holds the only writing end and never writes, so
the read returns when the parent is gone, however it went: also by SIGKILL, also on macOS.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time

from velaserve_runtime.first_signals import end_on_sigterm

LAST_WORDS_S = 5.0


def main(arguments: list[str]) -> int:
    end_on_sigterm()
    from velaserve_runtime.cli import main as velaserve

    threading.Thread(target=_watch, args=(int(arguments[0]),), daemon=True).start()
    return velaserve(arguments[1:])


def _watch(parent: int) -> None:
    os.read(parent, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_WORDS_S)
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
