# SPDX-License-Identifier: Apache-2.0
"""Things by their labels."""

from __future__ import annotations

import pytest

from velaserve_lint.cursor import Cursor
from velaserve_lint.labelled import LabelIndex, Labelled, written
from velaserve_lint.selectors import Selector, selector_at
from velaserve_lint.source import read

PODS = {
    "stable": ("{app: digits, track: stable}", "shop", "a/pods.yaml"),
    "canary": ("{app: digits, track: canary}", "shop", "a/pods.yaml"),
    "elsewhere": ("{app: digits, track: stable}", "", "b/pods.yaml"),
    "numbered": ("{app: 7}", "shop", "a/pods.yaml"),
}


def cursor(text: str) -> Cursor:
    (document,) = read(text, "-").documents
    return Cursor(document, (), document.data)


def selector(text: str) -> Selector:
    found = selector_at(cursor(text))
    assert found
    return found


def index() -> LabelIndex[str]:
    return LabelIndex(
        Labelled(name, written(dict(cursor(labels).entries())), namespace, file)
        for name, (labels, namespace, file) in PODS.items()
    )


@pytest.mark.parametrize(
    ("text", "namespaces", "file", "names"),
    [
        ("matchLabels: {app: digits}", ["shop"], "a/x.yaml", ["stable", "canary"]),
        ("matchLabels: {app: digits}", ["shop"], "b/x.yaml", ["elsewhere"]),
        ("matchLabels: {app: digits}", ["other"], "a/x.yaml", ["elsewhere"]),
        ("matchLabels: {app: digits, track: stable}", [], "c/x.yaml", ["stable", "elsewhere"]),
        ("matchLabels: {app: '7'}", [], "a/x.yaml", ["numbered"]),
        ("matchLabels: {app: letters}", [], "a/x.yaml", []),
        ("matchExpressions: [{key: track, operator: DoesNotExist}]", [], "a/x.yaml", ["numbered"]),
    ],
)
def test_the_nearest_are_selected(
    text: str, namespaces: list[str], file: str, names: list[str]
) -> None:
    selected = index().selected(selector(text), namespaces, file)

    assert [one.thing for one in selected] == names


@pytest.mark.parametrize(
    ("text", "miss"),
    [
        ("matchLabels: {app: digts}", ("stable", "app", "digits")),
        ("matchLabels: {app: digits, track: canarry}", ("canary", "track", "canary")),
        ("matchLabels: {trakc: canary, app: digits}", ("canary", "track", "canary")),
        ("matchLabels: {app: digts, track: nightly}", None),
        ("matchLabels: {app: letters}", None),
        ("matchExpressions: [{key: trakc, operator: Exists}]", None),
    ],
)
def test_a_near_miss_is_one_slip_away(text: str, miss: tuple[str, str, str] | None) -> None:
    found = index().near_miss(selector(text), ["shop"], "a/x.yaml")

    assert (found and (found.thing, found.key, found.label.value)) == miss


def test_a_near_miss_in_another_namespace_is_none() -> None:
    pods = LabelIndex([Labelled("pod", written({"app": cursor("digits")}), "shop", "-")])

    assert pods.near_miss(selector("matchLabels: {app: digts}"), ["other"], "-") is None
    assert pods.near_miss(selector("matchLabels: {app: digts}"), [], "-")
