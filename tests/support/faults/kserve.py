# SPDX-License-Identifier: Apache-2.0
"""Faults in KServe's objects: W01-W20, but for those that need an earlier state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.faults.edits import (
    add,
    alter,
    at,
    both,
    drop,
    each,
    either,
    ensure,
    has,
    is_,
    lacks,
    put,
    where,
    within,
)
from support.faults.fault import Fault, kinds

if TYPE_CHECKING:
    from support.faults.edits import Wanted
    from support.faults.fault import Change, Object

SERVICE = kinds("InferenceService")
RUNTIME = kinds("ClusterServingRuntime", "ServingRuntime")
GRAPH = kinds("InferenceGraph")
TRAINED = kinds("TrainedModel")
GROUP = "serving.kserve.io"
NOTES = ("metadata", "annotations")
MODE, CLASS = f"{GROUP}/deploymentMode", f"{GROUP}/autoscalerClass"
PREDICTOR = ("spec", "predictor")
FRAMEWORKS = (
    *("sklearn", "tensorflow", "xgboost", "pytorch", "triton", "onnx", "huggingface", "pmml"),
    *("lightgbm", "paddle"),
)
NAMED = tuple(has(*PREDICTOR, name) for name in FRAMEWORKS)
WORKER = {"containers": [{"name": "worker-container"}], "pipelineParallelSize": 2}
WORKERS = (*PREDICTOR, "workerSpec")
QUERY = {
    "type": "External",
    "external": {
        "metric": {"backend": "prometheus", "serverAddress": "http://a:9090", "query": "up"},
        "target": {"type": "Value", "value": "2"},
    },
}
NODE = ("spec", "nodes", "root")


def mode(name: str) -> Change:
    """In a mode that may be written otherwise: the earlier names, or none."""
    return ensure(name, *NOTES, MODE)


def standard(*changes: Change) -> Change:
    return each(mode("Standard"), *changes)


def by_class(name: str, *changes: Change) -> Change:
    """In Standard mode, scaled by the class and nothing that is written for another one."""
    return standard(ensure(name, *NOTES, CLASS), _without_scaling, *changes)


def knative(*changes: Change) -> Change:
    return each(mode("Knative"), *changes)


def _without_scaling(data: Object, _: object) -> bool:
    predictor = at(data, *PREDICTOR)
    for name in ("scaleMetric", "scaleTarget", "autoScaling", "minReplicas", "maxReplicas"):
        predictor.pop(name, None)
    predictor.get("annotations", {}).pop(CLASS, None)
    return True


def in_model(change: Change) -> Change:
    """Of `model`, or of the framework that stands for it."""
    return either(*(within(*PREDICTOR, name, then=change) for name in ("model", *FRAMEWORKS)))


def in_server(change: Change) -> Change:
    """Of the predictor's container, or of its model."""
    return either(within(*PREDICTOR, "containers", 0, then=change), in_model(change))


def predictor(change: Change) -> Change:
    return within(*PREDICTOR, then=change)


def with_workers(change: Change) -> Change:
    """In an InferenceService of several nodes that is right otherwise."""
    return by_class("none", where(has(*PREDICTOR, "model"), ensure(WORKER, *WORKERS)), change)


def canary(percent: int, **more: object) -> Change:
    new = {"name": "next", "model": {"modelFormat": {"name": "onnx"}, "storageUri": "pvc://a/b"}}
    return each(
        where(both(lacks("spec", "canary"), has(*PREDICTOR, "model")), put(0, "spec", "canary")),
        put([{"trafficPercent": percent, "predictor": {**new, **more}}], "spec", "canary"),
    )


def without_start(data: Object, _: object) -> bool:
    at(data, *PREDICTOR, "containers", 0).pop("startupProbe", None)
    return True


NO_CONTAINERS: Wanted = lacks(*PREDICTOR, "containers")
NO_TRANSFORMER: Wanted = lacks("spec", "transformer")


def of(rule: str, name: str, change: Change) -> Fault:
    return Fault(f"{rule}: {name}", (rule,), change, SERVICE)


_W_OF_SERVICES = (
    of("VS411", "a name with a dot", put("digits.v2", "metadata", "name")),
    of("VS411", "a name with capitals", put("Digits", "metadata", "name")),
    of("VS411", "a name that is too long", put("d" * 60, "metadata", "name")),
    of("VS412", "the class kpa", put("kpa", *NOTES, CLASS)),
    of("VS412", "a misspelt class", put("ked", *NOTES, CLASS)),
    of("VS413", "PYTHONPATH", in_server(add({"name": "PYTHONPATH", "value": "/a"}, "env"))),
    of("VS414", "two workers", with_workers(add({"name": "b"}, *WORKERS, "containers"))),
    of(
        "VS414",
        "an accelerator that KServe does not know",
        with_workers(in_model(put(1, "resources", "limits", "acme.com/card"))),
    ),
    of(
        "VS414",
        "a size that KServe sets",
        with_workers(in_model(add({"name": "PIPELINE_PARALLEL_SIZE", "value": "2"}, "env"))),
    ),
    of("VS414", "no size", with_workers(put(0, *WORKERS, "pipelineParallelSize"))),
    of("VS414", "nothing to share", with_workers(in_model(put("s3://a/b", "storageUri")))),
    of("VS414", "scaled workers", with_workers(put("hpa", *NOTES, CLASS))),
    of(
        "VS415",
        "a second model beside the first",
        where(
            both(has(*PREDICTOR, "model"), NO_CONTAINERS),
            put(
                [
                    {
                        "name": "transformer-container",
                        "image": "a:1",
                        "env": [{"name": "STORAGE_URI", "value": "pvc://a/b"}],
                    }
                ],
                *PREDICTOR,
                "containers",
            ),
        ),
    ),
    of("VS416", "a name of the model's container", in_model(put("mine", "name"))),
    of(
        "VS417",
        "one URI and several",
        each(
            in_model(where(has("storageUri"), lambda *_: True)),
            put([{"uri": "s3://a/b", "mountPath": "/mnt/a"}], *PREDICTOR, "storageUris"),
        ),
    ),
    of(
        "VS417",
        "a model mounted at the root",
        each(
            in_model(drop("storageUri")),
            put([{"uri": "s3://a/b", "mountPath": "/"}], *PREDICTOR, "storageUris"),
        ),
    ),
    of(
        "VS417",
        "models with nothing in common",
        each(
            in_model(drop("storageUri")),
            put(
                [
                    {"uri": "s3://a/b", "mountPath": "/mnt/a"},
                    {"uri": "s3://a/c", "mountPath": "/data/c"},
                ],
                *PREDICTOR,
                "storageUris",
            ),
        ),
    ),
    of(
        "VS418",
        "a key that is no address",
        in_model(put({"enabled": True, "resourceId": "kbs://key"}, "confidential")),
    ),
    of(
        "VS418",
        "nothing to decrypt",
        in_model(
            each(
                drop("storageUri"),
                put({"enabled": True, "resourceId": "kbs:///a/b/c"}, "confidential"),
            )
        ),
    ),
    of(
        "VS419",
        "a predictor without a server",
        either(drop(*PREDICTOR, "model"), *(drop(*PREDICTOR, name) for name in FRAMEWORKS)),
    ),
    of(
        "VS419",
        "a second server",
        where(
            both(has(*PREDICTOR, "model"), NO_CONTAINERS),
            put([{"name": "kserve-container", "image": "a:1"}], *PREDICTOR, "containers"),
        ),
    ),
    of(
        "VS419",
        "a transformer without containers",
        where(NO_TRANSFORMER, put({"minReplicas": 1}, "spec", "transformer")),
    ),
    of(
        "VS420",
        "a protocol that is none",
        where(
            both(has(*PREDICTOR, "containers", 0), lacks(*PREDICTOR, "model")),
            put([{"name": "PROTOCOL", "value": "grpc-v2"}], *PREDICTOR, "containers", 0, "env"),
        ),
    ),
    of(
        "VS421",
        "more at least than at most",
        predictor(each(ensure(5, "minReplicas"), put(4, "maxReplicas"))),
    ),
    of("VS421", "fewer than none", predictor(put(-1, "minReplicas"))),
    of("VS422", "a logger without a mode", predictor(put({"url": "http://a.b"}, "logger"))),
    of(
        "VS422",
        "a logger's storage without a path",
        predictor(put({"mode": "all", "storage": {"key": "a"}}, "logger")),
    ),
    of("VS423", "an HPA by requests", by_class("hpa", put("rps", *PREDICTOR, "scaleMetric"))),
    of("VS423", "an HPA at 180 %", by_class("hpa", put(180, *PREDICTOR, "scaleTarget"))),
    of(
        "VS423",
        "an HPA by a query",
        by_class("hpa", put({"metrics": [QUERY]}, *PREDICTOR, "autoScaling")),
    ),
    of(
        "VS424",
        "KEDA without a query",
        by_class(
            "keda",
            put({"metrics": [QUERY]}, *PREDICTOR, "autoScaling"),
            drop(*PREDICTOR, "autoScaling", "metrics", 0, "external", "metric", "query"),
        ),
    ),
    of(
        "VS424",
        "KEDA by a simple metric",
        by_class("keda", put("cpu", *PREDICTOR, "scaleMetric")),
    ),
    of(
        "VS424",
        "KEDA without a threshold",
        by_class(
            "keda",
            put({"metrics": [QUERY]}, *PREDICTOR, "autoScaling"),
            drop(*PREDICTOR, "autoScaling", "metrics", 0, "external", "target", "value"),
        ),
    ),
    of(
        "VS425",
        "an update strategy in Knative mode",
        knative(put({"type": "Recreate"}, *PREDICTOR, "deploymentStrategy")),
    ),
    of("VS425", "Knative by CPU", knative(put("cpu", *PREDICTOR, "scaleMetric"))),
    of("VS426", "a canary in Knative mode", knative(canary(10))),
    of(
        "VS426",
        "a canary without a name",
        standard(canary(10), drop("spec", "canary", 0, "predictor", "name")),
    ),
    of("VS426", "a canary that scales", standard(canary(10, maxReplicas=3))),
    of("VS426", "a canary larger than the rest", standard(canary(10, minReplicas=50))),
    of(
        "VS426",
        "canaries of 120 %",
        standard(
            canary(60),
            add({"trafficPercent": 60, "predictor": {"name": "b", "model": {}}}, "spec", "canary"),
        ),
    ),
)


def _of_runtime(name: str, change: Change) -> Fault:
    return Fault(f"VS428: {name}", ("VS428",), change, RUNTIME)


_FIRST = ("spec", "supportedModelFormats", 0)
_W_OF_OTHERS = (
    _of_runtime(
        "PYTHONPATH", add({"name": "PYTHONPATH", "value": "/a"}, "spec", "containers", 0, "env")
    ),
    _of_runtime(
        "two workers",
        put({"containers": [{"name": "a"}, {"name": "b"}]}, "spec", "workerSpec"),
    ),
    _of_runtime("no size", put({**WORKER, "tensorParallelSize": 0}, "spec", "workerSpec")),
    _of_runtime(
        "two priorities of one format",
        where(
            both(is_(True, *_FIRST, "autoSelect"), has(*_FIRST, "priority")),
            lambda data, random: add(
                {**at(data, *_FIRST), "priority": 7, "version": "77"},
                "spec",
                "supportedModelFormats",
            )(data, random),
        ),
    ),
    Fault("VS429: a name with a dot", ("VS429",), put("a.b", "metadata", "name"), GRAPH),
    Fault(
        "VS429: no root",
        ("VS429",),
        alter(lambda nodes: {"start": nodes["root"]}, "spec", "nodes"),
        GRAPH,
    ),
    Fault("VS429: a step without a target", ("VS429",), add({"name": "x"}, *NODE, "steps"), GRAPH),
    Fault(
        "VS429: a step with two targets",
        ("VS429",),
        add({"name": "x", "serviceName": "a", "nodeName": "b"}, *NODE, "steps"),
        GRAPH,
    ),
    Fault(
        "VS429: two steps of one name",
        ("VS429",),
        each(
            add({"name": "x", "serviceName": "a", "weight": 1}, *NODE, "steps"),
            add({"name": "x", "serviceName": "b", "weight": 1}, *NODE, "steps"),
        ),
        GRAPH,
    ),
    Fault(
        "VS429: weights that make 110",
        ("VS429",),
        where(
            is_("Splitter", *NODE, "routerType"),
            add({"serviceName": "z", "weight": 10}, *NODE, "steps"),
        ),
        GRAPH,
    ),
    Fault("VS430: a name with a dot", ("VS430",), put("a.b", "metadata", "name"), TRAINED),
    Fault(
        "VS430: a model of a claim",
        ("VS430",),
        put("pvc://a/b", "spec", "model", "storageUri"),
        TRAINED,
    ),
)
FAULTS = (*_W_OF_SERVICES, *_W_OF_OTHERS)
