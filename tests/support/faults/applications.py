# SPDX-License-Identifier: Apache-2.0
"""Faults in Applications: around the properties, in types, and in workflows and policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.faults.edits import (
    add,
    again,
    alter,
    at,
    drop,
    each,
    has,
    lacks,
    misspelt,
    put,
    where,
)
from support.faults.fault import Fault, kinds
from support.faults.subjects import APPLICATION
from velaserve_lint.catalogue import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from support.faults.fault import Change, Object
    from velaserve_lint.definitions import Kind

AMONG = kinds(APPLICATION)
COMPONENTS, TRAITS = ("spec", "components"), "traits"
STEPS, POLICIES = ("spec", "workflow", "steps"), ("spec", "policies")
# What an Application has around properties, with where it stands.
AROUND = frozenset({"components", "name", "type", "properties", "traits", "policies", "workflow"})


def typed(data: Object) -> Iterator[tuple[Kind, Object]]:
    """All that has a type."""
    for component in at(data, *COMPONENTS) or ():
        yield "component", component
        yield from (("trait", one) for one in component.get(TRAITS) or ())
    yield from (("policy", one) for one in at(data, *POLICIES) or ())
    for step in at(data, *STEPS) or ():
        yield "workflow-step", step
        yield from (("workflow-step", one) for one in step.get("subSteps") or ())


def in_typed(kind: Kind, change: Change, wanted: Callable[[str], bool] = bool) -> Change:
    """Of one of those of a kind whose type is as wanted."""

    def one(data: Object, random: Random) -> bool:
        found = [each for of, each in typed(data) if of == kind and wanted(str(each.get("type")))]
        return bool(found) and change(random.choice(found), random)

    return one


def is_known(kind: Kind) -> Callable[[str], bool]:
    """A name that is long enough for a slip."""
    return lambda name: len(name) > 3 and SHIPPED.find(kind, name) is not None


def misspell(key: str) -> Change:
    def change(data: Object, random: Random) -> bool:
        if not isinstance(data.get(key), str) or len(data[key]) < 4:
            return False
        data[key] = misspelt(data[key], random)
        return True

    return change


def misspell_a_key(data: Object, random: Random) -> bool:
    """Of the Application itself, its components, traits, policies and steps."""
    places = [data, data["spec"], *(one for _, one in typed(data))]
    found = [(one, key) for one in places for key in one if key in AROUND]
    around, key = random.choice(found)
    renamed = {misspelt(k, random) if k == key else k: value for k, value in around.items()}
    around.clear()
    around.update(renamed)
    return True


def step(**fields: Any) -> Object:  # Any: JSON
    return {"name": "one-more", "type": "suspend", **fields}


def with_step(**fields: Any) -> Change:  # Any: JSON
    """A step more; where there is no workflow, the first one."""
    return where(lacks("spec", "workflow", "ref"), add(step(**fields), *STEPS))


def of(name: str, *ids: str, change: Change, turns: int = 1, errors: int | None = None) -> Fault:
    return Fault(name, ids, change, AMONG, turns, errors=errors)


def _first_name(data: Object) -> str:
    return str(at(data, *COMPONENTS, 0, "name"))


def _step_about_a_misspelt_component(data: Object, random: Random) -> bool:
    if len(name := _first_name(data)) < 4:
        return False
    properties = {"component": misspelt(name, random)}
    return with_step(type="apply-component", properties=properties)(data, random)


def _is_familiar(data: Object) -> bool:
    """What a step of somebody's own does, nobody knows."""
    steps = (one for kind, one in typed(data) if kind == "workflow-step")
    return all(SHIPPED.find("workflow-step", str(one.get("type"))) for one in steps)


def _a_step_that_names_a_misspelt_policy(data: Object, random: Random) -> bool:
    names = [str(one.get("name", "")) for one in at(data, *POLICIES) or ()]
    long = [name for name in names if len(name) > 3]
    if not long:
        return False
    properties = {"policies": [misspelt(random.choice(long), random)]}
    return with_step(type="deploy", properties=properties)(data, random)


NAMED = has(*COMPONENTS, 0, "name")
_AROUND = (
    of("a misspelt key around properties", "VS101", change=misspell_a_key, turns=2, errors=1),
    of("no components", "VS102", change=drop(*COMPONENTS), errors=1),
    of("a component without a name", "VS102", change=drop(*COMPONENTS, 0, "name"), errors=1),
    of("a component without a type", "VS102", change=drop(*COMPONENTS, 0, "type"), errors=1),
    of("a trait without a type", "VS102", change=in_typed("trait", drop("type")), errors=1),
    of("a policy without a type", "VS102", change=in_typed("policy", drop("type")), errors=1),
    of("a step without a type", "VS102", change=in_typed("workflow-step", drop("type")), errors=1),
    of("no spec", "VS102", change=drop("spec"), errors=1),
    of(
        "components as a mapping",
        "VS103",
        change=alter(lambda found: {one["name"]: one for one in found}, *COMPONENTS),
        errors=1,
    ),
    of("a number as a name", "VS103", change=put(7, *COMPONENTS, 0, "name"), errors=1),
    of("properties as a list", "VS103", change=put(["a"], *COMPONENTS, 0, "properties"), errors=1),
    of("traits as a mapping", "VS103", change=put({"a": 1}, *COMPONENTS, 0, "traits"), errors=1),
    of(
        "a version that is none",
        "VS104",
        change=put("core.oam.dev/v1beta2", "apiVersion"),
        errors=1,
    ),
    of("a name with capitals", "VS104", change=put("Digits", "metadata", "name"), errors=1),
    of("a component's name with _", "VS104", change=put("a_b", *COMPONENTS, 0, "name"), errors=1),
    of("a component twice", "VS105", change=again(*COMPONENTS)),
    of("a policy twice", "VS105", change=where(has(*POLICIES, 0, "name"), again(*POLICIES))),
    of("a step twice", "VS105", change=again(*STEPS)),
    of(
        "a version that is published and followed",
        "VS126",
        change=put(
            {"app.oam.dev/publishVersion": "1", "app.oam.dev/autoUpdate": "true"},
            "metadata",
            "annotations",
        ),
    ),
)
_KINDS: tuple[Kind, ...] = ("component", "trait", "policy", "workflow-step")
_TYPES = (
    *(
        of(
            f"a misspelt type of a {kind}",
            "VS106",
            change=in_typed(kind, misspell("type"), is_known(kind)),
            turns=2,
            errors=1,
        )
        for kind in _KINDS
    ),
    *(
        of(f"a {kind} of nobody's type", "VS107", change=in_typed(kind, put("acme-thing", "type")))
        for kind in _KINDS
    ),
    of(
        "a trait for models at a worker",
        "VS129",
        change=in_typed(
            "component",
            add({"type": "hardening"}, TRAITS),
            lambda name: name in ("worker", "webservice"),
        ),
    ),
    of(
        "a trait twice",
        "VS131",
        change=in_typed("component", again(TRAITS), lambda name: name == "model-serving"),
    ),
)
_WORKFLOW = (
    of("a step about a misspelt component", "VS109", change=_step_about_a_misspelt_component),
    of(
        "a step about nothing",
        "VS109",
        change=with_step(type="apply-component", properties={"component": "nowhere-at-all"}),
    ),
    of("a step that waits for nothing", "VS109", change=with_step(dependsOn=["nowhere-at-all"])),
    of(
        "a component that waits for nothing",
        "VS109",
        change=put(["nowhere-at-all"], *COMPONENTS, 0, "dependsOn"),
    ),
    of("a step that waits for itself", "VS111", change=with_step(dependsOn=["one-more"])),
    of(
        "steps that wait for each other",
        "VS111",
        change=each(
            with_step(dependsOn=["another"]),
            add({"name": "another", "type": "suspend", "dependsOn": ["one-more"]}, *STEPS),
        ),
    ),
    of(
        "an input from nowhere",
        "VS112",
        change=where(
            _is_familiar, with_step(inputs=[{"from": "nowhere", "parameterKey": "message"}])
        ),
    ),
    of("a misspelt policy", "VS113", change=_a_step_that_names_a_misspelt_policy),
    of(
        "a policy that is not there",
        "VS114",
        change=with_step(type="deploy", properties={"policies": ["nowhere-at-all"]}),
    ),
    of(
        "a policy that nothing uses",
        "VS115",
        change=where(
            _is_familiar,
            each(
                with_step(),
                add(
                    {"name": "for-nobody", "type": "topology", "properties": {"clusters": ["a"]}},
                    *POLICIES,
                ),
            ),
        ),
    ),
    of(
        "a policy without properties",
        "VS116",
        change=add({"name": "empty", "type": "topology"}, *POLICIES),
    ),
    of(
        "an override of nothing",
        "VS118",
        change=where(
            NAMED,
            add(
                {
                    "name": "o",
                    "type": "override",
                    "properties": {"components": [{"name": "^nowhere-at-all$", "properties": {}}]},
                },
                *POLICIES,
            ),
        ),
    ),
    of("one = in a condition", "VS121", change=with_step(**{"if": "status.a.failed = true"})),
    of("an open quote in a condition", "VS121", change=with_step(**{"if": 'status.a.phase == "x'})),
    of("a condition about nothing", "VS122", change=with_step(**{"if": "status.nowhere.failed"})),
    of("a condition by a misspelt word", "VS122", change=with_step(**{"if": "alwys"})),
    of("a day as a time", "VS123", change=with_step(timeout="1d")),
    of("a time without a unit", "VS123", change=with_step(timeout="90")),
    of(
        "a group within a group",
        "VS124",
        change=with_step(
            type="step-group",
            subSteps=[
                {"name": "b", "type": "step-group", "subSteps": [{"name": "c", "type": "suspend"}]}
            ],
        ),
    ),
    of(
        "steps of what is no group",
        "VS124",
        change=with_step(subSteps=[{"name": "b", "type": "suspend"}]),
    ),
    of("a group of nothing", "VS124", change=with_step(type="step-group")),
    of(
        "steps and a reference",
        "VS125",
        change=where(has(*STEPS, 0), put("a", "spec", "workflow", "ref")),
    ),
)
FAULTS = (*_AROUND, *_TYPES, *_WORKFLOW)
