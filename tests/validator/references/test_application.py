# SPDX-License-Identifier: Apache-2.0
"""What Applications need by the properties of our own types."""

from __future__ import annotations

import pytest

from support.lint_run import run_of

APPLICATION = """
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {{name: a, namespace: shop}}
spec:
  components:
    - {{name: digits, type: {type}, properties: {{{properties}}}, traits: [{trait}]}}
"""


def needs(type_name: str, properties: str, trait: str = "") -> list[tuple[str, str, str]]:
    run = run_of(APPLICATION.format(type=type_name, properties=properties, trait=trait))
    (outline,) = run.outlines
    assert {one.namespace for one in outline.references} <= {"shop"}
    return [(one.kinds[0], one.name, one.key.name if one.key else "") for one in outline.references]


@pytest.mark.parametrize(
    ("type_name", "properties", "names"),
    [
        (
            "model-serving",
            "modelUri: pvc://models/a, runtime: mine, serviceAccountName: s,"
            "imagePullSecrets: [p], placement: {runtimeClassName: ascend}",
            [
                ("Secret", "p", ""),
                ("RuntimeClass", "ascend", ""),
                ("ServingRuntime", "mine", ""),
                ("ServiceAccount", "s", ""),
                ("PersistentVolumeClaim", "models", ""),
            ],
        ),
        (
            "model-serving@v1",
            "storage: {key: k}, transformer: {modelUri: pvc://scripts},"
            "volumes: [{name: v, configMap: {name: c, items: [{key: k, path: p}]}},"
            "{name: w, secret: {secretName: s}}]",
            [
                ("PersistentVolumeClaim", "scripts", ""),
                ("Secret", "storage-config", "k"),
                ("ConfigMap", "c", ""),
                ("ConfigMap", "c", "k"),
                ("Secret", "s", ""),
            ],
        ),
        (
            "kfserving",
            "serviceAccountName: s, sklearn: {storageUri: pvc://models}",
            [("ServiceAccount", "s", ""), ("PersistentVolumeClaim", "models", "")],
        ),
        (
            "inference-graph",
            "nodes: {root: {steps: [{serviceName: digits}]}}",
            [("InferenceService", "digits", "")],
        ),
        ("webservice", "serviceAccountName: s, modelUri: pvc://models", []),
    ],
)
def test_components(type_name: str, properties: str, names: list[tuple[str, str, str]]) -> None:
    assert needs(type_name, properties) == names


@pytest.mark.parametrize(
    ("trait", "names"),
    [
        (
            "{type: compile-cache, properties: {claim: {name: cache, storageClassName: fast}}}",
            [("PersistentVolumeClaim", "cache", ""), ("StorageClass", "fast", "")],
        ),
        (
            "{type: autoscaler, properties: {prometheus: {authentication: {name: login}}}}",
            [("TriggerAuthentication", "login", "")],
        ),
        ("{type: compile-cache, properties: []}", []),
    ],
)
def test_traits(trait: str, names: list[tuple[str, str, str]]) -> None:
    assert needs("webservice", "", trait) == names


def test_an_outline_keeps_names_and_places_only() -> None:
    text = APPLICATION.format(type="model-serving", properties="modelUri: pvc://models", trait="")
    (outline,) = run_of(text, file="app.yaml").outlines

    (reference,) = outline.references
    assert (outline.file, outline.components) == ("app.yaml", ("digits",))
    assert reference.place.path == ("spec", "components", 0, "properties", "modelUri")
    assert reference.place.span.line == 7
