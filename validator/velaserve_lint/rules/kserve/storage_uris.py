# SPDX-License-Identifier: Apache-2.0
"""What is wrong with `storageUris`, which fetches several things into one pod."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Related
from velaserve_lint.rules.kserve.problem import Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.rules.kserve.components import Component

DEFAULT_PATH = "/mnt/models"
PVC = "pvc://"

MESSAGES = sentences(
    both=Text("storageUris and storageUri exclude each other", "storageUris 与 storageUri 互斥"),
    single=Text("storageUri is here", "storageUri 在此"),
    root=Text("mountPath cannot be '/'", "mountPath 不能是 '/'"),
    parent=Text("mountPath '{path}' cannot hold '..'", "mountPath '{path}' 不能含有 '..'"),
    apart=Text(
        "mountPath '{path}' shares no folder with the first",
        "mountPath '{path}' 与第一个没有共同的上级目录",
    ),
    twice=Text("mountPath '{path}' is used twice", "mountPath '{path}' 使用了两次"),
    first=Text("the first", "第一个"),
)


def problems(component: Component) -> Iterator[Problem]:
    """Of one component; an item that is wrong by itself, or by its fields, is not compared."""
    uris = component.at.at("storageUris")
    single = component.storage_uri
    if single is not None and uris.value is not None:
        yield Problem(uris.key, "both", beside=Related(single.key, "single"))
    sound: list[Cursor] = []
    for item in uris.items():
        where = _path(item)
        if where == "/" or ".." in where:
            message = "root" if where == "/" else "parent"
            yield Problem(item.at("mountPath").place, message, {"path": where})
        elif where.startswith("/"):
            sound.append(item)
    yield from _together([one for one in sound if not one.at("uri").text.startswith(PVC)])
    yield from _twice([one for one in sound if one.at("uri").text.startswith(PVC)])


def _together(items: Sequence[Cursor]) -> Iterator[Problem]:
    """One init container fetches them all into one volume."""
    first = {_path(item).strip("/").split("/")[0]: item for item in reversed(items)}
    if len(first) > 1:
        one, other = sorted(first.values(), key=lambda item: item.path)[:2]
        beside = Related(one.at("mountPath").place, "first")
        yield Problem(other.at("mountPath").place, "apart", {"path": _path(other)}, beside)


def _twice(items: Sequence[Cursor]) -> Iterator[Problem]:
    seen: dict[str, Cursor] = {}
    for item in items:
        other = seen.setdefault(_path(item), item)
        if other is not item:
            beside = Related(other.at("mountPath").place, "first")
            yield Problem(item.at("mountPath").place, "twice", {"path": _path(item)}, beside)


def _path(item: Cursor) -> str:
    path = item.at("mountPath")
    return DEFAULT_PATH if path.value is None else path.text
