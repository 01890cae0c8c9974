# SPDX-License-Identifier: Apache-2.0
"""README.md does what it says: its snippets run against a real `velaserve up`."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from ci.tools.tree import ROOT
from support.documents import blocks
from support.up import DIGITS, DIGITS_CLAIM, Up, up, variables, velaserve

README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh.md").read_text("utf-8")
UP_COMMAND = f".venv/bin/velaserve up {DIGITS} {' '.join(DIGITS_CLAIM)}\n"
READ_RIGHT = 19  # of the 20 committed images; version 2 takes an 8 for a 1


def block(language: str, beginning: str) -> str:
    """The only block that has `beginning` in it."""
    (found,) = (one.text for one in blocks(README) if one[0] == language and beginning in one.text)
    return found


@pytest.fixture(scope="module")
def served() -> Iterator[Up]:
    with up(DIGITS, *DIGITS_CLAIM, "--http-port", "0", "--grpc-port", "0") as running:
        yield running


def run_python(source: str, served: Up) -> str:
    (http_port,), (grpc_port,) = served.http_ports, served.grpc_ports
    source = source.replace(":8080", f":{http_port}").replace(":8081", f":{grpc_port}")
    command = [sys.executable, "-c", source]
    ended = subprocess.run(
        command, cwd=ROOT, env=variables(), capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def labels_read(printed: str) -> int:
    """How many of the 20 printed labels are right; two images of each digit, in order."""
    labels = [int(label) for label in re.findall(r"\d+", printed)]
    assert len(labels) == 20
    return sum(label == position // 2 for position, label in enumerate(labels))


def test_both_languages_show_the_same_blocks() -> None:
    assert blocks(CHINESE) == blocks(README)


def test_the_two_commands() -> None:
    assert blocks(README)[0] == ("sh", "make demo\nmake test\n")


def test_the_command_behind_make_up() -> None:
    assert UP_COMMAND in [one.text for one in blocks(README)]


def test_curl(served: Up) -> None:
    command = block("sh", "curl ").replace(":8080", f":{served.http_ports[0]}")
    ended = subprocess.run(
        command, shell=True, env=variables(), capture_output=True, text=True, check=True
    )
    assert json.loads(ended.stdout) == json.loads(block("json", "model_name"))


def test_tritonclient_over_rest(served: Up) -> None:
    printed = run_python(block("python", "tritonclient"), served)
    assert labels_read(printed) == READ_RIGHT


def test_tritonclient_over_grpc(served: Up) -> None:
    source = block("python", "tritonclient")
    source = source.replace("tritonclient.http", "tritonclient.grpc").replace(":8080", ":8081")
    assert labels_read(run_python(source, served)) == READ_RIGHT


@pytest.mark.heavy
def test_kserve(served: Up) -> None:
    assert labels_read(run_python(block("python", "kserve"), served)) == READ_RIGHT


def test_the_transcript() -> None:
    ended = velaserve("demo", environment={"VELASERVE_INSTALL_S": "9"})
    assert ended.returncode == 0, ended.stderr
    shown = block("console", "$ make demo")
    assert normalised(ended.stderr) in normalised(shown)
    assert normalised(ended.stdout) in normalised(shown)


def normalised(transcript: str) -> str:
    """Without what differs from run to run: seconds, ports, process ids, paths, gaps."""
    text = re.sub(r"loads .*/applications", "loads applications", transcript)
    text = re.sub(r"^port \d+ is taken.*\n", "", text, flags=re.M)
    return re.sub(r"\d+([.]\d+)?| +", lambda found: " " if found[0][0] == " " else "0", text)
