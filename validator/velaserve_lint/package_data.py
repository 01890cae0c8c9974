# SPDX-License-Identifier: Apache-2.0
"""The tables and schemas that come with the package."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

# Not importlib.resources: it imports thirty modules, and nobody imports us from an archive.
_PACKAGE = Path(__file__).parent


def text_of(path: str) -> str:
    """The text of a file, by its path below the package."""
    return (_PACKAGE / path).read_text("utf-8")


def json_of(path: str) -> dict[str, Any]:  # Any: our own files, tests read each
    """What a JSON file holds."""
    data: dict[str, Any] = json.loads(text_of(path))
    return data


def json_in(folder: str) -> Iterator[dict[str, Any]]:  # Any: as above
    """What each file of a folder holds, by their names."""
    for file in sorted((_PACKAGE / folder).iterdir()):
        yield json_of(f"{folder}/{file.name}")
