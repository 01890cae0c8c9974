# SPDX-License-Identifier: Apache-2.0
"""The library: what a caller gets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint import Severity, describe, lint, lint_paths
from velaserve_lint.rules.examples import APPLICATION, changed

if TYPE_CHECKING:
    from pathlib import Path


def test_applications_have_the_definitions_defaults() -> None:
    (application,) = lint(changed("        minReplicas: 2\n", "")).applications

    (component,) = application.components
    assert (application.name, component.name, component.type) == (
        "digits",
        "digits",
        "model-serving",
    )
    assert component.properties == {
        "modelUri": "pvc://models/digits/onnx",
        "modelFormat": {"name": "onnx"},
        "minReplicas": 1,
        "deploymentMode": "Standard",
        "drainDelaySeconds": 10,
        "protocolVersion": "v2",
    }


def test_a_component_has_a_place_and_traits() -> None:
    text = APPLICATION + "      traits: [{type: scaler, properties: {replicas: 2}}]\n"
    (application,) = lint(text, "app.yaml").applications

    (component,) = application.components
    (trait,) = component.traits
    assert (trait.type, trait.properties) == ("scaler", {"replicas": 2})
    assert application.document.value(component.path).span.line == 7


@pytest.mark.parametrize("text", [changed("modelUri", "modelUrl"), APPLICATION + "a: 1\na: 1\n"])
def test_an_application_with_an_error_is_not_handed_out(text: str) -> None:
    report = lint(text)

    assert report.fails()
    assert report.applications == ()


def test_a_warning_hinders_nothing() -> None:
    report = lint(changed("type: model-serving", "type: acme-inference"))

    assert (report.fails(), report.fails(Severity.WARNING)) == (False, True)
    assert len(report.applications) == 1


def test_findings_of_several_documents_keep_their_order() -> None:
    bad = changed("minReplicas: 2", "minReplicas: 0")

    report = lint(f"{bad}---\n{APPLICATION}---\n{bad}")

    assert [finding.span.line for finding in report.findings] == [12, 38]
    assert len(report.applications) == 1
    assert describe(report.findings[0], "zh") == "'minReplicas' 至少为 1，实为 0"


def test_what_an_alias_repeats_is_said_once() -> None:
    component = "{type: model-serving, properties: &p {modelUri: x, modelFormat: {name: onnx}}"
    text = f"""\
kind: Application
apiVersion: core.oam.dev/v1beta1
metadata: {{name: a}}
spec:
  components:
    - {component}, name: a}}
    - {{type: model-serving, name: b, properties: *p}}
"""
    assert [finding.id for finding in lint(text).findings] == ["VS204"]


def test_paths_are_files_and_folders(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yml", "sub/c.yaml", "d.json", ".hidden.yaml", ".git/e.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(APPLICATION, encoding="utf-8")

    report = lint_paths([tmp_path, tmp_path / "d.json"])

    assert report.coverage.files == 4
    assert [one.document.file.removeprefix(tmp_path.as_posix()) for one in report.applications] == [
        "/a.yml",
        "/b.yaml",
        "/sub/c.yaml",
        "/d.json",
    ]


def test_a_path_that_is_not_there_raises(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        lint_paths([tmp_path / "missing.yaml"])


def test_what_parsers_disagree_on_is_said_where_nothing_else_is_wrong() -> None:
    text = changed("  name: digits\nspec:", "  name: digits\n  annotations: {a: on}\nspec:")
    assert [finding.id for finding in lint(text).findings] == ["VS103"]

    properties = "      traits: [{type: acme, properties: {a: on, no: 1}}]\n"
    found = lint(APPLICATION + properties).findings
    assert [(one.id, one.span.column) for one in found] == [
        ("VS107", 23),
        ("VS010", 45),
        ("VS010", 49),
    ]
    assert lint("on: yes\n").findings == ()
