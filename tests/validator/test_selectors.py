# SPDX-License-Identifier: Apache-2.0
"""Selectors select what the API server selects."""

from __future__ import annotations

import pytest

from velaserve_lint.cursor import Cursor
from velaserve_lint.selectors import Selector, plain_selector_at, selector_at
from velaserve_lint.source import read

POD = {"app": "digits", "track": "stable"}


def cursor(text: str) -> Cursor:
    (document,) = read(text, "-").documents
    return Cursor(document, (), document.data)


def selector(text: str) -> Selector:
    found = selector_at(cursor(text))
    assert found
    return found


@pytest.mark.parametrize(
    ("text", "selects"),
    [
        ("{}", True),
        ("matchLabels: {}", True),
        ("matchLabels: {app: digits}", True),
        ("matchLabels: {app: digits, track: canary}", False),
        ("matchLabels: {tier: front}", False),
        ("matchExpressions: [{key: app, operator: In, values: [letters, digits]}]", True),
        ("matchExpressions: [{key: app, operator: In, values: [letters]}]", False),
        ("matchExpressions: [{key: tier, operator: In, values: [front]}]", False),
        ("matchExpressions: [{key: app, operator: NotIn, values: [letters]}]", True),
        ("matchExpressions: [{key: app, operator: NotIn, values: [digits]}]", False),
        ("matchExpressions: [{key: tier, operator: NotIn, values: [front]}]", True),
        ("matchExpressions: [{key: app, operator: Exists}]", True),
        ("matchExpressions: [{key: tier, operator: Exists}]", False),
        ("matchExpressions: [{key: tier, operator: DoesNotExist}]", True),
        ("matchExpressions: [{key: app, operator: DoesNotExist, values: []}]", False),
        ("{matchLabels: {app: digits}, matchExpressions: [{key: track, operator: Exists}]}", True),
        ("{matchLabels: {app: letters}, matchExpressions: [{key: app, operator: Exists}]}", False),
    ],
)
def test_all_requirements_must_hold(text: str, selects: bool) -> None:
    assert selector(text).selects(POD) is selects


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "text", "matchLabels: []", "matchLabels: {app: 1}", "matchExpressions: {}"),
        "matchExpressions: [{key: app, operator: Is, values: [digits]}]",
        "matchExpressions: [{key: app, operator: In}]",
        "matchExpressions: [{key: app, operator: In, values: [1]}]",
        "matchExpressions: [{key: app, operator: Exists, values: [digits]}]",
        "matchExpressions: [{operator: Exists}]",
        "matchExpressions: [app]",
    ],
)
def test_what_is_none_or_has_the_wrong_shape_is_none(text: str) -> None:
    assert selector_at(cursor(text or "null")) is None


def test_a_service_selects_by_a_plain_mapping_and_by_an_empty_one_nothing() -> None:
    found = plain_selector_at(cursor("{app: digits}"))

    assert found
    assert found.selects(POD)
    assert not found.selects({"app": "letters"})
    assert plain_selector_at(cursor("{}")) is None
    assert plain_selector_at(cursor("{app: 1}")) is None


def test_two_ways_to_say_the_same_have_one_meaning() -> None:
    one = selector("matchLabels: {app: digits}")
    same = selector("matchExpressions: [{key: app, operator: In, values: [digits]}]")
    other = selector("matchExpressions: [{key: app, operator: NotIn, values: [digits]}]")

    assert one.meaning == same.meaning
    assert one.meaning != other.meaning


def test_a_requirement_knows_where_it_stands() -> None:
    found = selector("matchExpressions: [{key: app, operator: Exists}]\nmatchLabels: {a: b}\n")

    assert [one.at.place.span.line for one in found.requirements] == [2, 1]
    assert [one.wanted for one in found.requirements] == [("b",), ()]
