# SPDX-License-Identifier: Apache-2.0
"""VS306-VS308: APIs that have gone or will, and such as never were."""

from __future__ import annotations

import pytest

from velaserve_lint import describe, lint
from velaserve_lint.rules.example_manifests import DEPLOYMENT, but
from velaserve_lint.settings import Settings
from velaserve_lint.targets import Targets


def found(text: str) -> list[tuple[str, str, int]]:
    return [(one.id, describe(one), one.span.line) for one in lint(text).findings]


def test_a_removed_api_is_one_finding_whatever_its_fields() -> None:
    text = but(DEPLOYMENT, "apps/v1", "extensions/v1beta1") + "unknown: 1\n"

    message = "Deployment of extensions/v1beta1 was removed in Kubernetes 1.16; write 'apps/v1'"
    assert found(text) == [("VS306", message, 1)]


def test_what_nothing_replaces_says_so() -> None:
    text = "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n"

    message = (
        "PodSecurityPolicy of policy/v1beta1 was removed in Kubernetes 1.25 without a replacement"
    )
    assert found(text) == [("VS306", message, 1)]


def test_a_misspelt_kind_is_shown_at_the_kind_and_a_wrong_version_at_the_version() -> None:
    assert found(but(DEPLOYMENT, "kind: Deployment", "kind: Deploymnet")) == [
        ("VS308", "'apps/v1' has no kind 'Deploymnet'; did you mean 'Deployment'?", 2)
    ]
    assert found(but(DEPLOYMENT, "apps/v1", "apps/v2")) == [
        ("VS308", "there is no Deployment in 'apps/v2'; did you mean 'apps/v1'?", 1)
    ]


@pytest.mark.parametrize(
    ("kubernetes", "ids"),
    [
        ((1, 20), []),
        ((1, 21), ["VS307"]),
        ((1, 24), ["VS307"]),
        ((1, 25), ["VS306"]),
        ((1, 34), ["VS306"]),
    ],
)
def test_the_release_that_is_asked_about_decides(
    kubernetes: tuple[int, int], ids: list[str]
) -> None:
    text = "apiVersion: policy/v1beta1\nkind: PodSecurityPolicy\nmetadata: {name: a}\n"
    report = lint(text, settings=Settings(Targets(kubernetes=kubernetes)))

    assert [finding.id for finding in report.findings] == ids


def test_an_object_inside_a_list_is_looked_at() -> None:
    items = "[{apiVersion: apps/v1, kind: Deploymnet}, {apiVersion: acme/v1, kind: Thing}]"

    assert [one[0] for one in found(f"apiVersion: v1\nkind: List\nitems: {items}\n")] == ["VS308"]
