# SPDX-License-Identifier: Apache-2.0
"""Copies a module without some of its source, and so without all that only this needs."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from ci.tools.errors import BuildFailed


def make_copy(module: Path, cut: Mapping[str, str], copy: Path) -> None:
    """Raises: BuildFailed: the module has nothing of what is to be cut."""
    _copy(module, copy)
    for name, pattern in cut.items():
        files = [each for each in copy.rglob("*.go") if re.fullmatch(name, _path(each, copy))]
        if not sum(_cut(file, pattern) for file in files):
            raise BuildFailed(f"{module}: nothing is cut by '{name}' in the table of pins")


def _copy(source: Path, target: Path) -> None:
    """Without the permissions: in Go's module cache nobody may write."""
    target.mkdir()
    for each in source.iterdir():
        if each.is_dir():
            _copy(each, target / each.name)
        else:
            shutil.copyfile(each, target / each.name)


def _path(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()


def _cut(file: Path, pattern: str) -> bool:
    """Whether there was something."""
    if not pattern:
        file.unlink()
        return True
    text = file.read_text(encoding="utf-8")
    left = re.sub(pattern, "", text, flags=re.MULTILINE)
    file.write_text(left, encoding="utf-8")
    return left != text
