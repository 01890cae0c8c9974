# SPDX-License-Identifier: Apache-2.0
"""Flags and colour, the same for every command."""

import io
import os

import pytest

from velaserve_lint.terminal import columns, hyphenated, paints


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _no_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def test_underscores_in_flags_are_hyphens() -> None:
    words = ["--output_format=json:my_file.json", "--fail_on", "never", "my_app.yaml", "-_"]

    assert hyphenated(words) == [
        "--output-format=json:my_file.json",
        "--fail-on",
        "never",
        "my_app.yaml",
        "-_",
    ]


def test_colour_on_terminals_only() -> None:
    assert paints("auto", Terminal())
    assert not paints("auto", io.StringIO())
    assert paints("always", io.StringIO())
    assert not paints("never", Terminal())


def test_no_color_and_force_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert paints("auto", io.StringIO())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not paints("auto", Terminal())
    assert paints("always", Terminal())


@pytest.mark.parametrize(("said", "width"), [("132", 132), ("0", 80), ("wide", 80), ("", 80)])
def test_columns_where_there_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, said: str, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", said)
    monkeypatch.setattr("os.get_terminal_size", _no_terminal)
    assert columns() == width


def _no_terminal() -> os.terminal_size:
    raise OSError
