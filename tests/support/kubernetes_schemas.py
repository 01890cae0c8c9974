# SPDX-License-Identifier: Apache-2.0
"""Kubernetes' own schemas of what the definitions render, read from the pinned Go modules.

Strict, unlike a cluster: a field that a schema does not have is an error.
"""

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
import yaml
from jsonschema import Draft202012Validator

from ci.tools.errors import NotReady
from ci.tools.gomod import module_dir
from ci.tools.schema import Json

Schema = dict[str, Any]  # Any: JSON of any shape
Object = dict[str, Json]

_GATEWAY_API = ("sigs.k8s.io/gateway-api", "config/crd/standard/gateway.networking.k8s.io_")
_KSERVE = ("github.com/kserve/kserve", "config/crd/full/serving.kserve.io_")
_KEDA = ("github.com/kedacore/keda/v2", "config/crd/bases/keda.sh_")
_PROMETHEUS = (
    "github.com/prometheus-operator/prometheus-operator",
    "example/prometheus-operator-crd/monitoring.coreos.com_",
)
_KSERVE_STORAGE = (_KSERVE[0], "config/crd/full/clusterstoragecontainer/serving.kserve.io_")
_CRDS = {
    "ClusterServingRuntime": (*_KSERVE, "clusterservingruntimes"),
    "ClusterStorageContainer": (*_KSERVE_STORAGE, "clusterstoragecontainers"),
    "HTTPRoute": (*_GATEWAY_API, "httproutes"),
    "InferenceGraph": (*_KSERVE, "inferencegraphs"),
    "InferenceService": (*_KSERVE, "inferenceservices"),
    "ScaledObject": (*_KEDA, "scaledobjects"),
    "PodMonitor": (*_PROMETHEUS, "podmonitors"),
    "PrometheusRule": (*_PROMETHEUS, "prometheusrules"),
}
_INT_OR_STRING: Schema = {"type": ["integer", "string"]}


def problems(rendered: Object) -> list[str]:
    """What the schema of its kind has against an object, each with its path."""
    validator = validator_of(str(rendered["apiVersion"]), str(rendered["kind"]))
    found = validator.iter_errors(rendered)
    return [f"{rendered['kind']} {error.json_path}: {error.message}" for error in found]


@cache
def validator_of(api_version: str, kind: str) -> Draft202012Validator:
    try:
        schema = _of_crd(api_version, kind) if kind in _CRDS else _built_in(api_version, kind)
    except NotReady as err:
        pytest.skip(str(err))
    return Draft202012Validator(schema)


def _of_crd(api_version: str, kind: str) -> Schema:
    module, prefix, plural = _CRDS[kind]
    text = (_module(module) / f"{prefix}{plural}.yaml").read_text(encoding="utf-8")
    crd = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))["spec"]
    versions = {f"{crd['group']}/{each['name']}": each["schema"] for each in crd["versions"]}
    schema = cast("Schema", _closed(versions[api_version]["openAPIV3Schema"]))
    schema["properties"]["metadata"] = {"type": "object"}
    return schema


def _built_in(api_version: str, kind: str) -> Schema:
    group, _, version = api_version.rpartition("/")
    name = f"apis__{group}__{version}" if group else f"api__{version}"
    file = f"api/openapi-spec/v3/{name}_openapi.json"
    text = (_module("k8s.io/kubernetes") / file).read_text(encoding="utf-8")
    document = cast("Schema", _closed(json.loads(text)))
    wanted = {"group": group, "version": version, "kind": kind}
    [name] = _named(document["components"]["schemas"], wanted)
    return {"$ref": f"#/components/schemas/{name}", "components": document["components"]}


def _named(schemas: Schema, wanted: dict[str, str]) -> Iterator[str]:
    for name, schema in schemas.items():
        if wanted in schema.get("x-kubernetes-group-version-kind", ()):
            yield name


@cache
def _module(path: str) -> Path:
    return module_dir(path, offline=os.environ.get("VELASERVE_REQUIRE_ALL") != "1")


def _closed(value: Any) -> Any:  # Any: JSON
    """OpenAPI as JSON Schema: structs without further fields, integers or strings."""
    if isinstance(value, list):
        return [_closed(each) for each in value]
    if not isinstance(value, dict):
        return value
    if value.get("x-kubernetes-int-or-string") or value.get("format") == "int-or-string":
        return _INT_OR_STRING
    closed = {key: _closed(each) for key, each in value.items()}
    if isinstance(closed.get("properties"), dict) and not _is_open(closed):
        closed["additionalProperties"] = False
    return closed


def _is_open(schema: Schema) -> bool:
    open_by = ("additionalProperties", "x-kubernetes-preserve-unknown-fields")
    return any(key in schema for key in open_by)
