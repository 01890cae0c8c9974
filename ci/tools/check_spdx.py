# SPDX-License-Identifier: Apache-2.0
"""The licence part of `make lint`: each hand-written file names it in its first two lines."""

import sys

from ci.tools.tree import ROOT, hand_written

LINE = "SPDX-License-Identifier: Apache-2.0"
KINDS = (
    *(".c", ".cpp", ".cue", ".go", ".h", ".hpp", ".proto", ".py", ".sh", ".toml"),
    *("Makefile", "run"),
)


def main() -> int:
    bare = []
    for path in hand_written(*KINDS):
        with path.open(encoding="utf-8") as lines:
            if LINE not in lines.readline() + lines.readline():
                bare.append(path.relative_to(ROOT).as_posix())
    for name in bare:
        print(f"{name}: the first line must hold '{LINE}'")
    return int(bool(bare))


if __name__ == "__main__":
    sys.exit(main())
