# SPDX-License-Identifier: Apache-2.0
"""docs/lint.md does what it says, in both languages: its snippets run, one after the other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from ci.tools.tree import ROOT
from support.documents import Block, blocks, pattern
from velaserve_lint import lint
from velaserve_lint.cli.arguments import parser_of
from velaserve_lint.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH, CHINESE = ((ROOT / "docs" / name).read_text("utf-8") for name in ("lint.md", "lint.zh.md"))
DOCUMENTS = pytest.mark.parametrize("document", [ENGLISH, CHINESE], ids=["en", "zh"])
PYTHON = {"PYTHONPATH": str(ROOT / "validator"), "PYTHONUTF8": "1"}
PROGRAMS = {
    "velaserve-lint": f"exec '{sys.executable}' -m velaserve_lint \"$@\"",
    "pip": '[ "$*" = "install velaserve" ]',  # what it would install is here
}


@dataclass
class Reader:
    """Somebody who does what a document says, in an empty folder."""

    folder: Path
    locale: str
    done: list[str] = field(default_factory=list)

    def follow(self, block: Block) -> None:
        getattr(self, f"_{block.language}")(block.text)
        self.done.append(block.language)

    def _yaml(self, text: str) -> None:
        name = text.splitlines()[0].removeprefix("# ")
        (self.folder / name).write_text(text, encoding="utf-8")

    _toml = _yaml

    def _sh(self, text: str) -> None:
        ended = self._run(["sh", "-e", "-c", text])
        assert ended.returncode == 0, ended.stderr

    def _console(self, text: str) -> None:
        _, *parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
        for command, shown in zip(parts[::2], parts[1::2], strict=True):
            assert pattern(shown).fullmatch(self._run(["sh", "-c", command]).stdout), command

    def _json(self, text: str) -> None:
        report = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        assert json.loads(text) in report["findings"]

    def _python(self, text: str) -> None:
        ended = self._run([sys.executable, "-c", text])
        assert len(ended.stdout.splitlines()) == 2, ended.stderr

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        path = f"{self.folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**os.environ, **PYTHON, "PATH": path, "LC_ALL": self.locale},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.mark.parametrize(
    ("document", "locale"),
    [(ENGLISH, "C.UTF-8"), (CHINESE, "zh_CN.UTF-8")],
    ids=["en", "zh"],
)
def test_every_snippet(document: str, locale: str, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    for name, line in PROGRAMS.items():
        (tmp_path / "bin" / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    reader = Reader(tmp_path, locale)

    for block in blocks(document):
        reader.follow(block)

    assert set(reader.done) == {"console", "json", "python", "sh", "toml", "yaml"}
    assert lint((tmp_path / "digits.yaml").read_bytes()).findings == ()
    assert json.loads((tmp_path / "application.schema.json").read_text("utf-8"))["definitions"]


def test_both_languages_do_the_same() -> None:
    def commands(document: str) -> list[Block]:
        return [
            Block("console", "\n".join(re.findall(r"^\$ .*", block.text, re.MULTILINE)))
            if block.language == "console"
            else block
            for block in blocks(document)
        ]

    assert commands(CHINESE) == commands(ENGLISH)


@DOCUMENTS
def test_every_format_has_a_row(document: str) -> None:
    assert tuple(re.findall(r"^\| `([a-z]+)` \|", document, re.MULTILINE)) == FORMATS


@DOCUMENTS
def test_every_exit_code_has_a_row(document: str) -> None:
    _, _, told = parser_of("check", "velaserve-lint").format_help().partition("exit codes: ")

    assert re.findall(r"^\| (\d) \|", document, re.MULTILINE) == re.findall(r"\d", told)


@DOCUMENTS
def test_links_lead_somewhere(document: str) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", document):
        assert (ROOT / "docs" / link).exists(), link


@DOCUMENTS
def test_every_flag_exists(document: str) -> None:
    commands = ("check", "score")
    known = "".join(parser_of(each, "velaserve-lint").format_help() for each in commands)

    for flag in set(re.findall(r"(?<=[` ])--[a-z][a-z-]*", document)):
        assert flag in known
