# SPDX-License-Identifier: Apache-2.0
"""What the parameters of a request ask for."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

import pytest

from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.parameters import (
    earliest_deadline_s,
    flag_of,
    priority_of,
    refuse_load_parameters,
    refuse_unprovided,
)

if TYPE_CHECKING:
    from velaserve_runtime.protocol.infer import Parameter

HOUR_US = 3_600_000_000


@pytest.mark.parametrize(
    ("name", "value", "feature"),
    [
        ("sequence_id", 7, "sequence batching"),
        ("sequence_start", True, "sequence batching"),
        ("sequence_id", "correlation", "sequence batching"),
        ("shared_memory_region", "r", "shared memory"),
        ("classification", 3, "the classification extension"),
    ],
)
def test_what_is_not_provided_is_refused_and_named(
    name: str, value: Parameter, feature: str
) -> None:
    text = f"here: parameter '{name}' asks for {feature}, which this server does not provide"
    with pytest.raises(InvalidRequest, match=text):
        refuse_unprovided({name: value, "mine": 1}, "here")


def test_what_asks_for_nothing_is_let_through() -> None:
    """tritonclient sends some of them in any case."""
    refuse_unprovided({"sequence_id": 0, "sequence_end": False, "mine": 1}, "here")
    refuse_load_parameters({})
    refuse_load_parameters(None)


def test_the_earlier_of_two_deadlines_counts() -> None:
    soon_s, late_s = monotonic() + 60, monotonic() + 7200
    assert earliest_deadline_s({"timeout": HOUR_US}, soon_s) == soon_s
    own_s = earliest_deadline_s({"timeout": HOUR_US}, late_s)
    assert own_s is not None
    assert soon_s < own_s < late_s
    assert earliest_deadline_s({"timeout": str(HOUR_US)}, None) is not None


@pytest.mark.parametrize("parameters", [{}, {"timeout": 0}, {"timeout": "0"}])
def test_no_timeout_leaves_the_wires_deadline(parameters: dict[str, Parameter]) -> None:
    assert earliest_deadline_s(parameters, None) is None
    assert earliest_deadline_s(parameters, 5.0) == 5.0


@pytest.mark.parametrize("value", [-1, 1.5, True, "", "-1", "soon", "٣"])
def test_a_timeout_is_a_whole_number(value: Parameter) -> None:
    with pytest.raises(InvalidRequest, match=r"parameter 'timeout' is .*; it must be a whole"):
        earliest_deadline_s({"timeout": value}, None)


@pytest.mark.parametrize(("value", "priority"), [(0, 1), (1, 1), (10, 10), ("3", 3)])
def test_a_priority(value: Parameter, priority: int) -> None:
    assert priority_of({"priority": value}) == priority
    assert priority_of({}) == 1


def test_a_priority_has_a_limit() -> None:
    with pytest.raises(InvalidRequest, match="parameter 'priority' is 11; use 1 to 10"):
        priority_of({"priority": 11})


def test_a_flag_is_true_or_false() -> None:
    assert flag_of({"binary_data": True}, "binary_data", False, "output 'y'")
    assert not flag_of({}, "binary_data", False, "output 'y'")
    with pytest.raises(InvalidRequest, match="output 'y': parameter 'binary_data' is 'yes'"):
        flag_of({"binary_data": "yes"}, "binary_data", False, "output 'y'")
