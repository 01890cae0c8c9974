# SPDX-License-Identifier: Apache-2.0
"""What KServe asks of runtimes: each by itself, and of each two that could take the same model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Related
from velaserve_lint.rules.kserve import multi_node
from velaserve_lint.rules.kserve.components import variable
from velaserve_lint.rules.kserve.problem import Arguments, Problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

BLOCKED = "PYTHONPATH"

MESSAGES = {
    **multi_node.MESSAGES,
    **sentences(
        blocked=Text("KServe does not allow {name} here", "KServe 不允许在此处设置 {name}"),
        priorities=Text(
            "'{format}' has priority {priority} here and {other} above",
            "'{format}' 在此处的优先级为 {priority}，上文为 {other}",
        ),
        first=Text("the other priority", "另一个优先级"),
        same=Text(
            "runtime '{runtime}', too, takes '{format}' with priority {priority}",
            "运行时 '{runtime}' 也以优先级 {priority} 接受 '{format}'",
        ),
        removed=Text(
            "workerSpec cannot be removed from a runtime that has one",
            "不能从已有 workerSpec 的运行时中删除它",
        ),
    ),
}


def is_disabled(runtime: Manifest) -> bool:
    """KServe does not look at it then."""
    return runtime.spec.at("disabled").value is True


def has_workers(runtime: Manifest) -> bool:
    return isinstance(runtime.spec.at("workerSpec").value, dict)


def problems(runtime: Manifest) -> Iterator[Problem]:
    """Of one runtime."""
    yield from multi_node.of_runtime(runtime.spec)
    containers = [*runtime.spec.at("containers").items()]
    for container in [*containers, *runtime.spec.at("workerSpec", "containers").items()]:
        if item := variable(container, BLOCKED):
            yield Problem(item.at("name").place, "blocked", {"name": BLOCKED})
    first: dict[str, Cursor] = {}
    for row in selected(runtime):
        name, priority = row.at("name").text, row.at("priority")
        other = first.setdefault(name, priority)
        if other.number is not None and priority.number not in (None, other.number):
            arguments: Arguments = {
                "format": name,
                "priority": priority.number or 0,
                "other": other.number,
            }
            yield Problem(priority.place, "priorities", arguments, Related(other.place, "first"))


def selected(runtime: Manifest) -> Sequence[Cursor]:
    """The formats for which KServe may choose the runtime by itself."""
    rows = runtime.spec.at("supportedModelFormats").items()
    return [row for row in rows if row.at("autoSelect").value is True and row.at("name").text]


class Rivals:
    """Runtimes by the format and the priority with which KServe may choose them."""

    def __init__(self) -> None:
        self._rows: dict[object, list[tuple[Manifest, Cursor]]] = {}

    def add(self, runtime: Manifest) -> None:
        for row in () if is_disabled(runtime) else selected(runtime):
            self._rows.setdefault(_contest(runtime, row), []).append((runtime, row))

    def of(self, runtime: Manifest) -> Iterator[Problem]:
        """The first between which and the runtime KServe could not choose."""
        for row in selected(runtime):
            priority = row.at("priority")
            rows = self._rows.get(_contest(runtime, row), ()) if priority.number is not None else ()
            rival = next((each for each in rows if _compete(runtime, each[0])), None)
            if rival:
                arguments: Arguments = {
                    "runtime": rival[0].name,
                    "format": row.at("name").text,
                    "priority": priority.number or 0,
                }
                beside = Related(rival[1].at("priority").place, "first")
                yield Problem(priority.place, "same", arguments, beside)


def _contest(runtime: Manifest, row: Cursor) -> object:
    """What runtimes have in common that may be chosen for the same model."""
    namespace = runtime.namespace if runtime.kind == "ServingRuntime" else ""
    many = runtime.spec.at("multiModel").value is True
    return runtime.kind, namespace, many, *_format(row), row.at("priority").number


def _compete(one: Manifest, other: Manifest) -> bool:
    return one.name != other.name and bool(_protocols(one) & _protocols(other))


def _protocols(runtime: Manifest) -> set[str]:
    return {one.text for one in runtime.spec.at("protocolVersions").items() if one.text}


def _format(row: Cursor) -> tuple[str, str]:
    return row.at("name").text.lower(), repr(row.at("version").value)
