# SPDX-License-Identifier: Apache-2.0
"""Which stream, which colour, which language."""

import io

import pytest

from velaserve_lint.text import Text
from velaserve_runtime.local.console import Console, locale_language, paints
from velaserve_runtime.local.errors import LocalError

HELLO = Text(en="hello {who}", zh="你好，{who}")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _no_wishes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def test_results_and_hints_go_apart(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console("zh")
    console.result("a result")
    console.note(HELLO, who="Ada")
    assert capsys.readouterr() == ("a result\n", "你好，Ada\n")


def test_quiet_leaves_out_hints_but_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(quiet=True)
    console.note(HELLO, who="Ada")
    console.error(LocalError(1, HELLO, who="Bob"))
    assert capsys.readouterr().err == "velaserve: hello Bob\n"


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


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "zh_TW"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh_CN"}, "zh"),
    ],
)
def test_the_language_of_the_locale(environment: dict[str, str], language: str) -> None:
    assert locale_language(environment) == language
