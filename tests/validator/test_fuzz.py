# SPDX-License-Identifier: Apache-2.0
"""Any text and any bytes give a report, in every format, never an exception."""

from __future__ import annotations

import json
import operator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from velaserve_lint import Report, lint
from velaserve_lint.decoding import lines
from velaserve_lint.formats import FORMATS, View, write
from velaserve_lint.rules.examples import APPLICATION

YAML_LIKE = st.text(
    alphabet="ab:- \n\t[]{}#&*!|>'\"%@`,?~<0.1\r\x00中\ufeff\x85\ud800", max_size=60
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
MARKED = st.builds(
    operator.add, st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"]), st.binary()
)
LINES = APPLICATION.splitlines()


def check(report: Report) -> None:
    for name in FORMATS:
        for language in ("en", "zh"):
            write(report, name, View(language, colour=True))
    for finding in report.findings:
        assert 1 <= finding.span.line <= len(lines(report.texts[finding.file])) + 1
        assert finding.span.column >= 1


@given(st.text() | YAML_LIKE | st.binary() | MARKED)
def test_any_content_gives_a_report(content: str | bytes) -> None:
    check(lint(content))


@given(st.integers(0, len(LINES)), YAML_LIKE)
def test_an_application_with_a_line_too_many_gives_a_report(at: int, line: str) -> None:
    check(lint("\n".join([*LINES[:at], line, *LINES[at:]])))


@pytest.mark.parametrize("key", ["apiVersion", "kind", "metadata", "spec"])
@given(value=JSON)
def test_any_value_of_a_field_gives_a_report(key: str, value: object) -> None:
    rest = {"apiVersion": "core.oam.dev/v1beta1", "kind": "Application", "metadata": {}, "spec": {}}

    check(lint(json.dumps(rest | {key: value})))


@given(JSON, JSON)
def test_any_components_and_properties_give_a_report(components: object, value: object) -> None:
    component = {"name": "a", "type": "model-serving", "properties": value, "traits": value}
    for spec in ({"components": components}, {"components": [component], "workflow": value}):
        data = {"apiVersion": "core.oam.dev/v1beta1", "kind": "Application", "spec": spec}
        check(lint(json.dumps(data)))


@given(st.integers(0, len(APPLICATION.encode())), st.binary(min_size=1, max_size=3))
@settings(max_examples=200)
def test_an_application_with_damaged_bytes_gives_a_report(at: int, damage: bytes) -> None:
    content = APPLICATION.encode()

    check(lint(content[:at] + damage + content[at + 1 :]))
