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
from ci.tools.steps import without_actions
from ci.tools.tree import ROOT

CONTEXT = "\ncontext: {name: string, ...}\n"  # what KubeVela adds when it renders


def problems() -> Iterator[str]:
    for files in _sources():
        name, paths = str(files[0].parent.relative_to(ROOT)), list(map(str, files))
        yield from _unformatted(name, paths, "")
        # Of a step, only what is made of them can do without KubeVela's packages.
        if "steps" not in files[0].parent.parts:
            yield from _invalid(name, paths, "")
    for definition in definitions():
        name, text = str(definition.relative_to(ROOT)), definition.read_text(encoding="utf-8")
        yield from _unformatted(name, ["-"], text)
        yield from _invalid(name, ["-"], without_actions(text) + CONTEXT)


def _unformatted(name: str, files: list[str], text: str) -> Iterator[str]:
    return _complaints(name, NEW, ("fmt", "--check", *files), text)


def _invalid(name: str, files: list[str], text: str) -> Iterator[str]:
    for version in (OLD, NEW):
        yield from _complaints(name, version, ("vet", "-c=false", *files), text)


def _complaints(name: str, version: str, args: tuple[str, ...], text: str) -> Iterator[str]:
    try:
        cue(version, *args, source=text)
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
