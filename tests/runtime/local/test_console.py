# SPDX-License-Identifier: Apache-2.0
"""Which stream, which colour, which language."""

import pytest

from velaserve_lint.text import Text
from velaserve_runtime.local.console import Console
from velaserve_runtime.local.errors import LocalError

HELLO = Text(en="hello {who}", zh="你好，{who}")


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
