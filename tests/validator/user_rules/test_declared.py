# SPDX-License-Identifier: Apache-2.0
"""Rules that a file declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from velaserve_lint import Severity, describe, lint
from velaserve_lint.rules import forget_registered, register
from velaserve_lint.rules.example_manifests import DEPLOYMENT
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.user_rules.declared import rule_of

if TYPE_CHECKING:
    from collections.abc import Iterator

TEAM = {"id": "VS901", "kinds": ["Deployment"], "message": "no team"}
URI = {"id": "VS902", "types": ["model-serving"], "message": {"en": "{odd}", "zh": "{奇}"}}


@pytest.fixture(autouse=True)
def only_ours() -> Iterator[None]:
    forget_registered()
    yield
    forget_registered()


def found(entry: dict[str, Any], text: str) -> list[tuple[str, str]]:
    register(rule_of(entry, "rules.yaml"))
    return [(one.id, one.pointer) for one in lint(text).findings]


@pytest.mark.parametrize(
    ("rest", "pointers"),
    [
        ({"pointer": "/metadata/labels/team"}, ["/metadata/labels/team"]),
        ({"pointer": "/metadata/labels/app"}, []),
        ({"pointer": "/metadata/labels/team", "optional": True}, []),
        ({"pointer": "/spec/replicas", "schema": {"minimum": 3}}, ["/spec/replicas"]),
        ({"pointer": "/spec/replicas", "schema": {"multipleOf": 2}}, []),
        ({"pointer": "/spec/replicas", "schema": {"multipleOf": 3}}, ["/spec/replicas"]),
        (
            {
                "pointer": "/spec/template/spec/containers/*/image",
                "schema": {"type": "string", "pattern": "^mirror/"},
            },
            ["/spec/template/spec/containers/0/image"],
        ),
        ({"pointer": "/spec/template/spec/containers/0/name"}, []),
        ({"pointer": "/metadata/annotations/a~1b"}, ["/metadata/annotations/a~1b"]),
    ],
)
def test_objects(rest: dict[str, Any], pointers: list[str]) -> None:
    assert found(TEAM | rest, DEPLOYMENT) == [("VS901", pointer) for pointer in pointers]


def test_properties_of_a_type() -> None:
    entry = URI | {"pointer": "/modelUri", "schema": {"pattern": "^s3:"}, "severity": "info"}
    register(rule_of(entry, "rules.yaml"))

    (finding,) = lint(APPLICATION).findings
    assert (finding.severity, finding.span.line, finding.span.column) == (Severity.INFO, 10, 19)
    assert (describe(finding), describe(finding, "zh")) == ("{odd}", "{奇}")


def test_other_kinds_and_types_are_not_looked_at() -> None:
    assert found(URI | {"pointer": "/x"}, DEPLOYMENT) == []
    assert found(TEAM | {"pointer": "/x"}, APPLICATION.replace("model-serving", "worker")) == []


def test_what_is_missing_is_shown_at_what_is_around_it() -> None:
    register(rule_of(TEAM | {"pointer": "/metadata/labels/team"}, "rules.yaml"))

    (finding,) = lint(DEPLOYMENT).findings
    assert (finding.span.line, finding.span.column) == (5, 3)
