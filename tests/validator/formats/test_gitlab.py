# SPDX-License-Identifier: Apache-2.0
"""What GitLab asks of a Code Quality report."""

from __future__ import annotations

import json
from typing import Any

from support.reports import with_each_report
from velaserve_lint import Report, lint
from velaserve_lint.fingerprint import fingerprints
from velaserve_lint.formats import View, write
from velaserve_lint.rules.examples import APPLICATION, changed

SEVERITIES = {"info", "minor", "major", "critical", "blocker"}  # docs.gitlab.com, Code Quality


def findings(report: Report) -> Any:  # Any: JSON
    return json.loads(write(report, "gitlab", View("zh", colour=True)))


def test_a_finding() -> None:
    report = lint(changed("modelUri", "modelUrl"), "./a/app.yaml")

    assert findings(report) == [
        {
            "description": "VS201: unknown property 'modelUrl'; did you mean 'modelUri'?",
            "check_name": "VS201",
            "content": {
                "body": "Rename or remove the property; "
                "the type's documentation lists all there are."
            },
            "fingerprint": fingerprints(report.findings)[0],
            "severity": "major",
            "location": {"path": "a/app.yaml", "lines": {"begin": 10, "end": 10}},
        }
    ]


@with_each_report
def test_every_finding_is_one_of_gitlab_s(report: Report) -> None:
    found = findings(report)

    assert [one["check_name"] for one in found] == [one.id for one in report.findings]
    assert {one["severity"] for one in found} <= SEVERITIES
    assert len({one["fingerprint"] for one in found}) == len(found)
    assert all(one["location"]["lines"]["begin"] >= 1 for one in found)


def test_no_finding_is_an_empty_report() -> None:
    assert write(lint(APPLICATION), "gitlab") == "[]\n"
