# SPDX-License-Identifier: Apache-2.0
"""docs/tutorial.md does what it says: its commands run in one shell, in order."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from ci.cluster.settings import read_settings
from ci.tools.tree import ROOT
from support.documents import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from support.vela import Vela

pytestmark = pytest.mark.e2e

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
CHINESE = (ROOT / "docs" / "tutorial.zh.md").read_text("utf-8")
END = "make cluster-down\n"  # run by .ci/run; here it would take the cluster from other tests


def commands() -> list[str]:
    return [block.text for block in blocks(TUTORIAL) if block.language == "sh"]


def promises() -> Iterator[tuple[int, str]]:
    """Which command prints what: a block of text belongs to the command before it."""
    number = -1
    for block in blocks(TUTORIAL):
        number += block.language == "sh"
        if block.language == "text":
            yield number, block.text


def printed_by(scripts: Sequence[str]) -> list[str]:
    """What each of the scripts printed; one shell runs them all and ends where one fails."""
    mark = "-- the next commands --"
    script = f"\necho '{mark}'\n".join(["set -e", *scripts])
    variables = {name: value for name, value in os.environ.items() if name != "KUBECONFIG"}
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout.split(mark)[1:]


def normalised(text: str) -> list[str]:
    """Lines without what differs from run to run: ages and gaps."""
    lines = [
        re.sub(r" +", " ", re.sub(r"\b(\d+[dhms])+\b", "AGE", line)) for line in text.split("\n")
    ]
    return [line.strip() for line in lines if line.strip()]


def test_commands_do_what_is_said(vela: Vela, kubeconfig: Path) -> None:
    if kubeconfig != read_settings().kubeconfig:
        pytest.skip(
            "the tutorial is about the cluster of make cluster, and KUBECONFIG names another"
        )
    scripts = [text for text in commands() if text != END]
    try:
        printed = printed_by(scripts)
    finally:
        vela.run("delete", "digits", "-n", "default", "-y")
    for number, promise in promises():
        shown = normalised(printed[number])
        for line in normalised(promise):
            assert line in shown, f"not printed by {scripts[number]}: {line}\n{printed[number]}"


def test_the_last_command_takes_the_cluster_down() -> None:
    assert commands()[-1] == END


def test_both_languages_show_the_same_blocks() -> None:
    assert blocks(CHINESE) == blocks(TUTORIAL)
