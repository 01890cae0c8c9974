# SPDX-License-Identifier: Apache-2.0
"""Each example is short, says what it shows, lints clean and renders what Kubernetes knows."""

import re
from pathlib import Path

import pytest
import yaml

from ci.tools.schema import definitions
from ci.tools.tree import ROOT
from support.checklist import assert_foretold
from support.kubernetes_schemas import problems
from support.vela_render import Vela
from velaserve_lint import lint, score

EXAMPLES = sorted((ROOT / "applications").glob("*.yaml"))
LINES = 40

with_each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)


@with_each_example
def test_example_is_short_and_says_what_it_shows(example: Path) -> None:
    lines = example.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert len(lines) <= LINES


@with_each_example
def test_example_lints_clean(example: Path) -> None:
    report = lint(example.read_bytes(), example.name)
    assert list(report.findings) == []
    assert len(report.applications) == 1


@with_each_example
def test_example_renders_what_kubernetes_knows(example: Path, vela: Vela) -> None:
    application = yaml.safe_load(example.read_text(encoding="utf-8"))
    rendered = vela.render(application)
    assert rendered
    assert [problem for each in rendered for problem in problems(each)] == []


@with_each_example
def test_checklist_foretells_what_an_example_renders(example: Path, vela: Vela) -> None:
    text = example.read_text(encoding="utf-8")
    assert_foretold(text, vela.render(yaml.safe_load(text)))


def test_the_one_for_production_is_ready_for_it() -> None:
    card = score((ROOT / "applications" / "production.yaml").read_bytes())
    assert (card.score, card.grade) == (97, "A")


@with_each_example
def test_resource_that_an_example_names_is_what_it_gets(example: Path, vela: Vela) -> None:
    text = example.read_text(encoding="utf-8")
    named = set(re.findall(r"huawei\.com/[-\w.]*\w", text))
    rendered = yaml.safe_dump_all(vela.render(yaml.safe_load(text)))
    assert named == {each for each in named if f" {each}:" in rendered}


def test_every_definition_has_an_example() -> None:
    reports = [lint(example.read_bytes(), example.name) for example in EXAMPLES]
    used = {each.type for report in reports for app in report.applications for each in app.typed()}
    assert used - {"suspend"} == {definition.stem for definition in definitions()}
