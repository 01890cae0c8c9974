# SPDX-License-Identifier: Apache-2.0
"""Faults about Ascend NPUs, VS501-VS520, of every container that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.faults.edits import add, both, drop, each, ensure, has, lacks, put, where, within
from support.faults.fault import Fault, kinds
from support.faults.kserve import PREDICTOR, knative
from support.faults.pods import WORKLOADS, in_pod, is_whole

if TYPE_CHECKING:
    from random import Random

    from support.faults.fault import Change, Object

DEVICE = "huawei.com/Ascend910"
NODES = {"accelerator": "huawei-Ascend910", "accelerator-type": "module-910b-8"}
VISIBLE = "ASCEND_VISIBLE_DEVICES"
SERVICE = kinds("InferenceService")


def in_server(change: Change) -> Change:
    """Of the first container, or of the model that becomes one."""
    model = within(*PREDICTOR, "model", then=change)
    return lambda data, random: (
        model if data["kind"] in SERVICE else in_pod(within("containers", 0, then=change))
    )(data, random)


def in_placement(change: Change) -> Change:
    """Of what places the pods: their spec, or the component."""
    predictor = within(*PREDICTOR, then=change)
    return lambda data, random: (predictor if data["kind"] in SERVICE else in_pod(change))(
        data, random
    )


def asking(resources: Object, then: Change, nodes: Object = NODES) -> Change:
    """A container that asks for NPUs as it should, with the mistake."""
    calm: Change = in_server(
        each(
            ensure(resources, "resources"),
            ensure({"runAsUser": 1000}, "securityContext"),
            ensure("registry.example.com/a:1", "image"),
            _without("env", "command", "args"),
        )
    )
    placed = in_placement(
        each(
            _without("affinity", "tolerations", "securityContext"),
            ensure(nodes, "nodeSelector"),
            ensure("volcano", "schedulerName"),
        )
    )
    return each(where(is_whole, placed), calm, then)


def _without(*names: str) -> Change:
    def change(data: Object, _: Random) -> bool:
        for name in names:
            data.pop(name, None)
        return True

    return change


def of(rule: str, name: str, change: Change, among: frozenset[str] = WORKLOADS | SERVICE) -> Fault:
    return Fault(f"{rule}: {name}", (rule,), change, among)


def nothing(*_: object) -> bool:
    return True


def with_device(name: str, value: object, **more: object) -> Object:
    side = {"cpu": "4", "memory": "16Gi", name: value, **more}
    return {"requests": side, "limits": side}


ONE = with_device(DEVICE, 1)
REPLICAS = ("spec", "replicas")
CLAIM = {"name": "models", "persistentVolumeClaim": {"claimName": "models"}}
HAMI = "huawei.com/Ascend910B3"
FAULTS = (
    of(
        "VS501",
        "a request below the limit",
        asking({"requests": {DEVICE: 1}, "limits": {DEVICE: 2}}, nothing),
    ),
    of("VS501", "a request without a limit", asking({"requests": {DEVICE: 1}}, nothing)),
    of("VS502", "half a card", asking(with_device(DEVICE, 0.5), nothing)),
    of("VS502", "500m of a card", asking(with_device(DEVICE, "500m"), nothing)),
    of("VS503", "small letters", asking(with_device("huawei.com/ascend910", 1), nothing)),
    of("VS503", "a misspelt name", asking(with_device("huawei.com/Ascned310P", 1), nothing)),
    of("VS503", "a name of former times", asking(with_device("huawei.com/Ascend910B", 1), nothing)),
    of(
        "VS504",
        "two names for cards",
        asking(with_device(DEVICE, 1, **{"huawei.com/Ascend310P": 1}), nothing),
    ),
    of("VS505", "three cores", asking(with_device("huawei.com/npu-core", 3), nothing)),
    of(
        "VS506",
        "MB in Gi",
        asking(with_device(HAMI, 1, **{f"{HAMI}-memory": "16Gi"}), nothing),
    ),
    of(
        "VS506",
        "MB of no card",
        asking(with_device(f"{HAMI}-memory", 16384), nothing),
    ),
    of("VS507", "nine cards of a node", asking(with_device(DEVICE, 9), nothing)),
    of(
        "VS507",
        "three cards of a node of halves",
        asking(with_device(DEVICE, 3), nothing, {**NODES, "accelerator-type": "module"}),
    ),
    of(
        "VS508",
        "an image for other processors",
        asking(
            ONE,
            in_server(put("registry.example.com/a:1-x86_64", "image")),
            {**NODES, "kubernetes.io/arch": "arm64"},
        ),
    ),
    of(
        "VS509",
        "any chip",
        asking(ONE, in_placement(drop("nodeSelector"))),
        WORKLOADS,
    ),
    of(
        "VS510",
        "cards by number",
        asking(ONE, in_server(put([{"name": VISIBLE, "value": "0"}], "env"))),
    ),
    of(
        "VS510",
        "cards of another name",
        asking(
            ONE,
            in_server(
                put(
                    [
                        {
                            "name": VISIBLE,
                            "valueFrom": {
                                "fieldRef": {
                                    "fieldPath": "metadata.annotations['huawei.com/Ascend310P']"
                                }
                            },
                        }
                    ],
                    "env",
                )
            ),
        ),
    ),
    of(
        "VS511",
        "a privileged container",
        asking(ONE, in_server(put({"privileged": True}, "securityContext"))),
    ),
    of(
        "VS511",
        "a device of the node",
        asking(
            ONE,
            in_placement(add({"name": "d", "hostPath": {"path": "/dev/davinci0"}}, "volumes")),
        ),
    ),
    of(
        "VS512",
        "nobody as the user",
        asking(ONE, in_server(put({"runAsUser": 65534}, "securityContext"))),
    ),
    of(
        "VS513",
        "an update that needs a card more",
        asking(
            with_device(DEVICE, 8),
            each(
                ensure(3, *REPLICAS),
                put({"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}}, "spec", "strategy"),
            ),
        ),
        kinds("Deployment"),
    ),
    of(
        "VS514",
        "a start that is cut short",
        asking(
            ONE,
            in_server(
                put(
                    {"httpGet": {"path": "/v2/health/ready", "port": 8080}, "failureThreshold": 3},
                    "startupProbe",
                )
            ),
        ),
    ),
    of(
        "VS515",
        "an entry point that is skipped",
        asking(
            ONE,
            in_server(
                each(put("ascendai/cann:8.2", "image"), put(["python3", "serve.py"], "command"))
            ),
        ),
    ),
    of(
        "VS516",
        "one cache for all chips",
        asking(
            ONE,
            each(
                ensure(2, *REPLICAS),
                in_server(
                    each(
                        put([{"name": "ASCEND_CACHE_PATH", "value": "/cache/k"}], "env"),
                        put([{"name": "models", "mountPath": "/cache"}], "volumeMounts"),
                    )
                ),
                in_placement(put([CLAIM], "volumes")),
            ),
        ),
        kinds("Deployment", "StatefulSet"),
    ),
    of(
        "VS517",
        "four processes at one card",
        asking(ONE, in_server(put(["serve", "--workers=4"], "args"))),
    ),
    of(
        "VS518",
        "an offline model on any chip",
        asking(ONE, in_server(put(["--model=/models/a.om"], "args"))),
        WORKLOADS,
    ),
    of(
        "VS519",
        "a card and nothing else",
        asking({"requests": {DEVICE: 1}, "limits": {DEVICE: 1}}, nothing),
        WORKLOADS,
    ),
    of(
        "VS520",
        "a field that Knative refuses",
        each(
            asking(ONE, nothing),
            knative(where(both(has(*PREDICTOR, "model"), lacks("spec", "canary")), nothing)),
        ),
        SERVICE,
    ),
)
