# SPDX-License-Identifier: Apache-2.0
"""A table for each subject, in which names stay text."""

from __future__ import annotations

from velaserve_lint import score
from velaserve_lint.rules.example_production import PRODUCTION, changed, without
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.scores import ScoreView, write


def test_a_comment() -> None:
    assert write(score(without("NetworkPolicy"), "a.yaml"), "markdown") == (
        """\
### velaserve-lint score

whole: 94, grade A

#### Deployment digits: 94, grade A

| outcome | item | weight | where | what |
| --- | --- | --- | --- | --- |
| fail | SEC-007 network-policy | 6 | a.yaml:13 | \
no NetworkPolicy among what was read selects the pods |

17 pass, 1 fail, 0 not applicable
"""
    )


def test_nothing_fails_or_applies() -> None:
    assert "|" not in write(score(PRODUCTION), "markdown")
    assert "not known" in write(
        score(APPLICATION.replace("model-serving", "webservice")), "markdown"
    )


def test_passes_are_shown_on_demand() -> None:
    shown = write(score(PRODUCTION, "a.yaml"), "markdown", ScoreView("zh", show_passed=True))

    assert shown.count("| pass |") == 18
    assert "| 结果 | 项目 | 权重 | 位置 | 说明 |" in shown


def test_a_name_is_text() -> None:
    card = score(changed("  name: digits\n  labels", "  name: '@all <b>|*x*'\n  labels"))

    assert r"Deployment @<!-- -->all \<b\>\|\*x\*" in write(card, "markdown")
