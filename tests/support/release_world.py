# SPDX-License-Identifier: Apache-2.0
"""What KubeVela's actions return to the step canary-release, made from a few words of a case."""

import json
from dataclasses import dataclass, field

from ci.tools.schema import Json
from support.vela_step import Object

NOW = 1_800_000_000
TIME = "2027-01-15T08:00:00Z"
"""The same, as the step's status has it."""
CONTEXT: Object = {
    "name": "digits",
    "appName": "digits",
    "namespace": "default",
    "stepName": "release",
    "stepSessionID": "thisrun000",
    "appRevision": "digits-v2",
}
_SOURCE = "internal.serving.kserve.io/storage-initializer-sourceuri"
_APPLIED = "app.oam.dev/last-applied-configuration"


@dataclass
class Service:
    """An InferenceService: where its model is, how many of its pods there are."""

    uri: str
    pods: int = 1
    available: int | None = None
    updated: int | None = None
    ready: bool = True
    revision: str = "digits-v2"
    statuses: list[Json] = field(default_factory=list)
    """Of the containers of its pods, one pod each."""
    events: list[Json] = field(default_factory=list)
    """Of the namespace."""
    serving: str = ""
    """Where the model of its ready pods is, if that is another one."""


def live(name: str, service: Service | None) -> Object:
    if service is None:
        gone: Object = {"metadata": {"name": name}}
        return {
            "service": _returns({"value": gone, "err": f'inferenceservices "{name}" not found'}),
            "deployments": _returns({"values": {"items": []}}),
            "pods": _returns({"values": {"items": []}}),
        }
    return {
        "service": _returns({"value": _service(name, service)}),
        "deployments": _returns({"values": {"items": [_deployment(name, service)]}}),
        "pods": _returns({"values": {"items": _pods(name, service)}}),
        "events": _returns({"values": {"items": service.events}}),
    }


def rendered(uri: str, spec: Object) -> Object:
    return _returns({"output": {"spec": _spec(uri, spec)}})


def route(weight: int) -> Object:
    backends: list[Json] = [{"name": "digits-predictor", "port": 80}]
    if weight:
        backends = [
            {"name": "digits-predictor", "port": 80, "weight": 100 - weight},
            {"name": "digits-canary-predictor", "port": 80, "weight": weight},
        ]
    return _returns({"value": {"spec": {"rules": [{"backendRefs": backends}] * 2}}})


def clock(seconds: int, waited: int, paused: int) -> Object:
    """What KubeVela makes of times: it is NOW."""
    return {
        "clock": {
            "now": _returns({"timestamp": NOW}),
            "weighed": _returns({"timestamp": NOW - seconds}),
            "started": _returns({"timestamp": NOW - waited}),
        },
        "pause": {"at": _returns({"timestamp": NOW - paused})},
    }


def answer(values: dict[str, str]) -> Object:
    """Prometheus' answer: a value for each key of what was asked."""
    result = [{"metric": {"check": key}, "value": [NOW, value]} for key, value in values.items()]
    body = json.dumps({"status": "success", "data": {"resultType": "vector", "result": result}})
    return {"statusCode": 200, "body": body}


def application(status: Object, steps: list[Json]) -> Object:
    step: Object = {
        "name": "release",
        "id": CONTEXT["stepSessionID"],
        "lastExecuteTime": TIME,
        "firstExecuteTime": TIME,
        **status,
    }
    workflow: Object = {"workflow": {"steps": [step]}}
    return _returns({"value": {"spec": {"workflow": {"steps": steps}}, "status": workflow}})


def _returns(value: Object) -> Object:
    return {"$returns": value}


def _spec(uri: str, more: Object | None = None) -> Object:
    return {"predictor": {"minReplicas": 1, "model": {"storageUri": uri, **(more or {})}}}


def _service(name: str, service: Service) -> Object:
    applied = json.dumps({"spec": _spec(service.uri)})
    return {
        "metadata": {
            "name": name,
            "namespace": "default",
            "uid": f"uid-of-{name}",
            "labels": {"app.oam.dev/appRevision": service.revision},
            "annotations": {_APPLIED: applied},
        },
        "spec": _spec(service.uri),
        "status": {"conditions": [{"type": "Ready", "status": str(service.ready)}]},
    }


def _deployment(name: str, service: Service) -> Object:
    def count(number: int | None) -> int:
        return service.pods if number is None else number

    return {
        "metadata": {"name": f"{name}-predictor", "generation": 2},
        "spec": {
            "replicas": service.pods,
            "template": {"metadata": {"annotations": {_SOURCE: service.uri}}},
        },
        "status": {
            "observedGeneration": 2,
            "replicas": service.pods,
            "updatedReplicas": count(service.updated),
            "availableReplicas": count(service.available),
        },
    }


def _pods(name: str, service: Service) -> list[Json]:
    answering: Json = {
        "metadata": {
            "name": f"{name}-predictor-old",
            "annotations": {_SOURCE: service.serving or service.uri},
        },
        "status": {"conditions": [{"type": "Ready", "status": "True"}]},
    }
    others: list[Json] = [
        {
            "metadata": {"name": f"{name}-predictor-{number}", "annotations": {}},
            "status": {
                "conditions": [{"type": "PodScheduled", "status": "True"}],
                "containerStatuses": [status],
            },
        }
        for number, status in enumerate(service.statuses)
    ]
    return [answering, *others]
