# SPDX-License-Identifier: Apache-2.0
"""Which command is meant."""

from __future__ import annotations

import pytest

from velaserve_lint.cli.arguments import command_of


@pytest.mark.parametrize(
    ("line", "command", "rest"),
    [
        ("", "check", ""),
        ("app.yaml", "check", "app.yaml"),
        ("check app.yaml", "check", "app.yaml"),
        ("--lang zh explain VS001", "explain", "--lang zh VS001"),
        ("--quiet rules", "rules", "--quiet"),
        ("./rules", "check", "./rules"),
        ("app.yaml rules", "check", "app.yaml rules"),
        ("--fail-on never app.yaml explain", "check", "--fail-on never app.yaml explain"),
        ("-", "check", "-"),
    ],
)
def test_the_first_word_that_is_no_flag_decides(line: str, command: str, rest: str) -> None:
    assert command_of(line.split()) == (command, rest.split())
