# SPDX-License-Identifier: Apache-2.0
"""Faults in workloads and in what stands beside them: VS306, VS307 and VS310-VS349."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from support.faults.edits import (
    add,
    again,
    alter,
    drop,
    each,
    ensure,
    has,
    is_,
    lacks,
    put,
    where,
    within,
)
from support.faults.fault import Fault, kinds
from support.faults.pods import (
    SELECTING,
    SETS,
    WORKLOADS,
    in_container,
    in_pod,
    in_template,
    is_whole,
)

if TYPE_CHECKING:
    from support.faults.fault import Change

DEPLOYMENT = kinds("Deployment")
LIMITS, REQUESTS = ("resources", "limits"), ("resources", "requests")
PORT = {"name": "extra", "containerPort": 18080}


def of(rule: str, name: str, change: Change, among: frozenset[str] = WORKLOADS) -> Fault:
    return Fault(f"{rule}: {name}", (rule,), where(is_whole, change), among)


def quantity(resource: str, value: Any) -> Change:  # Any: JSON
    """Both alike, so that a request is not above its limit."""
    return in_container(each(ensure(value, *LIMITS, resource), ensure(value, *REQUESTS, resource)))


def probe(**setting: object) -> Change:
    """A readiness probe, which every kind of container may have."""
    return in_container(put({"httpGet": {"path": "/", "port": 80}, **setting}, "readinessProbe"))


def swapped(low: str, high: str, *around: str | int) -> Change:
    return within(*around, then=each(ensure(50, low), ensure(5, high)))


def is_kind(kind: str) -> Any:  # Any: a condition
    return is_(kind, "kind")


_OBJECTS = (
    of("VS306", "an API of old", put("extensions/v1beta1", "apiVersion"), DEPLOYMENT),
    of(
        "VS306",
        "a budget of old",
        put("policy/v1beta1", "apiVersion"),
        kinds("PodDisruptionBudget"),
    ),
    of(
        "VS306",
        "an HPA of old",
        put("autoscaling/v2beta2", "apiVersion"),
        kinds("HorizontalPodAutoscaler"),
    ),
    of(
        "VS306",
        "an Ingress of old",
        put("networking.k8s.io/v1beta1", "apiVersion"),
        kinds("Ingress"),
    ),
    of(
        "VS307",
        "an API that ends",
        put("storage.k8s.io/v1beta1", "apiVersion"),
        kinds("VolumeAttributesClass"),
    ),
    of(
        "VS315",
        "a name with _",
        put("a_b", "metadata", "name"),
        kinds("Deployment", "ConfigMap", "Service", "Secret"),
    ),
    of(
        "VS315",
        "a name with capitals",
        put("Digits", "metadata", "name"),
        kinds("Deployment", "Pod", "Service"),
    ),
    of("VS315", "a namespace with a dot", put("a.b", "metadata", "namespace"), WORKLOADS),
    of("VS316", "a label with a blank", put("a b", "metadata", "labels", "app"), WORKLOADS),
    of(
        "VS316",
        "a label's key with two strokes",
        put("x", "metadata", "labels", "a/b/c"),
        WORKLOADS,
    ),
    of(
        "VS316",
        "a label that is too long",
        put("x" * 64, "metadata", "labels", "app"),
        kinds("Service", "Deployment"),
    ),
    of(
        "VS317",
        "an annotation of old",
        put("nginx", "metadata", "annotations", "kubernetes.io/ingress.class"),
        kinds("Ingress"),
    ),
    of(
        "VS317",
        "a node's label of old",
        in_pod(put("linux", "nodeSelector", "beta.kubernetes.io/os")),
    ),
)
_QUANTITIES = (
    of("VS310", "a unit that is none", quantity("memory", "2GiB")),
    of("VS310", "a unit of another habit", quantity("memory", "512MB")),
    of("VS310", "a blank in it", quantity("cpu", "1 core")),
    of("VS310", "less than nothing", quantity("cpu", "-1")),
    of("VS311", "thousandths of a byte", quantity("memory", "128m")),
    of("VS311", "bytes for Mi", quantity("memory", "512")),
    of(
        "VS311",
        "cores for thousandths",
        in_container(put({"requests": {"cpu": "500", "memory": "1Gi"}}, "resources")),
    ),
    of(
        "VS312",
        "a request above the limit",
        in_container(each(ensure("1", *LIMITS, "cpu"), ensure("2", *REQUESTS, "cpu"))),
    ),
    of("VS313", "a resource that is none", in_container(put("1Gi", *LIMITS, "mem"))),
    of("VS313", "a misspelt resource", in_container(put("1Gi", *LIMITS, "memroy"))),
)
_CONTAINERS = (
    of("VS314", "a port above all ports", in_container(add({"containerPort": 80800}, "ports"))),
    of("VS314", "a negative user", in_container(put(-1, "securityContext", "runAsUser"))),
    of(
        "VS314",
        "fewer pods than none",
        put(-1, "spec", "replicas"),
        kinds("Deployment", "StatefulSet", "ReplicaSet"),
    ),
    of("VS314", "a probe before the start", probe(initialDelaySeconds=-5)),
    of("VS315", "a container's name with _", in_container(put("model_server", "name"))),
    of(
        "VS315",
        "a port's name that is too long",
        in_container(add({**PORT, "name": "metrics-of-the-server"}, "ports")),
    ),
    of(
        "VS315",
        "a variable's name with =",
        in_container(add({"name": "A=B", "value": "1"}, "env")),
    ),
    of(
        "VS318",
        "a container twice",
        in_pod(again("containers")),
    ),
    of(
        "VS318",
        "a path mounted twice",
        in_pod(
            within(
                "containers",
                0,
                then=each(
                    add({"name": "x", "mountPath": "/x"}, "volumeMounts"),
                    add({"name": "x", "mountPath": "/x"}, "volumeMounts"),
                ),
            ),
        ),
    ),
    of(
        "VS319",
        "a variable twice",
        in_container(
            each(
                add({"name": "TWICE", "value": "1"}, "env"),
                add({"name": "TWICE", "value": "2"}, "env"),
            )
        ),
    ),
    of(
        "VS319",
        "a port twice",
        in_container(each(add(PORT, "ports"), add({**PORT, "name": "old"}, "ports"))),
    ),
    of("VS320", "a probe that asks twice", probe(exec={"command": ["/ready"]})),
    of(
        "VS320",
        "a probe that asks nothing",
        in_container(put({"periodSeconds": 5}, "readinessProbe")),
    ),
    of(
        "VS320",
        "a variable from two places",
        in_container(
            add(
                {
                    "name": "A",
                    "value": "1",
                    "valueFrom": {"fieldRef": {"fieldPath": "spec.nodeName"}},
                },
                "env",
            )
        ),
    ),
    of(
        "VS320",
        "a volume of two kinds",
        in_pod(add({"name": "two", "emptyDir": {}, "hostPath": {"path": "/a"}}, "volumes")),
    ),
    of(
        "VS321",
        "a toleration with a value that does not count",
        in_pod(add({"key": "a", "operator": "Exists", "value": "b"}, "tolerations")),
    ),
    of(
        "VS321",
        "a rolling update without one",
        put({"type": "Recreate", "rollingUpdate": {"maxSurge": 1}}, "spec", "strategy"),
        DEPLOYMENT,
    ),
    of("VS322", "a container without an image", in_container(drop("image")), SETS),
    of(
        "VS322",
        "a toleration without a key",
        in_pod(add({"operator": "Equal", "value": "b"}, "tolerations")),
    ),
    of(
        "VS323",
        "a mount of nothing",
        in_container(add({"name": "nothing", "mountPath": "/n"}, "volumeMounts")),
    ),
    of(
        "VS324",
        "a volume for nobody",
        in_pod(add({"name": "for-nobody", "emptyDir": {}}, "volumes")),
    ),
    of(
        "VS325",
        "a variable of nowhere",
        in_container(where(lacks("envFrom"), add("--a=$(NOWHERE_TO_BE_SEEN)", "args"))),
    ),
    of(
        "VS325",
        "a variable from below",
        in_container(
            each(
                add({"name": "FIRST", "value": "$(SECOND)"}, "env"),
                add({"name": "SECOND", "value": "1"}, "env"),
            )
        ),
    ),
    of(
        "VS326",
        "a probe of a port that is not there",
        probe(httpGet={"path": "/", "port": "nowhere"}),
    ),
    of("VS326", "a probe of a number in quotes", probe(httpGet={"path": "/", "port": "8080"})),
    of(
        "VS327",
        "a probe of a port that is not declared",
        in_container(where(has("ports", 0), put({"tcpSocket": {"port": 31999}}, "readinessProbe"))),
    ),
    of(
        "VS328",
        "a probe that takes longer than its period",
        probe(periodSeconds=5, timeoutSeconds=300),
    ),
    of(
        "VS329",
        "a hook longer than the grace period",
        in_pod(
            each(
                ensure(30, "terminationGracePeriodSeconds"),
                within(
                    "containers", 0, then=put({"preStop": {"sleep": {"seconds": 90}}}, "lifecycle")
                ),
            )
        ),
    ),
    of(
        "VS330",
        "a command that takes all of the grace period",
        in_pod(
            each(
                ensure(30, "terminationGracePeriodSeconds"),
                within(
                    "containers",
                    0,
                    then=put({"preStop": {"exec": {"command": ["sleep", "30"]}}}, "lifecycle"),
                ),
            )
        ),
    ),
)
_SETS = (
    of(
        "VS331",
        "a selector of other pods",
        put("other", "spec", "selector", "matchLabels", "app"),
        SELECTING,
    ),
    of("VS331", "no selector at all", put({}, "spec", "selector"), SELECTING),
    of(
        "VS331",
        "a template without the label",
        in_template(
            alter(
                lambda labels: {f"{key}x": value for key, value in labels.items()},
                "metadata",
                "labels",
            )
        ),
        SELECTING,
    ),
    of(
        "VS332",
        "an update that never starts",
        put({"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 0}}, "spec", "strategy"),
        DEPLOYMENT,
    ),
    of(
        "VS332",
        "more than all pods",
        put({"rollingUpdate": {"maxUnavailable": "150%"}}, "spec", "strategy"),
        DEPLOYMENT,
    ),
    of(
        "VS332",
        "a share that is none",
        put({"rollingUpdate": {"maxUnavailable": "half"}}, "spec", "strategy"),
        DEPLOYMENT,
    ),
    of(
        "VS333",
        "a Job that never ends",
        in_pod(put("Always", "restartPolicy")),
        kinds("Job", "CronJob"),
    ),
    of("VS333", "a Job that does not say", in_pod(drop("restartPolicy")), kinds("Job", "CronJob")),
    of("VS333", "a set that ends", in_pod(put("Never", "restartPolicy")), SETS),
    of("VS334", "a schedule of four fields", put("15 3 * *", "spec", "schedule"), kinds("CronJob")),
    of(
        "VS334", "a schedule at 25 o'clock", put("0 25 * * *", "spec", "schedule"), kinds("CronJob")
    ),
    of(
        "VS335",
        "a schedule of the 31st of February",
        put("0 0 31 2 *", "spec", "schedule"),
        kinds("CronJob"),
    ),
    of(
        "VS336",
        "several pods at one port of a node",
        each(
            ensure(3, "spec", "replicas"),
            in_container(add({**PORT, "hostPort": 18080}, "ports")),
        ),
        kinds("Deployment", "StatefulSet", "ReplicaSet"),
    ),
    of(
        "VS337",
        "times the wrong way round",
        swapped("minReadySeconds", "progressDeadlineSeconds", "spec"),
        DEPLOYMENT,
    ),
    of(
        "VS341",
        "a spread that counts nothing",
        in_pod(
            add(
                {"maxSkew": 1, "topologyKey": "zone", "whenUnsatisfiable": "DoNotSchedule"},
                "topologySpreadConstraints",
            )
        ),
    ),
)
FAULTS = (*_OBJECTS, *_QUANTITIES, *_CONTAINERS, *_SETS)
