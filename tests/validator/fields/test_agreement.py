# SPDX-License-Identifier: Apache-2.0
"""The walk says what jsonschema says by the real schemas, on samples and on each small mistake."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from ci.tools.errors import NotReady
from ci.tools.fields.crds import crds
from ci.tools.fields.expressions import PATTERNS
from ci.tools.fields.kserve import defaulted
from ci.tools.fields.sources import CRDS, files, folder
from support.kubernetes_schemas import validator_of
from support.mutations import mutations
from velaserve_lint.fields import check
from velaserve_lint.fields.patches import is_patch
from velaserve_lint.rules.example_manifests import (
    DEPLOYMENT,
    HTTP_ROUTE,
    INFERENCE_SERVICE,
    SERVING_RUNTIME,
)
from velaserve_lint.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path as File

    from velaserve_lint.document import Document, Json
    from velaserve_lint.place import Path

Schema = dict[str, Any]  # Any: JSON of any shape
Said = set[tuple["Path", str]]

SAMPLES = {
    "kserve": (
        "docs/samples/graph/*.yaml",
        "docs/samples/v1beta1/transformer/**/*.yaml",
        "docs/samples/multimodelserving/**/*.yaml",
        "config/runtimes/kserve-tritonserver.yaml",
        "config/storagecontainers/*.yaml",
    ),
    "gateway-api": ("examples/standard/*.yaml", "examples/experimental/*.yaml"),
    "prometheus-operator": ("example/user-guides/**/*.yaml", "example/thanos/*.yaml"),
    "keda": ("config/samples/*.yaml",),
}
BUILT_IN = """\
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: digits}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: digits}
  maxReplicas: 4
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}
---
apiVersion: v1
kind: Service
metadata: {name: digits}
spec:
  selector: {app: digits}
  ports: [{name: http, port: 80, targetPort: http}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: digits}
spec: {maxUnavailable: 50%, selector: {matchLabels: {app: digits}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: digits}
data: {level: debug}
"""


@pytest.mark.parametrize("example", [INFERENCE_SERVICE, SERVING_RUNTIME, HTTP_ROUTE])
def test_on_each_small_mistake_in_an_example(example: str) -> None:
    assert differences(read(example, "-").documents) == []


@pytest.mark.parametrize("source", CRDS, ids=lambda source: source.table)
def test_on_the_samples_of_a_module(source: Any) -> None:  # Any: Crds
    documents = [
        document
        for file in files(module(source), SAMPLES[source.table])
        for document in read(file.read_bytes(), file.name).documents
        if named(document.data) in schemas()
    ]

    assert len(documents) > 3
    assert differences(documents, most=800) == []


def test_on_each_small_mistake_in_kubernetes_own_kinds() -> None:
    """Of which the schema knows no choices, and not that an empty struct lacks something."""
    for document in read(f"{DEPLOYMENT}---\n{BUILT_IN}", "-").documents:
        for what, data in mutated(document):
            if not is_patch(named(data)[1], data):
                theirs, found = said(validator_of(*named(data)), data), ours(document, data)
                assert theirs <= found, what
                assert {keyword for _, keyword in found - theirs} <= {"enum", "required"}, what


def differences(documents: Sequence[Document], most: int = 10_000) -> list[str]:
    """What was done to a sample, and what one of the two says and the other does not."""
    return [
        f"{named(data)} {what}: {ours(document, data) ^ by_crd(data)}"
        for document in documents
        for what, data in mutated(document, most // len(documents))
        if ours(document, data) != by_crd(data)
    ]


def mutated(document: Document, most: int = 10_000) -> Iterator[tuple[str, Json]]:
    assert isinstance(document.data, dict)
    changes = list(mutations(document.data))
    yield "as it is", document.data
    yield from changes[:: max(1, len(changes) // most)]


def ours(document: Document, data: Json) -> Said:
    violations = check(document, data, (), *named(data))
    return {(one.path, one.keyword) for one in violations}


def by_crd(data: Json) -> Said:
    return said(Draft202012Validator(schemas()[named(data)]), data)


def said(validator: Draft202012Validator, data: Json) -> Said:
    """Of a value of the wrong type, only that."""
    errors = [(tuple(one.absolute_path), one.validator) for one in validator.iter_errors(data)]
    keywords = [(path, "type" if name == "oneOf" else str(name)) for path, name in errors]
    wrong = {path for path, name in keywords if name == "type"}
    return {(path, name) for path, name in keywords if name == "type" or path not in wrong}


def named(data: Json) -> tuple[str, str]:
    data = data if isinstance(data, dict) else {}
    return str(data.get("apiVersion")), str(data.get("kind"))


@cache
def schemas() -> dict[tuple[str, str], Schema]:
    """The CRDs as a cluster applies them."""
    return {
        (crd.api_version, crd.kind): strict(crd.schema, crd.kind, ())
        for source in CRDS
        for file in files(module(source), source.tabled)
        for crd in crds(file)
    }


def module(source: Any) -> File:  # Any: Crds
    try:
        return folder(source.module, offline=os.environ.get("VELASERVE_REQUIRE_ALL") != "1")
    except NotReady as err:
        pytest.skip(str(err))


def strict(schema: Schema, kind: str, path: tuple[str, ...]) -> Schema:
    """In the words of JSON Schema: closed, and what has a default is not required.

    Of values that are one of two things, which is said at one place, tables know nothing.
    """
    if path in {("metadata",), ("status",)}:
        return {}
    if schema.get("x-kubernetes-int-or-string"):
        return {"type": ["integer", "string"]}
    made = {key: value for key, value in schema.items() if key != "oneOf"}
    if "pattern" in schema:
        made["pattern"] = PATTERNS.get(schema["pattern"], schema["pattern"])
    if "items" in schema:
        made["items"] = strict(schema["items"], kind, (*path, "[]"))
    if "additionalProperties" in schema:
        made["additionalProperties"] = strict(schema["additionalProperties"], kind, (*path, "*"))
    if fields := schema.get("properties"):
        made["properties"] = {
            name: strict(field, kind, (*path, name)) for name, field in fields.items()
        }
        made["additionalProperties"] = False
        required = [name for name in schema.get("required", ()) if "default" not in fields[name]]
        made["required"] = [name for name in required if not defaulted(kind, (*path, name))]
    return made
