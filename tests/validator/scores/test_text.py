# SPDX-License-Identifier: Apache-2.0
"""The scorecard for people, in both languages."""

from __future__ import annotations

from velaserve_lint import score
from velaserve_lint.rules.example_production import changed, without
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.scores import ScoreView, write

MISSES = without("NetworkPolicy").replace("            readOnlyRootFilesystem: true\n", "")
BROKEN = changed("terminationGracePeriodSeconds", "terminationGracePeriod")


def test_what_fails_with_its_weight_and_place() -> None:
    assert write(score(MISSES, "a.yaml"), "text") == (
        """\
a.yaml:2:7: Deployment digits: 90, grade A
  weight
       4  fail  SEC-002 read-only-root  a.yaml:26:11  \
container 'server' can write to its root file system
       6  fail  SEC-007 network-policy  a.yaml:13:5   \
no NetworkPolicy among what was read selects the pods
  16 pass, 2 fail, 0 not applicable

whole: 90, grade A
"""
    )


def test_in_chinese_columns_stand_in_line() -> None:
    shown = write(score(MISSES, "a.yaml"), "text", ScoreView("zh", show_passed=True))
    head, weight, *rows = shown.splitlines()

    assert head == "a.yaml:2:7: Deployment digits: 90，等级 A"
    assert weight == "  权重"
    assert rows[0] == "       6  通过    OBS-001 metrics              a.yaml:55:7"
    assert rows[11].startswith("       4  未通过  SEC-002 read-only-root       a.yaml:26:11  容器")
    assert rows[18] == "  16 项通过，2 项未通过，0 项不适用"


def test_passes_are_shown_only_on_demand() -> None:
    card = score(MISSES)

    assert "pass  " not in write(card, "text")
    assert write(card, "text", ScoreView(show_passed=True)).count("  pass  ") == 16


def test_reasons_of_what_does_not_apply() -> None:
    card = score(changed("  replicas: 3\n", "  replicas: 1\n"), "a.yaml")

    shown = write(card, "text", ScoreView(show_passed=True))
    assert (
        "       5  n/a   REL-003 spread               a.yaml:13:5   there is no second pod\n"
        in shown
    )


def test_an_error_and_what_is_suppressed_are_said() -> None:
    ignored = BROKEN.replace("    spec:\n", "    spec: # velaserve: ignore[SEC-007] a mesh\n")
    shown = write(score(ignored.replace("kind: NetworkPolicy", "kind: Secret"), "a.yaml"), "text")

    assert "\nno more" not in shown
    assert "  no more than 79 with 1 error" in shown
    assert write(
        score(
            without("NetworkPolicy").replace(
                "    spec:\n", "    spec: # velaserve: ignore[SEC-007] a mesh\n"
            )
        ),
        "text",
    ).startswith("-:2:7: Deployment digits: 94, 100 with 1 suppressed, grade A\n")


def test_what_cannot_be_scored_says_why() -> None:
    foreign = APPLICATION.replace("model-serving", "webservice")
    graph = APPLICATION.replace("model-serving", "inference-graph")

    assert "of Application digits: n/a, the pods of this type are not known\n" in write(
        score(foreign), "text"
    )
    assert "(inference-graph) of Application digits: n/a, no item applies\n" in write(
        score(graph), "text"
    )
    assert write(score(""), "text") == "whole: n/a, no item applies\n"


def test_several_are_as_good_as_the_worst() -> None:
    second = "    - {name: b, type: model-serving, properties: {minReplicas: 2}}\n"

    assert write(score(APPLICATION + second), "text").endswith(
        "\nwhole: 62, grade D, the worst of 2\n"
    )


def test_colour_marks_what_fails() -> None:
    shown = write(score(MISSES), "text", ScoreView(colour=True))

    assert "\x1b[1;33mfail\x1b[0m  SEC-007" in shown
    assert "\x1b[1;36mfail\x1b[0m  SEC-002" in shown


def test_names_cannot_move_the_cursor() -> None:
    card = score(changed("  name: digits\n  labels", '  name: "a\\e[1m"\n  labels'))

    assert "\x1b" not in write(card, "text")
