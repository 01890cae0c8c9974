# SPDX-License-Identifier: Apache-2.0
"""Where Kubernetes objects are found."""

from __future__ import annotations

import pytest

from velaserve_lint.embedded import embedded_in
from velaserve_lint.manifest import manifests_in
from velaserve_lint.reading import read_application
from velaserve_lint.source import read
from velaserve_lint.targets import DEFAULT

POD = "{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: b, labels: {app: x}}}"
APPLICATION = """
apiVersion: core.oam.dev/v1beta1
kind: Application
metadata: {{name: a}}
spec:
  components: [{component}]
  workflow: {{steps: [{step}]}}
"""


def test_a_document_is_an_object() -> None:
    (document,) = read(POD, "-").documents
    (pod,) = manifests_in(document, DEFAULT)

    assert (pod.kind, pod.group, pod.name, pod.namespace) == ("Pod", "", "a", "b")
    assert pod.labels.at("app").text == "x"


def test_a_list_is_its_items() -> None:
    (document,) = read(f"{{apiVersion: v1, kind: List, items: [{POD}, 1, {POD}]}}", "-").documents

    assert [one.root.path for one in manifests_in(document, DEFAULT)] == [
        ("items", 0),
        ("items", 2),
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("a", "[]", "{kind: Pod}", "{apiVersion: v1}", "{apiVersion: [], kind: {}}"),
        "{apiVersion: example.com/v1, kind: Deployment}",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    (document,) = read(text, "-").documents

    assert list(manifests_in(document, DEFAULT)) == []


@pytest.mark.parametrize(
    ("component", "step", "path"),
    [
        (f"{{name: a, type: k8s-objects, properties: {{objects: [{POD}]}}}}", "", ("objects", 0)),
        (f"{{name: a, type: raw, properties: {POD}}}", "", ()),
        ("", f"{{name: a, type: apply-object, properties: {{value: {POD}}}}}", ("value",)),
    ],
)
def test_applications_carry_objects(component: str, step: str, path: tuple[str, ...]) -> None:
    text = APPLICATION.format(component=component, step=step)
    (document,) = read(text, "-").documents
    (pod,) = embedded_in(read_application(document), DEFAULT)

    assert pod.name == "a"
    assert pod.root.path[-len(path) :] == path or not path


def test_other_types_carry_none() -> None:
    component = f"{{name: a, type: worker, properties: {{objects: [{POD}]}}}}"
    (document,) = read(APPLICATION.format(component=component, step=""), "-").documents

    assert list(embedded_in(read_application(document), DEFAULT)) == []


def test_only_v1_has_no_group() -> None:
    """Kustomize's own objects are of version `builtin`."""
    (document,) = read("{apiVersion: builtin, kind: LabelTransformer}", "-").documents

    assert list(manifests_in(document, DEFAULT)) == []
