# SPDX-License-Identifier: Apache-2.0
"""What SARIF's readers need, by the standard's own schema and beyond it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from support.reports import ODD, ODD_NAME, with_each_report
from support.sarif import problems
from velaserve_lint import Report, lint
from velaserve_lint.formats import View, write
from velaserve_lint.rules.examples import changed

if TYPE_CHECKING:
    from pathlib import Path

TWICE = "metadata:\n  name: digits\n  name: letters\n"


def log(report: Report) -> Any:  # Any: JSON
    return json.loads(write(report, "sarif", View("zh", colour=True)))


def run(report: Report) -> Any:  # Any: JSON
    [only] = log(report)["runs"]
    return only


@with_each_report
def test_every_report_fits_the_standard(report: Report) -> None:
    assert problems(log(report)) == []


def test_the_standard_refuses_what_it_does_not_know() -> None:
    wrong = log(lint(TWICE)) | {"version": "2.0.0"}

    assert problems(wrong) == ["$.version: '2.0.0' is not one of ['2.1.0']"]


@with_each_report
def test_every_result_has_its_rule(report: Report) -> None:
    found = run(report)
    rules = found["tool"]["driver"]["rules"]

    findings = [*report.findings, *(one.finding for one in report.suppressed)]
    for result, finding in zip(found["results"], findings, strict=True):
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"] == finding.id
    assert {rule["id"] for rule in rules} == {finding.id for finding in findings}


@with_each_report
def test_no_two_results_have_one_fingerprint(report: Report) -> None:
    prints = [str(result["partialFingerprints"]) for result in run(report)["results"]]

    assert len(set(prints)) == len(prints)


def test_a_result() -> None:
    report = lint(TWICE, "app.yaml")

    [result] = run(report)["results"]

    del result["partialFingerprints"]
    artifact = {"uri": "app.yaml", "uriBaseId": "%SRCROOT%"}
    second = {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 7}
    first = {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 7}
    name = [{"fullyQualifiedName": "/metadata/name"}]
    assert result == {
        "ruleId": "VS002",
        "ruleIndex": 0,
        "level": "error",
        "message": {"text": "'name' is set twice; the last one wins"},
        "locations": [
            {
                "physicalLocation": {"artifactLocation": artifact, "region": second},
                "logicalLocations": name,
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {"artifactLocation": artifact, "region": first},
                "logicalLocations": name,
                "message": {"text": "first set here"},
            }
        ],
    }


def test_columns_count_characters_and_lines_end_as_in_yaml() -> None:
    found = run(lint(TWICE))

    assert found["columnKind"] == "unicodeCodePoints"
    assert "\u2028" in found["newlineSequences"]


def test_a_rule_brings_its_page() -> None:
    [rule] = run(lint(changed("modelUri", "modelUrl")))["tool"]["driver"]["rules"]

    assert (rule["id"], rule["name"]) == ("VS201", "UnknownProperty")
    assert rule["help"]["text"].startswith("VS201 unknown-property (error, ")
    assert "## Good\n\n```yaml\napiVersion: " in rule["help"]["markdown"]
    assert "helpUri" not in rule


@pytest.mark.parametrize(
    ("type_", "level"),
    [("type: acme-inference", "warning"), ("type: model-servin", "error")],
)
def test_levels(type_: str, level: str) -> None:
    [result] = run(lint(changed("type: model-serving", type_)))["results"]

    assert result["level"] == level


def uri(report: Report) -> dict[str, str]:
    location: dict[str, str] = run(report)["results"][0]["locations"][0]["physicalLocation"][
        "artifactLocation"
    ]
    return location


def test_every_name_of_a_file_is_a_relative_uri() -> None:
    found = uri(ODD)["uri"]

    assert found.isascii()
    assert not set(found) & set(' :"<>|\n')
    assert found.startswith("a%20b%25%3A")
    assert ODD.findings[0].file == ODD_NAME


def test_a_file_elsewhere_is_an_absolute_uri(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = lint(TWICE, str(tmp_path / "app.yaml"))

    assert uri(report) == {"uri": (tmp_path / "app.yaml").as_uri()}
    monkeypatch.chdir(tmp_path)
    assert uri(report) == {"uri": "app.yaml", "uriBaseId": "%SRCROOT%"}


def test_a_suppression_brings_its_reason() -> None:
    comment = "minReplicas: 0 # velaserve: ignore[VS205] soon"
    report = lint(changed("minReplicas: 2", comment).replace("modelUri", "modelUrl"))

    unknown, suppressed = run(report)["results"]
    assert "suppressions" not in unknown
    assert (suppressed["ruleId"], suppressed["suppressions"]) == (
        "VS205",
        [{"kind": "inSource", "justification": "soon"}],
    )
    assert problems(log(report)) == []
