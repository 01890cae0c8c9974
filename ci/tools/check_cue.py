# SPDX-License-Identifier: Apache-2.0
"""The CUE part of `make lint`: every definition is formatted and valid for each pinned CUE.

With --fix, the CUE part of `make fmt`.
"""

import os
import sys

from ci.tools.cue import HINT, NEW, OLD, CueError, cue, missing
from ci.tools.schema import definitions
from ci.tools.tree import ROOT

CONTEXT = "\ncontext: {name: string, ...}\n"  # what KubeVela adds when it renders


def problems() -> list[str]:
    found = []
    for definition in definitions():
        name = definition.relative_to(ROOT).as_posix()
        text = definition.read_text(encoding="utf-8")
        for version, args, source in (
            (NEW, ("fmt", "--check", "-"), text),
            (OLD, ("vet", "-c=false", "-"), text + CONTEXT),
            (NEW, ("vet", "-c=false", "-"), text + CONTEXT),
        ):
            try:
                cue(version, *args, source=source)
            except CueError as err:
                found.append(f"{name}: cue {version} {args[0]}: {str(err) or 'run make fmt'}")
    return found


def fix() -> None:
    for definition in definitions():
        cue(NEW, "fmt", str(definition))


def main(mend: bool) -> int:
    if missing():
        print(f"CUE not checked ({HINT})")
        return int(os.environ.get("VELASERVE_REQUIRE_ALL") == "1")
    if mend:
        fix()
    found = problems()
    print(*found, sep="\n", end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main("--fix" in sys.argv[1:]))
