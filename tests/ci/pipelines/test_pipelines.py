# SPDX-License-Identifier: Apache-2.0
"""The pipelines to copy do what they say, as far as that goes without the service that runs them.

Their commands run on a repository with a good or a bad Application; `pip` is a stand-in, since
what it would install is here.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from ci.tools.tree import ROOT
from velaserve_lint.rules.examples import APPLICATION, changed

if TYPE_CHECKING:
    from pathlib import Path

PIPELINES = ROOT / "ci" / "pipelines"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
GITLAB = PIPELINES / "gitlab.yml"
ANNOTATIONS, SCANNING = PIPELINES / "github-annotations.yml", PIPELINES / "github-code-scanning.yml"
PRE_COMMIT = PIPELINES / "pre-commit-config.yaml"
BAD = changed("modelUri", "modelUrl")
LINTER = f"""\
#!/bin/sh
PYTHONPATH='{ROOT / "validator"}' exec '{sys.executable}' -m velaserve_lint "$@"
"""
PIP = '#!/bin/sh\n[ "$*" = "install velaserve" ]\n'


@dataclass(frozen=True)
class Repository:
    """A checkout of somebody's, and the programs of the machine that a pipeline runs on."""

    folder: Path
    programs: Path

    def sh(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["sh", "-e", "-c", script],
            cwd=self.folder,
            env={**os.environ, "PATH": path, "LC_ALL": "C.UTF-8", **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    def read(self, name: str) -> Any:  # Any: JSON
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository(tmp_path / "repository", tmp_path / "bin")
    (made.folder / "applications").mkdir(parents=True)
    made.programs.mkdir()
    for name, text in {"velaserve-lint": LINTER, "pip": PIP}.items():
        (made.programs / name).write_text(text, encoding="utf-8")
        (made.programs / name).chmod(0o755)
    (made.folder / "other.yaml").write_text("kind: ConfigMap\n", encoding="utf-8")
    return made


@pytest.fixture(params=["good", "bad"])
def code(request: pytest.FixtureRequest, repository: Repository) -> int:
    """The exit code that the linter has for what is in the repository."""
    text = APPLICATION if request.param == "good" else BAD
    (repository.folder / "applications" / "app.yaml").write_text(text, encoding="utf-8")
    return int(request.param == "bad")


def load(file: Path) -> Any:  # Any: YAML
    return yaml.safe_load(file.read_text(encoding="utf-8"))


def commands_of_github(workflow: Path) -> list[str]:
    return [
        step["run"] for step in load(workflow)["jobs"]["velaserve-lint"]["steps"] if "run" in step
    ]


def test_gitlab(repository: Repository, code: int) -> None:
    job = load(GITLAB)["velaserve-lint"]

    done = repository.sh("\n".join(job["script"]))

    assert done.returncode == code, done.stderr
    report = repository.read(job["artifacts"]["reports"]["codequality"])
    assert [one["location"]["path"] for one in report] == ["applications/app.yaml"] * code
    assert job["artifacts"]["when"] == "always"


def test_github_annotations(repository: Repository, code: int) -> None:
    install, lint = commands_of_github(ANNOTATIONS)
    summary = repository.folder / "summary.md"

    assert repository.sh(install).returncode == 0
    done = repository.sh(lint, GITHUB_STEP_SUMMARY=str(summary))

    assert done.returncode == code, done.stderr
    commands = [line for line in done.stdout.splitlines() if line.startswith("::")]
    assert [one.partition(",")[0] for one in commands] == (
        ["::error file=applications/app.yaml"] * code
    )
    assert summary.read_text(encoding="utf-8").startswith("### velaserve-lint\n")


def test_github_code_scanning(repository: Repository, code: int) -> None:
    install, lint = commands_of_github(SCANNING)
    *_, upload = load(SCANNING)["jobs"]["velaserve-lint"]["steps"]

    assert repository.sh(install).returncode == 0
    done = repository.sh(lint)

    assert done.returncode == code, done.stderr
    [run] = repository.read(upload["with"]["sarif_file"])["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["VS201"] * code
    assert upload["if"] == "always()"


@pytest.mark.parametrize("workflow", [ANNOTATIONS, SCANNING], ids=lambda file: file.stem)
def test_github_gives_no_more_rights_than_are_used(workflow: Path) -> None:
    scanning = {"security-events": "write"} if workflow == SCANNING else {}
    assert load(workflow)["permissions"] == {"contents": "read", **scanning}


def test_the_hook_of_pre_commit(repository: Repository, code: int) -> None:
    [hook] = load(HOOKS)

    done = repository.sh(f"{hook['entry']} other.yaml applications/app.yaml")

    assert done.returncode == code, done.stderr


def test_the_hook_lets_other_files_pass(repository: Repository) -> None:
    [hook] = load(HOOKS)

    done = repository.sh(f"{hook['entry']} other.yaml")

    assert (done.returncode, done.stderr) == (0, "")


def test_the_hook_is_the_one_that_the_example_names() -> None:
    [hook], [used] = load(HOOKS), load(PRE_COMMIT)["repos"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert [one["id"] for one in used["hooks"]] == [hook["id"]]
    assert used["rev"] == f"v{project['version']}"
    assert shlex.split(hook["entry"])[0] in project["scripts"]


@pytest.mark.parametrize("target", ["lint", "lint-report"])
def test_make(repository: Repository, code: int, target: str) -> None:
    done = repository.sh(f"make -f '{PIPELINES / 'Makefile'}' {target}")

    assert done.returncode == (2 * code if target == "lint" else 0), done.stderr
    assert ("error[VS201]" in done.stdout) == bool(code)
    assert (repository.folder / "velaserve-lint.xml").exists() == (target == "lint-report")


def test_make_takes_another_folder(repository: Repository) -> None:
    (repository.folder / "deploy.yaml").write_text(BAD, encoding="utf-8")

    done = repository.sh(f"make -f '{PIPELINES / 'Makefile'}' lint APPLICATIONS=deploy.yaml")

    assert "deploy.yaml:10:9: error[VS201]" in done.stdout


def test_the_readme_names_every_file() -> None:
    text = (PIPELINES / "README.md").read_text(encoding="utf-8")
    for file in (HOOKS, *PIPELINES.iterdir()):
        assert file.name in {"README.md"} or f"{file.name}`" in text
