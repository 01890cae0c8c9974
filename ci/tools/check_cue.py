# SPDX-License-Identifier: Apache-2.0
"""The CUE part of `make lint`: definitions and their parts are formatted and valid for each CUE.

With --fix, the CUE part of `make fmt`.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ci.tools.cue import HINT, NEW, OLD, CueError, cue, missing
from ci.tools.definitions import packages, product, sources
from ci.tools.schema import definitions
from ci.tools.tree import ROOT

CONTEXT = "\ncontext: {name: string, ...}\n"  # what KubeVela adds when it renders


def problems() -> Iterator[str]:
    for files in _sources():
        yield from _problems(str(files[0].parent.relative_to(ROOT)), list(map(str, files)), "")
    for definition in definitions():
        text = definition.read_text(encoding="utf-8")
        yield from _problems(str(definition.relative_to(ROOT)), ["-"], text, CONTEXT)


def _problems(name: str, files: list[str], text: str, context: str = "") -> Iterator[str]:
    for version, args, source in (
        (NEW, ("fmt", "--check"), text),
        (OLD, ("vet", "-c=false"), text + context),
        (NEW, ("vet", "-c=false"), text + context),
    ):
        try:
            cue(version, *args, *files, source=source)
        except CueError as err:
            yield f"{name}: cue {version} {args[0]}: {str(err) or 'run make fmt'}"


def _sources() -> Iterator[list[Path]]:
    for package in packages():
        yield from sources(package)


def fix() -> None:
    made = {product(package) for package in packages()}
    alone = [[definition] for definition in definitions() if definition not in made]
    for files in [*_sources(), *alone]:
        cue(NEW, "fmt", *map(str, files))


def main(mend: bool) -> int:
    if missing():
        print(f"CUE not checked ({HINT})")
        return int(os.environ.get("VELASERVE_REQUIRE_ALL") == "1")
    if mend:
        fix()
    found = list(problems())
    print(*found, sep="\n", end="\n" if found else "")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main("--fix" in sys.argv[1:]))
