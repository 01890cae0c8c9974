# SPDX-License-Identifier: Apache-2.0
"""The expressions of `if`: which of them CUE would compile, and what they refer to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_lint.conditions import Problem, Reference, condition


@pytest.mark.parametrize(
    "text",
    [
        "status.a.failed",
        'status["a-b"].failed && !status.c.succeeded',
        '(status.a.phase == "failed") || inputs.x > 3',
        'context.name != "a" && len(inputs["b"]) >= 1.5',
        'status.a.message =~ "it\'s \\"quoted\\""',
        "inputs.list[0].name == _|_",
        "true",
        "[1, 2] != [-1]",
        "status.a.failed &&\n  status.b.failed",
        'status."a-b".failed',
        '"\\(inputs.x)" == "a"',
    ],
)
def test_what_compiles(text: str) -> None:
    assert condition(text).problem is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("status.a-b.failed", Problem("dash", "status.a-b", 'status["a-b"]')),
        ("inputs.my-in == 1", Problem("dash", "inputs.my-in", 'inputs["my-in"]')),
        ('status.a.phase = "failed"', Problem("operator", "=", "==")),
        ("status.a.failed & status.b.failed", Problem("operator", "&", "&&")),
        ("status.a.failed or status.b.failed", Problem("operator", "or", "||")),
        ("not status.a.failed", Problem("operator", "not", "!")),
        ("status.a.phase == 'failed'", Problem("bytes", "'failed'", '"failed"')),
        ('status.a.phase == "failed', Problem("quote", '"')),
        ("(status.a.failed", Problem("end", "", ")")),
        ('status["a".failed', Problem("unexpected", ".")),
        ("status.a.failed)", Problem("unexpected", ")")),
        ("status.a.failed &&", Problem("end")),
        ("status.a.failed status.b.failed", Problem("unexpected", "status")),
        ("status..failed", Problem("unexpected", ".")),
        ("$x ?", Problem("unexpected", "?")),
        ("(" * 10_000, Problem("deep")),
    ],
)
def test_what_does_not(text: str, problem: Problem) -> None:
    assert condition(text).problem == problem


def test_references() -> None:
    found = condition('!status["a-b"].failed || len(inputs.x[0].y) > status.c["d"].e[inputs.z]')

    assert set(found.references) == {
        Reference("status", ("a-b", "failed")),
        Reference("len", (), is_called=True),
        Reference("inputs", ("x",)),
        Reference("inputs", ("z",)),
        Reference("status", ("c", "d", "e")),
    }
    assert found.only is None


def test_a_reference_that_is_all_there_is() -> None:
    assert condition("(status.a.phase)").only == Reference("status", ("a", "phase"))
    assert condition("!status.a.phase").only is None


@given(st.text(alphabet="status.ab-\"'[]()=&|!<> \n\\$1_é"))
def test_whatever_it_is_it_is_read(text: str) -> None:
    condition(text)
