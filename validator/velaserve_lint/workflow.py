# SPDX-License-Identifier: Apache-2.0
"""What of a workflow comes before what: kubevela/workflow v0.6.3 pkg/executor/workflow.go."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.memo import once
from velaserve_lint.precedence import Precedence

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.application import Application, Component, Links, Step
    from velaserve_lint.document import Json
    from velaserve_lint.place import Path

# They apply all components by themselves, in the order that dependsOn asks for.
_APPLY_ALL = frozenset({"deploy", "deploy2env", "deploy-components"})
_GROUP = "step-group"


class Wait(NamedTuple):
    """A task waits for another one, by its position, because of what stands at `path`."""

    task: int
    path: Path


@dataclass(slots=True)
class Task:
    """A step, or a component where there are no steps.

    `after` are the tasks that have ended when it starts, besides those that it waits for by name;
    `parts` are those of a group, which ends when they have.
    """

    name: str
    step: Step | None = None
    component: Component | None = None
    waits: list[Wait] = field(default_factory=list)
    after: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)


class Plan:
    """Tasks, and which of them a name stands for."""

    def __init__(self, tasks: list[Task], names: Mapping[str, int]) -> None:
        self.tasks = tasks
        self.names = names

    @functools.cached_property
    def _precedence(self) -> Precedence:
        return Precedence([[*_before_start(task), *task.parts] for task in self.tasks])

    def starts_after(self, task: int, other: int) -> bool:
        """Whether the task cannot start before the other one has ended, as far as is known."""
        return self._precedence.has_ended(other, _before_start(self.tasks[task]))

    def runs_beside(self, one: int | None, other: int) -> bool:
        """Whether neither waits for the other; a group does not run beside its own steps."""
        if one is None or one == other or not self._precedence.is_known:
            return False
        apart = other not in self.tasks[one].parts and one not in self.tasks[other].parts
        return apart and not self.starts_after(one, other) and not self.starts_after(other, one)

    def endless(self) -> Iterator[tuple[Task, Wait]]:
        """The waits that never end, of those in a circle the first one."""
        if not any(task.waits for task in self.tasks):
            return
        circle = self._precedence.circle
        told: set[int] = set()
        for position, task in enumerate(self.tasks):
            for wait in task.waits:
                if circle[wait.task] == circle[position] and circle[position] not in told:
                    told.add(circle[position])
                    yield task, wait


def _before_start(task: Task) -> list[int]:
    return [*(wait.task for wait in task.waits), *task.after]


def plans_of(application: Application) -> Iterator[Plan]:
    """The plan of the steps, and that of the components where something applies all of them."""
    if application.steps:
        yield plan_of_steps(application)
    elif application.document.data_at(("spec", "workflow", "ref")) is not None:
        return
    if not application.steps or any(s.definition in _APPLY_ALL for s in application.all_steps):
        yield _plan_of_components(application)


@once
def plan_of_steps(application: Application) -> Plan:
    """Sub-steps stand behind their group; a step without a name gets that of KubeVela's webhook."""
    components = {one.name: one for one in application.components}
    tasks: list[Task] = []
    sequence: list[int] = []
    for number, step in enumerate(application.steps):
        group = _add(tasks, _task(step, f"step-{number}", components))
        tasks[group].after += sequence[-1:] if _is_sequence(application, "steps", None) else []
        sequence.append(group)
        for sub_number, sub in enumerate(step.sub_steps):
            part = _add(tasks, _task(sub, f"step-{number}-{sub_number}", components))
            in_order = _is_sequence(application, "subSteps", step)
            tasks[part].after += tasks[group].parts[-1:] if in_order else []
            tasks[group].parts.append(part)
    names = _names(tasks)
    _link(tasks, names)
    return Plan(tasks, names)


def _plan_of_components(application: Application) -> Plan:
    tasks = [Task(one.name, component=one) for one in application.components]
    names = {task.name: position for position, task in reversed([*enumerate(tasks)])}
    _link(tasks, names)
    return Plan(tasks, names)


def _task(step: Step, unnamed: str, components: Mapping[str, Component]) -> Task:
    """A component's own links are those of the step that applies it."""
    applied = step.properties.get("component") if step.definition == "apply-component" else None
    return Task(
        step.name or unnamed, step, components.get(applied) if isinstance(applied, str) else None
    )


def _add(tasks: list[Task], task: Task) -> int:
    tasks.append(task)
    return len(tasks) - 1


def _is_sequence(application: Application, of: str, group: Step | None) -> bool:
    """Steps come one after the other, sub-steps all at once, unless the mode says otherwise."""
    mode: Json = application.document.data_at(("spec", "workflow", "mode", of))
    if group is not None:
        mode = application.document.data_at((*group.path, "mode")) or mode or "DAG"
    return mode != "DAG"


def _names(tasks: list[Task]) -> Mapping[str, int]:
    """The names of steps, then what their properties call `name` or `component`."""
    names: dict[str, int] = {}
    for position, task in enumerate(tasks):
        names.setdefault(task.name, position)
    for position, task in enumerate(tasks):
        properties = task.step.properties if task.step else {}
        for key in ("name", "component"):
            if isinstance(other := properties.get(key), str) and other:
                names.setdefault(other, position)
                break
    return names


def _link(tasks: list[Task], names: Mapping[str, int]) -> None:
    producers: dict[str, int] = {}
    for position, task in enumerate(tasks):
        for links in _links(task):
            producers |= {output.name: position for output in links.outputs}
    for task in tasks:
        for links in _links(task):
            for name, path in links.depends_on:
                task.waits += [Wait(names[name], path)] if name in names else []
            for each in links.inputs:
                source = each.source if each.source in producers else each.source.partition(".")[0]
                if source in producers:
                    task.waits.append(Wait(producers[source], (*each.path, "from")))
    for group in tasks:
        for part in group.parts:
            tasks[part].after += [*group.after, *(wait.task for wait in group.waits)]


def _links(task: Task) -> Iterator[Links]:
    for one in (task.step, task.component):
        if one is not None:
            yield one.links
