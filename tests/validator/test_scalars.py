# SPDX-License-Identifier: Apache-2.0
"""Scalars mean what they mean to kubectl: the golden table is written by its own YAML library."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_lint.scalars import Scalar, WrongTag, is_ambiguous, resolve, resolve_tagged

GOLDEN = Path(__file__).parent / "golden" / "scalars"
TABLE = (GOLDEN / "scalars.tsv").read_text(encoding="utf-8")
TAG = "tag:yaml.org,2002:"


def in_go(value: Scalar) -> tuple[str, str]:
    """Type and value as main.go writes them."""
    match value:
        case None:
            text = ""
        case bool():
            text = str(value).lower()
        case float():
            text = repr(value).replace("nan", "NaN").replace("inf", "Inf")
        case _:
            text = str(value)
    return type(value).__name__, text


def same_number(found: str, wanted: str) -> bool:
    """Go and Python write 1000.0 and 1e+23 differently."""
    return float(found) == float(wanted) or (found, wanted) == ("NaN", "NaN")


@pytest.mark.parametrize("row", TABLE.splitlines())
def test_a_scalar_is_what_the_cluster_sees(row: str) -> None:
    text, kind, wanted = row.split("\t")

    found_kind, found = in_go(resolve(text))

    assert found_kind == kind
    assert same_number(found, wanted) if kind == "float" else found == wanted


def test_the_golden_table_is_what_the_cluster_s_library_says() -> None:
    proxy = {} if os.environ.get("VELASERVE_REQUIRE_ALL") == "1" else {"GOPROXY": "off"}
    texts = "".join(row.split("\t")[0] + "\n" for row in TABLE.splitlines())
    try:
        done = subprocess.run(
            ["go", "run", "."],
            cwd=GOLDEN,
            env=os.environ | proxy,
            input=texts,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        pytest.skip("no go command on PATH")
    if done.returncode:
        pytest.skip(f"go cannot build the generator: {done.stderr.strip()}")

    assert done.stdout == TABLE


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        (TAG + "str", "5", "5"),
        (TAG + "int", "0x10", 16),
        (TAG + "float", "5", 5.0),
        (TAG + "bool", "yes", True),
        (TAG + "null", "~", None),
        ("!Ref", "5", "5"),
        ("!", "true", "true"),
    ],
)
def test_a_tag_decides(tag: str, text: str, value: Scalar) -> None:
    found = resolve_tagged(tag, text)

    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("kind", "text"), [("int", "x"), ("bool", "1"), ("null", "x"), ("float", "x"), ("int", "1.5")]
)
def test_a_tag_that_does_not_fit_is_said(kind: str, text: str) -> None:
    with pytest.raises(WrongTag, match=kind):
        resolve_tagged(TAG + kind, text)


@given(st.text(alphabet="+-.0123456789_abefnoxyEINOXZT: ", max_size=30))
def test_any_text_means_something(text: str) -> None:
    assert isinstance(resolve(text), str | int | float | bool | None)


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        *((word, True) for word in ("yes", "No", "ON", "off", "y", "N", "1_000", "0b11", "-0b1")),
        *((word, False) for word in ("true", "False", "null", "~", "0644", "12", "-1.5", "1e3")),
        *((word, False) for word in ("0x1F", "yesterday", "12:30:45", "2024-01-01")),
    ],
)
def test_some_are_read_otherwise_by_yaml_1_2(text: str, is_so: bool) -> None:
    assert is_ambiguous(text, resolve(text)) is is_so
