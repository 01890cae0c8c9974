# SPDX-License-Identifier: Apache-2.0
"""What is told about queries, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_lint.promql import problems
from velaserve_lint.promql.functions import functions


def found(query: str) -> list[tuple[str, str, str]]:
    return [(one.message, one.found, one.expected) for one in problems(query)]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("", ("empty", "", "")),
        ("# nothing", ("empty", "", "")),
        ("sum(rate(a[5m])", ("unclosed", "(", "")),
        ("sum(a))", ("unopened", ")", "")),
        ("sum(a]", ("mismatch", "]", "(")),
        ('a{b="c}', ("quote", '"', "")),
        ("a{b='c\n'}", ("quote", "'", "")),
        ("a ? b", ("character", "?", "")),
        ("rate(a[$__rate_interval])", ("character", "$", "")),
        ("rate(a[5min])", ("number", "5min", "")),
        ("1.2.3", ("number", "1.2.3", "")),
        ("a +", ("end", "+", "")),
        ("* a", ("first", "*", "")),
        ("a b", ("unexpected", "b", "a")),
        ("sum(a, )", ("unexpected", ")", ",")),
        ("sum by a (b)", ("expected", "a", "(")),
        ("a{b=c}", ("value", "b=c", "c")),
        ('a{b:"c"}', ("expected", ":", "=")),
        ("{}", ("everything", "", "")),
        ('{a=""}', ("everything", "", "")),
        ("rate(a[])", ("range", "", "")),
        ("rate(sum(a)[5m])", ("subquery", "5m", "")),
        ("ratte(a[5m])", ("near", "ratte", "rate")),
        ("frobnicate(a)", ("function", "frobnicate", "")),
        ("rate(a[5m], 2)", ("arguments", "rate", "1")),
        ("round(a, 1, 2)", ("arguments", "round", "1-2")),
        ("label_join(a)", ("arguments", "label_join", "3+")),
        ("topk(a)", ("arguments", "topk", "2")),
        ("sum()", ("arguments", "sum", "1")),
        ("histogram_quantile(a, 0.9)", ("wants_scalar", "histogram_quantile", "")),
        ("abs(1)", ("wants_vector", "abs", "")),
        ("a or 0", ("set", "or", "")),
        ("count_values(1, a)", ("wants_string", "count_values", "")),
        ("rate(1)", ("wants_matrix", "rate", "")),
    ],
)
def test_what_cannot_be_read(query: str, problem: tuple[str, str, str]) -> None:
    assert problem in found(query)
    assert {one.family for one in problems(query)} == {"syntax"}


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("rate(a)", ("needed", "rate", "a")),
        ("sum(rate(a{b='c'}))", ("needed", "rate", "a")),
        ("rate(sum(a))", ("needed_around", "rate", "")),
        ("sum(a[5m])", ("refused", "sum", "")),
        ("abs(a[5m])", ("refused", "abs", "")),
        ("a[5m] > 1", ("operator", ">", "")),
        ("rate(a[5m][1h:])", ("twice", "", "")),
        ("a[5m]", ("result", "", "")),
        ("(a)[1h:5m]", ("result", "", "")),
    ],
)
def test_ranges(query: str, problem: tuple[str, str, str]) -> None:
    assert problem in found(query)
    assert {one.family for one in problems(query)} == {"range"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("http_requests_total > 5", ["http_requests_total"]),
        ("sum(a_total) / sum(b_total)", ["a_total", "b_total"]),
        ("a_total + a_total", ["a_total"]),
        ("histogram_quantile(0.9, sum by (le) (a_seconds_bucket))", ["a_seconds_bucket"]),
        ("a_seconds_sum / a_seconds_count", ["a_seconds_sum", "a_seconds_count"]),
        ("nv_inference_request_success", ["nv_inference_request_success"]),
        ("velaserve_request_duration_seconds_count", ["velaserve_request_duration_seconds_count"]),
        ("up and a_total > 5", ["a_total"]),
    ],
)
def test_counters_as_they_are(query: str, names: list[str]) -> None:
    assert found(query) == [("raw", name, "") for name in names]
    assert {one.family for one in problems(query)} == {"counter"}


@pytest.mark.parametrize(
    "query",
    [
        "rate(a_total[5m])",
        "sum(increase(a_total[1h])) > 5",
        "histogram_quantile(0.9, sum by (le) (rate(a_seconds_bucket[5m])))",
        "absent(a_total) or count(a_total) > 1",
        "a_total > 0",
        "a_total - a_total offset 1h",
        "sum(a_total) - (sum(a_total offset 5m) or vector(0)) > 0",
        "up and on (pod) a_total",
        "max_over_time(a_total[1h])",
        "sum(nv_inference_pending_request_count)",  # a gauge, in spite of its name
        "redis_connected_clients_count",
    ],
)
def test_counters_that_are_taken_well(query: str) -> None:
    assert problems(query) == ()


@pytest.mark.parametrize(
    "query",
    [
        "1",
        "-Inf",
        "time() - process_start_time_seconds > 5m",
        'sum by (pod, "k8s.name") (a{b=~"c|d", e!="f",}) # a comment',
        "a / on (b) group_left (c) d",
        "a > bool 1",
        "-a ^ 2 % 3",
        'topk(3, a) or vector(0) unless {__name__="b"}',
        "label_replace(a, 'b', '$1', 'c', `(.*)`)",
        "sum(a) without (b)",
        "rate(a[5m] offset -1w) @ start()",
        "max_over_time(sum(rate(a[1m]))[1h:])",
        "max_over_time(a[1h:5m])",
        "job:a:rate5m",
        "0x1F + 1e3 + .5",
        "sum",
        "day_of_week() > 1",
        '{"with.dots", a="b"}',
        "rate(a[1h30m])",
        "avg_over_time(a[5])",
    ],
)
def test_queries_that_are_right(query: str) -> None:
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    ["(" * 500 + "a" + ")" * 500, "a" + " + a" * 4000, "a" + " + a" * 9000, "-" * 500 + "1"],
)
def test_what_no_person_wrote_is_left_alone(query: str) -> None:
    assert problems(query) == ()


@given(st.text(alphabet="ab1_(){}[]\"',:=~!<>+-@ \n$mor", max_size=40) | st.text())
def test_any_text_gives_problems_or_none(query: str) -> None:
    assert isinstance(problems(query), tuple)


def test_functions_know_how_many_arguments_they_take() -> None:
    counts = {name: functions()[name].counts for name in ("time", "rate", "round", "label_join")}

    assert counts == {"time": "0", "rate": "1", "round": "1-2", "label_join": "3+"}
