# SPDX-License-Identifier: Apache-2.0
"""The objects of a run by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.lint_run import run_of
from velaserve_lint.run import Run, once_a_run, once_for_each

if TYPE_CHECKING:
    from velaserve_lint.references.reference import Reference

CONFIG_MAP = "{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {}, namespace: {}}}}}"
POD = (
    "{{apiVersion: v1, kind: Pod, metadata: {{name: pod, namespace: {}}}, spec: {{"
    "containers: [{{name: c, envFrom: [{{configMapRef: {{name: {}}}}}]}}]}}}}"
)


def names(run: Run, way: str, reference: Reference) -> list[tuple[str, str]]:
    return [(one.namespace, one.name) for one in getattr(run.index, way)(reference)]


@pytest.mark.parametrize(
    ("namespace", "definitions", "elsewhere"),
    [
        ("shop", [("shop", "settings"), ("", "settings")], [("bank", "settings")]),
        ("zoo", [("", "settings")], [("shop", "settings"), ("bank", "settings")]),
        ("''", [("shop", "settings"), ("bank", "settings"), ("", "settings")], []),
    ],
)
def test_an_object_is_looked_for_where_it_may_be(
    namespace: str, definitions: list[tuple[str, str]], elsewhere: list[tuple[str, str]]
) -> None:
    run = run_of(
        *(CONFIG_MAP.format("settings", each) for each in ("shop", "bank", "''")),
        POD.format(namespace, "settings"),
    )
    (reference,) = run.index.references

    assert names(run, "definitions", reference) == definitions
    assert names(run, "elsewhere", reference) == elsewhere


def test_of_several_the_nearest_is_meant() -> None:
    dev = run_of(CONFIG_MAP.format("settings", "''"), file="dev/a.yaml")
    prod = run_of(CONFIG_MAP.format("settings", "''"), file="prod/a.yaml")
    pod = run_of(POD.format("''", "settings"), file="prod/b.yaml")
    run = Run([*dev.manifests, *prod.manifests, *pod.manifests])
    (reference,) = run.index.references

    assert len(run.index.definitions(reference)) == 2
    assert [one.root.document.file for one in run.index.meant(reference)] == ["prod/a.yaml"]
    assert len(run.index.namesakes(prod.manifests[0])) == 2


def test_a_misspelt_name_is_that_of_an_object_of_the_kind() -> None:
    run = run_of(CONFIG_MAP.format("settings", "''"), POD.format("shop", "setings"))
    (reference,) = run.index.references
    meant = run.index.misspelt(reference)

    assert meant
    assert meant.name == "settings"
    assert run.index.misspelt(reference._replace(kinds=("Secret",))) is None
    assert run.index.misspelt(reference._replace(name="letters")) is None


@pytest.mark.parametrize(
    ("defined", "needed"), [("zone-east", "zone-west"), ("server", "server-a")]
)
def test_two_names_that_look_alike_are_two_names(defined: str, needed: str) -> None:
    run = run_of(CONFIG_MAP.format(defined, "''"), POD.format("''", needed))
    (reference,) = run.index.references

    assert run.index.misspelt(reference) is None


def test_kserve_labels_the_pods_of_its_services() -> None:
    service = "{apiVersion: serving.kserve.io/v1beta1, kind: InferenceService, "
    text = service + "metadata: {name: digits}, spec: {predictor: {model: {}, workerSpec: {a: 1}}}}"
    (pod,) = run_of(text).index.pods

    assert {key: label.value for key, label in pod.labels.items()} == {
        "app": "isvc.digits-predictor",
        "component": "predictor",
        "serving.kserve.io/inferenceservice": "digits",
    }


def test_what_several_rules_need_is_found_once_a_run() -> None:
    calls = []

    @once_a_run
    def count(run: Run) -> int:
        calls.append(run)
        return len(run.manifests)

    one, other = run_of(CONFIG_MAP.format("a", "b")), run_of()

    assert [count(one), count(one), count(other), count(one)] == [1, 1, 0, 1]
    assert calls == [one, other]


def test_what_is_shared_is_looked_at_once_in_each_run() -> None:
    """Nor does a later subject inherit what was found for one that nobody else keeps."""
    calls = []

    @once_for_each
    def total(run: Run, subject: list[int]) -> int:
        calls.append((run, subject))
        return sum(subject)

    one, other, shared = run_of(), run_of(), [1, 2]

    assert [total(one, shared), total(one, shared), total(other, shared)] == [3, 3, 3]
    assert calls == [(one, shared), (other, shared)]
    assert [total(one, [number]) for number in range(100)] == list(range(100))
