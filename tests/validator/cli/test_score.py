# SPDX-License-Identifier: Apache-2.0
"""velaserve-lint score, and --checklist of the check: exit codes, flags, configuration."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from velaserve_lint.cli import main
from velaserve_lint.rules.example_production import PRODUCTION, without
from velaserve_lint.rules.examples import APPLICATION
from velaserve_lint.scores import FORMATS

MISSES = without("NetworkPolicy")
MODULES = (
    "import sys; from velaserve_lint.cli import main; main(sys.argv[1:])\n"
    "print(*sorted(name for name in sys.modules if '.checklist' in name or '.scores' in name))"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = {"good.yaml": PRODUCTION, "misses.yaml": MISSES, "app.yaml": APPLICATION}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["good.yaml"], 0),
        (["misses.yaml"], 0),
        (["--min-score", "94", "misses.yaml"], 0),
        (["--min-score", "95", "misses.yaml"], 1),
        (["--min_grade", "A", "misses.yaml"], 0),
        (["--min-grade", "A", "app.yaml"], 1),
        (["--min-grade", "D", "app.yaml"], 0),
        (["--min-grade", "A", "good.yaml", "app.yaml"], 1),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_enough(arguments: list[str], code: int) -> None:
    assert main(["score", *arguments]) == code


@pytest.mark.usefixtures("folder")
def test_why_it_is_not_enough(capsys: pytest.CaptureFixture[str]) -> None:
    main(["score", "--min-score", "90", "--min-grade", "B", "app.yaml"])

    assert capsys.readouterr().err == "below --min-score 90: 62\nbelow --min-grade B: D\n"


@pytest.mark.parametrize("text", ["kind: ConfigMap\n", APPLICATION.replace("model-", "web")])
def test_nothing_to_score_is_3(folder: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "other.yaml").write_text(text, encoding="utf-8")

    assert main(["score", "--min-score", "1", "other.yaml"]) == 3
    assert capsys.readouterr().err == (
        "nothing to score: no workload and no component of a known type in other.yaml\n"
    )
    assert main(["score", "--allow-nothing", "other.yaml"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--min-score", "101", "good.yaml"],
        ["--min-score", "many", "good.yaml"],
        ["--min-grade", "E", "good.yaml"],
        ["--fix", "good.yaml"],
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_flags_are_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["score", *arguments])

    assert ended.value.code == 2
    assert "error: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.yaml"], "cannot read 'missing.yaml'"),
        (["--output-format", "sarif"], "expected one of text, json, markdown, found 'sarif'"),
        (["--output-format", "json:no/x"], "cannot write 'no/x'"),
        (["--ignore", "SEC-999"], "there is no rule 'SEC-999'"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_wrong_usage_is_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["score", *arguments]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    formats = [f"--output-format={name}:{name}.out" for name in FORMATS]
    main(["score", *formats, "--output-format", "json", "--show-passed", "misses.yaml"])

    data = json.loads(capsys.readouterr().out)
    assert data == json.loads(Path("json.out").read_text("utf-8"))
    assert "16 pass" not in Path("text.out").read_text("utf-8")
    assert "| pass |" in Path("markdown.out").read_text("utf-8")


def test_a_format_of_the_configuration_is_of_the_check(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "velaserve-lint.toml").write_text(
        'output-format = ["sarif"]\nlang = "zh"\nignore = ["SEC-007"]\n', encoding="utf-8"
    )
    main(["score", "misses.yaml"])

    head = capsys.readouterr().out.splitlines()[0]
    assert head == "misses.yaml:2:7: Deployment digits: 94，忽略 1 项后为 100，等级 A"


@pytest.mark.usefixtures("folder")
def test_a_baseline_does_not_change_the_score(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--checklist", "--write-baseline", "known.json", "misses.yaml"]) == 0
    assert main(["score", "--baseline", "known.json", "--min-score", "95", "misses.yaml"]) == 1

    shown = capsys.readouterr().out
    assert "Deployment digits: 94, 100 with 1 suppressed, grade A" in shown


@pytest.mark.usefixtures("folder")
def test_the_check_reports_misses_on_demand(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--fail-on", "info", "app.yaml"]) == 0
    assert main(["check", "--fail-on", "info", "--checklist", "app.yaml"]) == 1
    assert "warning[SEC-007]" in capsys.readouterr().out
    assert main(["check", "--checklist", "app.yaml"]) == 0


def test_so_does_the_configuration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "velaserve-lint.toml").write_text("checklist = true\n", encoding="utf-8")

    assert main(["check", "--fail-on", "warning", "app.yaml"]) == 1
    (folder / "velaserve-lint.toml").write_text("checklist = 1\n", encoding="utf-8")
    assert main(["check", "app.yaml"]) == 2
    assert "checklist must be of type" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_who_does_not_ask_for_it_does_not_load_it() -> None:
    def loaded(*arguments: str) -> str:
        program = [sys.executable, "-c", MODULES, *arguments, "."]
        done = subprocess.run(program, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1]

    assert loaded("check") == ""
    assert "velaserve_lint.checklist.judging" in loaded("check", "--checklist")
    assert "velaserve_lint.scores.text" in loaded("score")


def test_help_has_two_examples_and_the_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["score", "--help"])

    shown = capsys.readouterr().out
    assert shown.count("\n  velaserve-lint score ") == 2
    assert "exit codes: 0 good enough, 1 not, 2 usage or internal error, 3 nothing" in shown
