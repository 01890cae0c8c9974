# SPDX-License-Identifier: Apache-2.0
"""`python -m velaserve_runtime` is `velaserve`."""

from __future__ import annotations

import sys

from velaserve_runtime.first_signals import end_on_sigterm


def main() -> int:
    if sys.argv[1:2] == ["serve"]:
        end_on_sigterm()
    from velaserve_runtime.cli import main as command  # slow: only now

    return command()


if __name__ == "__main__":
    sys.exit(main())
