# SPDX-License-Identifier: Apache-2.0
"""Faults in the fields of any object: a key, a type, a choice, something required."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.faults.edits import at, misspelt, where
from support.faults.fault import Fault
from velaserve_lint.fields import is_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from support.faults.edits import Step
    from support.faults.fault import Change, Object

    Path = tuple[Step, ...]

# Mappings whose keys and values are anybody's.
FREE = frozenset(
    {
        *("annotations", "binaryData", "data", "defaults", "labels", "limits", "matchLabels"),
        *("nodeSelector", "parameters", "requests", "selector", "stringData", "attributes"),
        *("capacity", "hard", "max", "min", "default", "defaultRequest", "metadata", "params"),
        *("allocatable", "commonLabels", "externalLabels", "conditions", "status", "filter"),
        *("volumeAttributes", "dataContext", "workloadVariant"),
    }
)
# What may be a number or a text.
EITHER = frozenset(
    {
        *("targetPort", "port", "maxSurge", "maxUnavailable", "minAvailable", "value"),
        *("sizeLimit", "expr", "memory"),
    }
)
CHOICES = frozenset(
    {
        *("imagePullPolicy", "protocol", "restartPolicy", "dnsPolicy", "pathType", "policyTypes"),
        *("operator", "effect", "terminationMessagePolicy", "volumeBindingMode", "reclaimPolicy"),
        *("podManagementPolicy", "concurrencyPolicy", "externalTrafficPolicy", "accessModes"),
        *("sessionAffinity", "failurePolicy", "sideEffects", "matchPolicy", "routerType"),
        *("scaleMetric", "whenUnsatisfiable", "volumeMode", "addressType", "hostPathType"),
    }
)
REQUIRED: dict[str, tuple[Path, ...]] = {
    "ClusterRole": (("rules", 0, "verbs"),),
    "ClusterRoleBinding": (("roleRef",), ("subjects", 0, "name"), ("subjects", 0, "kind")),
    "ClusterServingRuntime": (("spec", "containers"),),
    "CronJob": (("spec", "schedule"), ("spec", "jobTemplate")),
    "DaemonSet": (("spec", "selector"), ("spec", "template")),
    "Deployment": (("spec", "selector"), ("spec", "template")),
    "Gateway": (("spec", "gatewayClassName"), ("spec", "listeners")),
    "HTTPRoute": (
        ("spec", "rules", 0, "backendRefs", 0, "name"),
        ("spec", "parentRefs", 0, "name"),
    ),
    "HorizontalPodAutoscaler": (("spec", "maxReplicas"), ("spec", "scaleTargetRef")),
    "InferenceGraph": (("spec", "nodes"), ("spec", "nodes", "root", "routerType")),
    "InferenceService": (
        *(("spec",), ("spec", "predictor"), ("spec", "predictor", "model", "modelFormat")),
        ("spec", "predictor", "model", "modelFormat", "name"),
    ),
    "Ingress": (("spec", "rules", 0, "http", "paths", 0, "pathType"),),
    "Job": (("spec", "template"),),
    "LLMInferenceService": (("spec", "model", "uri"),),
    "PodDisruptionBudget": (),
    "PodMonitor": (("spec", "selector"),),
    "PrometheusRule": (("spec", "groups", 0, "name"), ("spec", "groups", 0, "rules", 0, "expr")),
    "ReferenceGrant": (("spec", "from"), ("spec", "to", 0, "kind")),
    "Role": (("rules", 0, "verbs"),),
    "RoleBinding": (("roleRef",), ("subjects", 0, "name"), ("subjects", 0, "kind")),
    "ScaledObject": (("spec", "triggers"), ("spec", "scaleTargetRef")),
    "Service": (("spec", "ports", 0, "port"),),
    "ServiceMonitor": (("spec", "selector"), ("spec", "endpoints")),
    "StatefulSet": (("spec", "selector"), ("spec", "template")),
    "StorageClass": (("provisioner",),),
    "TrainedModel": (
        *(("spec", "inferenceService"), ("spec", "model", "framework")),
        *(("spec", "model", "memory"), ("spec", "model", "storageUri")),
    ),
}
# Items of lists, wherever such a list is.
REQUIRED_OF_ITEMS = {
    "containers": ("name",),
    "env": ("name",),
    "ports": ("containerPort",),
    "volumeMounts": ("name", "mountPath"),
    "volumes": ("name",),
}
SELECTING = frozenset({"DaemonSet", "Deployment", "ReplicaSet", "StatefulSet"})
GREATEST = 2**70


def values(data: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:  # Any: JSON
    """Everything whose meaning is fixed, with its path."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for step, value in inner:
        if path or step not in ("apiVersion", "kind", "status"):
            yield (*path, step), value
            if isinstance(value, dict | list) and step not in FREE:
                yield from values(value, (*path, step))


def somewhere(fits: Callable[[Path, Any], bool], make: Callable[[Any, Random], Any]) -> Change:
    """Replaces one of the values that fit by what is made of it.  Any: JSON."""

    def change(data: Object, random: Random) -> bool:
        found = [(path, value) for path, value in values(data) if fits(path, value)]
        if not found:
            return False
        path, value = random.choice(found)
        at(data, *path[:-1])[path[-1]] = make(value, random)
        return True

    return change


def misspell_a_key(data: Object, random: Random) -> bool:
    found = [path for path, _ in values(data) if isinstance(path[-1], str)]
    if not found:
        return False
    *around, key = random.choice(found)
    inner = at(data, *around)
    renamed = {misspelt(k, random) if k == key else k: value for k, value in inner.items()}
    inner.clear()
    inner.update(renamed)
    return True


def leave_out_what_is_required(data: Object, random: Random) -> bool:
    """Not of a patch, which is no whole object."""
    if data["kind"] in SELECTING and at(data, "spec", "selector") is None:
        return False
    found = [path for path in REQUIRED.get(data["kind"], ()) if at(data, *path) is not None]
    for path, value in values(data):
        if path[-1] == "containers" and data["kind"] == "InferenceService":
            continue  # KServe names them
        names = REQUIRED_OF_ITEMS.get(str(path[-1]), ()) if isinstance(value, list) else ()
        for index, item in enumerate(value if names else ()):
            found += [(*path, index, name) for name in names if name in item]
    if not found:
        return False
    *around, key = random.choice(found)
    del at(data, *around)[key]
    return True


def misspell_a_choice(value: Any, random: Random) -> Any:  # Any: JSON
    return [misspelt(value[0], random)] if isinstance(value, list) else misspelt(value, random)


def _is_choice(path: Path, value: Any) -> bool:  # Any: JSON
    text = value[0] if isinstance(value, list) and value else value
    is_open = path[-1] == "protocol" and "listeners" in path  # a Gateway may have others
    return path[-1] in CHOICES and isinstance(text, str) and text != "" and not is_open


def _has_key(wanted: type) -> Callable[[Path, Any], bool]:
    """A value of the type that can be of no other."""
    return lambda path, value: (
        type(value) is wanted and not EITHER & set(path) and isinstance(path[-1], str)
    )


def _instead(value: Any, random: Random) -> Any:  # Any: JSON
    if isinstance(value, dict | list):
        return random.choice(["text", 7, True])
    return random.choice([{"key": "text"}, ["text"]])


def misspell_the_kind(data: Object, random: Random) -> bool:
    data["kind"] = misspelt(data["kind"], random)
    return len(data["kind"]) > len("Role")


def ask_for_another_version(data: Object, _: Random) -> bool:
    group, _slash, version = data["apiVersion"].rpartition("/")
    data["apiVersion"] = f"{group}/{version}7".removeprefix("/")
    return True


def _of_known(change: Change) -> Change:
    """In kinds whose fields there is a table of; the CRDs of KServe's storage name no choices."""
    return where(
        lambda data: (
            is_known(data["apiVersion"], data["kind"]) and data["kind"] != "ClusterStorageContainer"
        ),
        change,
    )


TYPES = ("VS303", "VS403")
FAULTS = tuple(
    fault._replace(change=_of_known(fault.change), most=200, errors=1)
    for fault in (
        Fault("a misspelt key", ("VS301", "VS401"), misspell_a_key, turns=5),
        Fault(
            "a mapping, list or value of another shape",
            TYPES,
            somewhere(lambda _, value: value is not None, _instead),
            turns=5,
        ),
        Fault("a number for a text", TYPES, somewhere(_has_key(str), lambda *_: 7), turns=5),
        Fault("a text for a number", TYPES, somewhere(_has_key(int), lambda *_: "x"), turns=3),
        Fault("a text for true", TYPES, somewhere(_has_key(bool), lambda *_: "true"), turns=3),
        Fault(
            "a number too large for any field",
            ("VS305", "VS314", "VS405"),
            somewhere(_has_key(int), lambda *_: GREATEST),
            turns=3,
        ),
        Fault(
            "something required is missing",
            ("VS302", "VS322", "VS402", "VS419", "VS447"),
            leave_out_what_is_required,
            turns=3,
        ),
        Fault(
            "a misspelt choice",
            ("VS304", "VS333", "VS404"),
            somewhere(_is_choice, misspell_a_choice),
            turns=3,
        ),
        Fault("a misspelt kind", ("VS308",), misspell_the_kind),
        Fault("a version that there is not", ("VS308",), ask_for_another_version),
    )
)
