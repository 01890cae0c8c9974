# SPDX-License-Identifier: Apache-2.0
"""What the `if` of each step refers to, compared with what there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from velaserve_lint.conditions import condition
from velaserve_lint.memo import once
from velaserve_lint.suggest import suggest
from velaserve_lint.text import shortened
from velaserve_lint.workflow import plan_of_steps

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from velaserve_lint.application import Application, Step
    from velaserve_lint.conditions import Condition, Reference
    from velaserve_lint.place import Path
    from velaserve_lint.workflow import Plan

ALWAYS = "always"
_ROOTS = ("status", "inputs", "context", "parameter")
_STATES = ("failed", "succeeded", "skipped", "timeout", "failedAfterRetries", "terminate")
_TEXTS = ("phase", "reason", "message", "name", "type", "id", "firstExecuteTime", "lastExecuteTime")
# Of CUE; functions are told by being called.
_WORDS = frozenset({"true", "false", "null", "string", "int", "number", "float", "bool", "_"})


class Stranger(NamedTuple):
    """Something in an `if` that is not there, by the key of a message about it."""

    message: str
    arguments: Mapping[str, str]
    path: Path


class Look(NamedTuple):
    """The `if` of a step with what it says, and where; the step's position is that of its task."""

    task: int
    step: Step
    condition: Condition
    path: Path


@once
def looks(application: Application) -> list[Look]:
    """Each `if` that compiles."""
    found = []
    for position, step in enumerate(application.all_steps):
        if step.condition not in ("", ALWAYS):
            read = condition(step.condition)
            if read.problem is None:
                found.append(Look(position, step, read, (*step.path, "if")))
    return found


def strangers(application: Application) -> Iterator[Stranger]:
    """What is not there, in the order of the steps."""
    for look in looks(application):
        plan = plan_of_steps(application)
        for reference in look.condition.references:
            for message, arguments in _strange(reference, look, plan):
                yield Stranger(message, arguments, look.path)
        only = look.condition.only
        if only and only.root == "status" and only.path[1:2] and only.path[1] in _TEXTS:
            yield Stranger("text", {"name": only.path[1]}, look.path)


_Found: TypeAlias = "Iterator[tuple[str, Mapping[str, str]]]"


def _strange(reference: Reference, look: Look, plan: Plan) -> _Found:
    root, path = reference.root, reference.path
    if root == "status" and path:
        yield from _of_status(path, look, plan)
    elif root == "inputs" and path:
        inputs = [one.source for one in look.step.links.inputs]
        yield from _missing("input" if inputs else "inputs", path[0], inputs)
    elif root in plan.names and root not in _ROOTS:
        yield "near", {"name": root, "near": f"status.{root}"}
    elif not reference.is_called and root not in _WORDS:
        yield from _missing("name", root, _ROOTS)


def _of_status(path: tuple[str, ...], look: Look, plan: Plan) -> _Found:
    name = path[0]
    yield from _missing("step", name, plan.names)
    if name in plan.names:
        other = plan.names[name]
        follows = plan.starts_after(other, look.task) and not plan.starts_after(look.task, other)
        if other == look.task or follows:
            yield "later", {"name": name}
    for state in path[1:2]:
        yield from _missing("state", state, (*_STATES, *_TEXTS))


def _missing(message: str, name: str, known: Collection[str]) -> _Found:
    if name in known:
        return
    if near := suggest(name, known):
        yield "near", {"name": name, "near": near}
    else:
        yield message, {"name": name, "known": shortened(", ".join(known))}
