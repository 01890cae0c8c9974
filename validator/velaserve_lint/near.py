# SPDX-License-Identifier: Apache-2.0
"""What belongs together: namespaces that may be the same, files that lie side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_Thing = TypeVar("_Thing")


def may_be_same(namespace: str, other: str) -> bool:
    """Whether two namespaces may be one: what is not said is only known when it is applied."""
    return not namespace or not other or namespace == other


def folder(file: str) -> str:
    return file.rpartition("/")[0]


def side_by_side(file: str, other: str) -> bool:
    """Whether two files are applied together, as far as one can tell: they lie in one folder."""
    return folder(file) == folder(other)


def nearest(
    things: Iterable[_Thing], file: str, file_of: Callable[[_Thing], str]
) -> tuple[_Thing, ...]:
    """Those of the same file, else of the same folder, else all.

    A repository holds a name once for each environment; a folder of it is one of them.
    """
    found = tuple(things)
    same_file = tuple(one for one in found if file_of(one) == file)
    same_folder = tuple(one for one in found if side_by_side(file_of(one), file))
    return same_file or same_folder or found
