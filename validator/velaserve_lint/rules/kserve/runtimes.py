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


def same_priority(runtime: Manifest, others: Sequence[Manifest]) -> Iterator[Problem]:
    """KServe could not choose between the two."""
    for other in others:
        if not _compete(runtime, other):
            continue
        taken = {_format(row): row for row in selected(other)}
        for row in selected(runtime):
            rival, priority = taken.get(_format(row)), row.at("priority")
            if (
                rival
                and priority.number is not None
                and rival.at("priority").value == priority.value
            ):
                arguments: Arguments = {
                    "runtime": other.name,
                    "format": row.at("name").text,
                    "priority": priority.number,
                }
                beside = Related(rival.at("priority").place, "first")
                yield Problem(priority.place, "same", arguments, beside)


def _compete(one: Manifest, other: Manifest) -> bool:
    if one.kind != other.kind or one.name == other.name or is_disabled(other):
        return False
    if one.kind == "ServingRuntime" and one.namespace != other.namespace:
        return False
    many = (runtime.spec.at("multiModel").value is True for runtime in (one, other))
    return len(set(many)) == 1 and bool(_protocols(one) & _protocols(other))


def _protocols(runtime: Manifest) -> set[str]:
    return {one.text for one in runtime.spec.at("protocolVersions").items() if one.text}


def _format(row: Cursor) -> tuple[str, object]:
    return row.at("name").text.lower(), row.at("version").value
