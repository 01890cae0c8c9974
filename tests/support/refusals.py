# SPDX-License-Identifier: Apache-2.0
"""What the definitions say when they refuse something, read from their CUE."""

import re
from collections.abc import Iterator
from pathlib import Path

from ci.tools.tree import ROOT

_TEXT = r'"((?:[^"\\]|\\.)*)"'
# Keys of `_refused`, whose values are conditions; and what stands alone on a line of a list.
_KEY = re.compile(rf"(?:^\t+|_refused: ){_TEXT}:\s+(?=.*(?:[=!]=|&&|[=!]~|[(<>]|!_))", re.MULTILINE)
_LISTS = re.compile(r"^\t+(?:errs|_ofClaim|list): \[\n(.*?)\n\t+\]", re.MULTILINE | re.DOTALL)
_ITEM = re.compile(rf"^\t+{_TEXT}$", re.MULTILINE)
_COMPUTED = re.compile(r"\\\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")


def files() -> Iterator[Path]:
    """The parts of the components, and the traits."""
    yield from sorted((ROOT / "components").glob("*/*.cue"))
    yield from sorted((ROOT / "traits").glob("*.cue"))


def refusals(file: Path) -> Iterator[str]:
    """Of each the longest piece in which nothing is computed."""
    text = file.read_text(encoding="utf-8")
    lists = "\n".join(_LISTS.findall(text))
    for found in [*_KEY.findall(text), *_ITEM.findall(lists)]:
        piece = max(_COMPUTED.split(found), key=len)
        if " " in piece.strip():
            yield piece
