# SPDX-License-Identifier: Apache-2.0
"""Rules from a file and from an installed package, as a user adds them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from velaserve_lint.cli import main
from velaserve_lint.package_data import json_of
from velaserve_lint.rules import forget_registered
from velaserve_lint.rules.examples import APPLICATION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RULES = """\
rules:
  - id: VS901
    types: [model-serving]
    pointer: /resources/limits/memory
    message: say how much memory the model may take
"""
PLUGIN = """\
from velaserve_lint.finding import Severity
from velaserve_lint.rule import ApplicationRule
from velaserve_lint.text import Text, sentences

class Named(ApplicationRule):
    id = "VS950"
    slug = "named"
    severity = Severity.WARNING
    since = "1.0.0"
    source = "house rules"
    title = why = fix = Text("a name", "名称")
    messages = sentences(name=Text("'{name}' is no name of ours", "'{name}' 不合规"))
    bad = good = ""

    @classmethod
    def check(cls, application):
        yield cls.finding(application.document.value(("metadata", "name")), "name",
                          name=application.name)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.yaml").write_text(APPLICATION, encoding="utf-8")
    (tmp_path / "house").mkdir()
    (tmp_path / "house/rules.yml").write_text(RULES, encoding="utf-8")
    forget_registered()
    yield tmp_path
    forget_registered()


@pytest.fixture
def installed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A package as pip leaves it: a module, and the metadata beside it."""
    site = folder / "site"
    info = site / "acme-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "acme_lint.py").write_text(PLUGIN, encoding="utf-8")
    (info / "METADATA").write_text("Name: acme\nVersion: 1.0\n", encoding="utf-8")
    points = "[velaserve_lint.rules]\nacme = acme_lint:Named\n"
    (info / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.syspath_prepend(str(site))
    yield
    sys.modules.pop("acme_lint", None)


def test_the_schema_is_one() -> None:
    schema = json_of("user_rules/rules.schema.json")

    Draft202012Validator.check_schema(schema)


def test_a_file_of_rules(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["app.yaml", "--rules", "house/rules.yml"]) == 1
    assert "error[VS901]: say how much memory the model may take" in capsys.readouterr().out

    (folder / "velaserve-lint.toml").write_text('rules = ["house/rules.yml"]', encoding="utf-8")
    for arguments, code in ((["app.yaml"], 1), (["app.yaml", "--ignore", "VS901"], 0)):
        forget_registered()
        assert main(arguments) == code


@pytest.mark.usefixtures("installed")
def test_a_plugin(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "velaserve-lint.toml").write_text('plugins = ["acme"]', encoding="utf-8")

    assert main(["app.yaml", "--output-format", "sarif", "--fail-on", "warning"]) == 1
    assert "'digits' is no name of ours" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rules: [{id: VS901", "is not YAML; see velaserve-lint rules.yml"),
        ("", 'the file must be of type "object", found null'),
        ("rules: [{id: VS101, kinds: [Pod], pointer: /a, message: b}]", "rules.0.id must match"),
        ("rules: [{id: VS901, pointer: /a, message: b}]", "rules.0 needs either kinds or types"),
        ("rules: [{id: VS901, kinds: [Pod], message: b}]", "rules.0 needs id, pointer, message"),
        (
            "rules: [{id: VS901, kind: [Pod], types: [a], pointer: /a, message: b}]",
            "has an unknown key 'kind'; did you mean 'kinds'?",
        ),
        (
            "rules:\n- &r {id: VS901, kinds: [Pod], pointer: /a, message: b}\n- *r\n",
            "VS901: there are two rules of that id",
        ),
    ],
)
def test_mistakes(folder: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "rules.yml").write_text(text, encoding="utf-8")

    assert main(["app.yaml", "--rules", "rules.yml"]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("installed")
def test_what_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["app.yaml", "--rules", "no.yml"]) == 2
    assert "cannot read 'no.yml': No such file" in capsys.readouterr().err

    (folder / "velaserve-lint.toml").write_text('plugins = ["acne"]', encoding="utf-8")
    assert main(["app.yaml"]) == 2
    assert "there is no plugin 'acne'" in (error := capsys.readouterr().err)
    assert error.endswith("installed: acme\n")
