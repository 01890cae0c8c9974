# SPDX-License-Identifier: Apache-2.0
"""What a baseline knows."""

from __future__ import annotations

import pytest

from velaserve_lint import lint
from velaserve_lint.baseline import BaselineError, baseline_of, parse
from velaserve_lint.rules.examples import changed

OLD = lint(changed("modelUri", "modelUrl"), "app.yaml").findings
BOTH = lint(changed("modelUri", "modelUrl").replace("minR", "minnR"), "app.yaml").findings


def test_what_is_known_is_left_out() -> None:
    baseline = baseline_of(OLD)

    assert baseline.without_known(OLD) == []
    assert [one.pointer for one in baseline.without_known(BOTH)] == [
        "/spec/components/0/properties/minnReplicas"
    ]


def test_lines_do_not_matter() -> None:
    moved = lint("# new\n\n" + changed("modelUri", "modelUrl"), "app.yaml").findings

    assert baseline_of(OLD).without_known(moved) == []


def test_a_second_mistake_of_the_kind_is_new() -> None:
    text = changed("modelUri", "modelUrl")
    twice = lint(f"{text}---\n{text}", "app.yaml").findings

    assert len(baseline_of(OLD).without_known(twice)) == 1


def test_it_only_shrinks() -> None:
    baseline = baseline_of(BOTH)

    assert baseline.shrunk(OLD) == baseline_of(OLD)
    assert baseline_of(OLD).shrunk(BOTH) == baseline_of(OLD)


def test_it_reads_what_it_writes() -> None:
    assert parse(baseline_of(BOTH).dump()) == baseline_of(BOTH)
    assert '"VS201 app.yaml /spec/components/0/properties/modelUrl"' in baseline_of(OLD).dump()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 2, "known": {}}', '{"known": {}}'])
def test_something_else_is_none(text: str) -> None:
    with pytest.raises(BaselineError):
        parse(text)
