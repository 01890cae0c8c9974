# SPDX-License-Identifier: Apache-2.0
"""The command as a process: what goes where, and the exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from velaserve_lint.rules import find
from velaserve_lint.rules.examples import APPLICATION, FOREIGN, changed

BAD = changed("modelUri", "modelUrl")
WARNING = changed("type: model-serving", "type: acme-inference")
ROOT = Path(__file__).resolve().parents[3]
ENGLISH = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG"))}


def velaserve_lint(
    *arguments: str, cwd: Path, stdin: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "velaserve_lint", *arguments],
        cwd=cwd,
        env=ENGLISH | {"PYTHONUTF8": "1"} | env,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"good.yaml": APPLICATION, "deep/bad.yml": BAD, ".hidden/bad.yaml": BAD, "x.txt": BAD}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_without_a_path_it_is_the_current_folder(folder: Path) -> None:
    done = velaserve_lint(cwd=folder)

    assert done.returncode == 1
    assert done.stdout.startswith("deep/bad.yml:10:9: error[VS201]: unknown property 'modelUrl'")
    assert done.stdout.endswith("checked 2 Applications in 2 files: 1 error\n")
    assert done.stderr == ""


@pytest.mark.parametrize("command", [["check"], [], ["--quiet"]])
def test_a_clean_file_is_0(folder: Path, command: list[str]) -> None:
    done = velaserve_lint(*command, "good.yaml", cwd=folder)

    closing = "checked 1 Application in 1 file: no findings\n"
    assert (done.returncode, done.stdout) == (0, "" if "--quiet" in command else closing)


def test_standard_input(folder: Path) -> None:
    done = velaserve_lint("-", "--stdin-filename", "app.yaml", cwd=folder, stdin=BAD)

    assert done.returncode == 1
    assert done.stdout.startswith("app.yaml:10:9: ")


@pytest.mark.parametrize(
    ("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)]
)
def test_the_least_severity_that_fails(folder: Path, fail_on: str, code: int) -> None:
    done = velaserve_lint("--fail_on", fail_on, "-", cwd=folder, stdin=WARNING)

    assert done.returncode == code
    assert "warning[VS107]" in done.stdout


@pytest.mark.parametrize("text", ["", "# nothing\n", "kind: ConfigMap\n"])
def test_nothing_to_lint_is_3(folder: Path, text: str) -> None:
    done = velaserve_lint("-", cwd=folder, stdin=text)

    assert done.returncode == 3
    assert done.stderr == "nothing to lint: no Application and no Kubernetes object in -\n"


def test_nothing_to_lint_can_be_allowed(folder: Path) -> None:
    done = velaserve_lint("--allow-nothing", "--quiet", "-", cwd=folder, stdin="kind: ConfigMap\n")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.yaml"], "cannot read 'missing.yaml': No such file or directory"),
        (["--output-format", "xml"], "--output-format: expected one of full, concise, json, "),
        (["--output-format", "json:no/such/folder/x"], "cannot write 'no/such/folder/x'"),
        (["--lang", "fr"], "invalid choice"),
        (["--definitions", "x.txt"], "no definitions in 'x.txt': expected schemas (kubectl get"),
        (["--definitions", "missing"], "cannot read 'missing': No such file or directory"),
        (["--unknown"], "unrecognized arguments: --unknown"),
        (["explain", "VS999"], "there is no rule 'VS999'"),
    ],
)
def test_wrong_usage_is_2_and_says_why(folder: Path, arguments: list[str], said: str) -> None:
    done = velaserve_lint(*arguments, cwd=folder)

    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_several_formats_in_one_run(folder: Path) -> None:
    formats = ("--output-format", "concise", "--output_format=json:report.json")
    done = velaserve_lint(*formats, "deep", cwd=folder)

    assert len(done.stdout.splitlines()) == 1
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert [finding["id"] for finding in report["findings"]] == ["VS201"]


@pytest.mark.parametrize(
    ("arguments", "env"),
    [(["--lang", "zh"], {"LANG": "C"}), ([], {"LANG": "zh_CN.UTF-8"}), ([], {"LC_ALL": "zh_TW"})],
)
def test_chinese_by_flag_or_locale(folder: Path, arguments: list[str], env: dict[str, str]) -> None:
    done = velaserve_lint(*arguments, "deep", cwd=folder, **env)

    assert "未知属性 'modelUrl'；是否指 'modelUri'？" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "env", "coloured"),
    [
        ([], {}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "always", "--color", "never"], {}, False),
    ],
)
def test_colour(folder: Path, arguments: list[str], env: dict[str, str], coloured: bool) -> None:
    done = velaserve_lint(*arguments, "deep", cwd=folder, **env)

    assert ("\x1b[1;31merror[VS201]:\x1b[0m" in done.stdout) == coloured


def test_a_terminal_that_cannot_show_chinese_gets_escapes(folder: Path) -> None:
    done = velaserve_lint(
        "--lang", "zh", "deep", cwd=folder, PYTHONIOENCODING="ascii", PYTHONUTF8="0"
    )

    assert done.returncode == 1
    assert r"\u672a\u77e5\u5c5e\u6027 'modelUrl'" in done.stdout


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    (folder / "many.yaml").write_text("---\n".join([BAD] * 2000), encoding="utf-8")
    program = [sys.executable, "-m", "velaserve_lint", "many.yaml"]
    with subprocess.Popen(
        program, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as linter:
        assert linter.stdout is not None
        assert linter.stderr is not None
        linter.stdout.readline()
        linter.stdout.close()
        said = linter.stderr.read()

    assert (linter.returncode, said) == (1, b"")


def test_from_a_checkout_without_an_installation(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "validator", str(folder / "good.yaml")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("command", [[], ["check"], ["explain"], ["rules"], ["schema"]])
def test_help_has_two_examples_and_the_exit_codes(folder: Path, command: list[str]) -> None:
    done = velaserve_lint(*command, "--help", cwd=folder)

    assert done.returncode == 0
    assert "\nexamples:\n" in done.stdout
    assert done.stdout.count("\n  velaserve-lint ") == 2
    assert "exit codes: 0 clean, 1 findings, 2" in done.stdout


def test_the_version_needs_neither_yaml_nor_jsonschema(folder: Path) -> None:
    program = (
        "import sys; from velaserve_lint.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(*sorted({'yaml', 'jsonschema', 'difflib'} & sys.modules.keys()))"
    )
    for command in (["--version"], ["explain", "VS201"], ["rules"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *command],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stdout.splitlines()[-1] == "", command
        assert done.stderr == ""


def test_against_what_the_cluster_has(tmp_path: Path) -> None:
    rule = find("VS427")
    for folder, text in (("new", rule.bad), ("now", rule.earlier)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yaml").write_text(text, encoding="utf-8")

    alone = velaserve_lint("new", cwd=tmp_path)
    compared = velaserve_lint("--against", "now", "new", cwd=tmp_path)
    unread = velaserve_lint("--against", "then", "new", cwd=tmp_path)

    assert (alone.returncode, compared.returncode, unread.returncode) == (0, 1, 2)
    assert "error[VS427]" in compared.stdout
    assert "checked 1 object in 1 file" in compared.stdout
    assert "cannot read 'then'" in unread.stderr


def test_types_of_a_cluster(folder: Path) -> None:
    (folder / "coffee.yaml").write_text(FOREIGN.partition("---\n")[2], encoding="utf-8")
    (folder / "schemas").mkdir()
    (folder / "schemas" / "coffee.yml").write_text(FOREIGN, encoding="utf-8")
    unknown = "1 warning; not checked: 1 of an unknown type\n"

    for flags, closing in [
        ([], unknown),
        (["--definitions", "schemas"], "no findings\n"),
        (["--allow-type", "coffee"], "no findings; not checked: 1 of a type without a schema\n"),
        (["--allow_type", "tea", "--allow-type=coffee"], "1 of a type without a schema\n"),
    ]:
        done = velaserve_lint(*flags, "coffee.yaml", cwd=folder)
        assert done.returncode == 0
        assert done.stdout.endswith(closing)
