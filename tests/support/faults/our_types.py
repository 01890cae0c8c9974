# SPDX-License-Identifier: Apache-2.0
"""Faults in the properties of our components, traits and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.faults.applications import AMONG, POLICIES, in_typed, typed
from support.faults.edits import (
    add,
    at,
    both,
    drop,
    each,
    ensure,
    has,
    lacks,
    misspelt,
    put,
    where,
    within,
)
from support.faults.fault import Fault
from support.faults.fields import values
from velaserve_lint.catalogue import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from support.faults.edits import Step
    from support.faults.fault import Change, Object

    Path = tuple[Step, ...]

# Mappings in properties whose keys and values are anybody's.
FREE = frozenset(
    {
        *("affinity", "annotations", "cannOptions", "env", "labels", "nodeSelector", "parameters"),
        *("podSecurity", "requests", "limits", "security", "securityContext", "storage"),
        *("egress", "ingress", "volumes", "tolerations", "explainer", "transformer", "args"),
    }
)
UNBOUNDED = frozenset({"max", "maxRatioToStable", "minRequests"})
EITHER = frozenset({"cpu", "memory", "maxSurge", "maxUnavailable", "value", "port", "sizeLimit"})
SERVING = frozenset({"model-serving"})


def is_settled(data: Object) -> bool:
    """No override has the last word."""
    return all(one.get("type") != "override" for one in at(data, *POLICIES) or ())


def ours(data: Object) -> Iterator[Object]:
    """The properties of types whose schema we bring."""
    for kind, one in typed(data):
        definition = SHIPPED.find(kind, str(one.get("type")))
        is_ours = definition is not None and definition.origin == "ours"
        if is_ours and isinstance(one.get("properties"), dict) and one["properties"]:
            yield one["properties"]


def fixed(properties: Object) -> Iterator[tuple[Path, Any]]:  # Any: JSON
    """The properties whose name and type are given."""
    for path, value in values(properties):
        if not FREE & set(path):
            yield path, value


def anywhere(
    fits: Callable[[Path, Any], bool], make: Callable[[Any, Random], Any]
) -> Change:  # Any: JSON
    """Replaces one of the properties by what is made of it."""

    def change(data: Object, random: Random) -> bool:
        found = [
            (properties, path, value)
            for properties in ours(data)
            for path, value in fixed(properties)
            if fits(path, value)
        ]
        if not found:
            return False
        properties, path, value = random.choice(found)
        at(properties, *path[:-1])[path[-1]] = make(value, random)
        return True

    return change


def misspell_a_property(data: Object, random: Random) -> bool:
    found = [
        (properties, path)
        for properties in ours(data)
        for path, _ in fixed(properties)
        if isinstance(path[-1], str)
    ]
    if not found:
        return False
    properties, (*around, key) = random.choice(found)
    inner = at(properties, *around)
    renamed = {misspelt(k, random) if k == key else k: value for k, value in inner.items()}
    inner.clear()
    inner.update(renamed)
    return True


def _of_type(kind: type) -> Callable[[Path, Any], bool]:  # Any: JSON
    return lambda path, value: (
        type(value) is kind and isinstance(path[-1], str) and not EITHER & set(path)
    )


def _instead(value: Any, random: Random) -> Any:  # Any: JSON
    if isinstance(value, dict | list):
        return random.choice(["text", 7, True])
    return random.choice([{"key": "text"}, ["text"]])


def in_component(change: Change, *types: str) -> Change:
    """Of the properties of a component of one of the types."""
    inner = within("properties", then=change)
    return in_typed("component", inner, lambda name: name in (types or SERVING))


def in_trait(kind: str, change: Change) -> Change:
    inner = each(_with_properties, within("properties", then=change))
    return in_typed("trait", inner, lambda name: name == kind)


def _with_properties(data: Object, _: Random) -> bool:
    return isinstance(data.setdefault("properties", {}), dict)


def _no_prometheus(autoscaler: Object, _: Random) -> bool:
    autoscaler.pop("prometheus", None)
    return True


def _rootless(graph: Object, _: Random) -> bool:
    graph["nodes"] = {"start": graph["nodes"]["root"]}
    return True


def of(name: str, *ids: str, change: Change, turns: int = 1, **more: int) -> Fault:
    return Fault(name, ids, where(is_settled, change), AMONG, turns, **more)


_ANY = (
    of("a misspelt property", "VS201", change=misspell_a_property, turns=4, most=200, errors=1),
    of(
        "a property of another shape",
        "VS203",
        change=anywhere(lambda _, value: value is not None, _instead),
        turns=4,
        most=200,
        errors=1,
    ),
    of(
        "a number for a text",
        *("VS203", "VS204"),
        change=anywhere(_of_type(str), lambda *_: 7),
        turns=2,
        most=100,
        errors=1,
    ),
    of(
        "a text for a number",
        "VS203",
        change=anywhere(_of_type(int), lambda *_: "seven"),
        turns=2,
        most=100,
        errors=1,
    ),
    of("a text for true", "VS203", change=anywhere(_of_type(bool), lambda *_: "yes"), errors=1),
    of(
        "a number below all",
        "VS205",
        change=anywhere(
            lambda path, value: _of_type(int)(path, value) and not UNBOUNDED & set(path),
            lambda *_: -7,
        ),
        turns=2,
        errors=1,
    ),
)
PLAIN = both(lacks("runtime"), lacks("image"), lacks("accelerator"), lacks("canary"))


def plain(*changes: Change) -> Change:
    """Of a model that our server serves on a CPU."""
    return in_component(where(PLAIN, each(*changes)))


def graph(change: Change) -> Change:
    return in_component(within("nodes", "root", then=change), "inference-graph")


_STOPPED = {"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}}
_TOGETHER = (
    of("a canary by hand", "VS108", change=plain(put({"of": "a", "weight": 10}, "canary"))),
    of("an update that never starts", "VS110", change=plain(put(_STOPPED, "deploymentStrategy"))),
    of(
        "a variable for a property",
        "VS132",
        change=plain(ensure("info", "logLevel"), ensure({"VELASERVE_LOG_LEVEL": "debug"}, "env")),
    ),
    of("a limit of Knative's", "VS135", change=plain(put(4, "containerConcurrency"))),
    of(
        "a path beside a URI",
        "VS136",
        change=plain(where(has("modelUri"), put({"path": "a"}, "storage"))),
    ),
    of(
        "a query without Prometheus",
        "VS137",
        change=in_trait("autoscaler", each(put({"queueDepth": 4}, "metrics"), _no_prometheus)),
    ),
    of("a volume of nothing", "VS138", change=plain(put([{"name": "x"}], "volumes"))),
    of("a list of nothing", "VS139", change=plain(put({"batchSizes": []}, "warmup"))),
    of(
        "an option of ours for another server",
        "VS140",
        change=plain(put("kserve-tritonserver", "runtime"), ensure({"maxQueueSize": 8}, "queue")),
    ),
    of(
        "a warm-up of batches that never come",
        "VS141",
        change=plain(put({"maxBatchSize": 8}, "batching"), put({"batchSizes": [16]}, "warmup")),
    ),
    of(
        "a GPU's slice of an NPU",
        "VS142",
        change=plain(put({"chip": "310P", "slice": {"mig": "1g.5gb"}}, "accelerator")),
    ),
    of(
        "more replicas at least than at most",
        "VS143",
        change=in_trait("autoscaler", each(ensure(3, "minReplicas"), put(2, "maxReplicas"))),
    ),
    of("weights that fall", "VS145", change=in_trait("canary", put([50, 10], "weights"))),
    of(
        "weights that make 110",
        "VS147",
        change=graph(
            where(
                lambda node: node["routerType"] == "Splitter",
                add({"serviceName": "z", "weight": 10}, "steps"),
            )
        ),
    ),
    of("a graph without a root", "VS147", change=in_component(_rootless, "inference-graph")),
    of(
        "a canary of what has no route",
        "VS149",
        change=in_typed(
            "component",
            each(
                where(lacks("traits"), put([{"type": "canary"}], "traits")),
                within("properties", then=where(PLAIN, ensure({"mode": "none"}, "route"))),
            ),
            lambda name: name in SERVING,
        ),
    ),
)
_VALUES = (
    of("no format", "VS202", change=plain(drop("modelFormat")), errors=1),
    of("no model", "VS202", change=plain(where(lacks("storage"), drop("modelUri"))), errors=1),
    of("a misspelt format", "VS204", change=plain(put({"name": "onxx"}, "modelFormat")), errors=1),
    of(
        "a chip that is none",
        "VS204",
        change=plain(put({"chip": "910B5"}, "accelerator")),
        errors=1,
    ),
    of("a misspelt router", "VS204", change=graph(put("Spliter", "routerType")), errors=1),
    of("no most", "VS202", change=in_trait("autoscaler", drop("maxReplicas")), errors=1),
)
FAULTS = (*_ANY, *_TOGETHER, *_VALUES)
