# SPDX-License-Identifier: Apache-2.0
"""The configuration file: where it is found, what it changes, and what is said of mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from velaserve_lint.cli import config, main
from velaserve_lint.cli.errors import UsageError
from velaserve_lint.rules.examples import APPLICATION, changed

if TYPE_CHECKING:
    from pathlib import Path

WARNING = changed("type: model-serving", "type: acme")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {"apps/a.yaml": WARNING, "charts/b.yaml": changed("modelUri", "modelUrl")}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / config.OWN).write_text(text, encoding="utf-8")


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(config.schema())


def test_the_nearest_above_the_file_counts(folder: Path) -> None:
    write(folder, 'fail-on = "warning"')
    assert main([str(folder / "apps/a.yaml")]) == 1

    write(folder / "apps", 'fail-on = "error"')
    assert main([str(folder / "apps/a.yaml")]) == 0


def test_a_pyproject_without_its_table_is_passed_over(folder: Path) -> None:
    (folder / "apps/pyproject.toml").write_text("[tool.ruff]\n", encoding="utf-8")
    write(folder, 'fail-on = "warning"')
    assert main([str(folder / "apps")]) == 1

    shared = '[tool.velaserve-lint]\nfail-on = "never"\n'
    (folder / "apps/pyproject.toml").write_text(shared, encoding="utf-8")
    assert main([str(folder / "apps")]) == 0


def test_flags_win(folder: Path) -> None:
    write(folder, 'fail-on = "warning"')

    assert main([str(folder / "apps"), "--fail-on", "error"]) == 0
    assert main([str(folder / "apps"), "--isolated"]) == 0
    (folder / "other.toml").write_text('fail-on = "never"', encoding="utf-8")
    assert main([str(folder), "--config", str(folder / "other.toml")]) == 0


@pytest.mark.parametrize(
    "text",
    [
        'exclude = ["charts/*"]',
        'ignore = ["VS201"]',
        'ignore = ["VS2"]',
        "[ignore-in-paths]\n'charts/*' = ['VS2']",
        "[severity]\nVS201 = 'warning'",
    ],
)
def test_what_it_takes_away(folder: Path, text: str) -> None:
    assert main([str(folder)]) == 1
    write(folder, text)
    assert main([str(folder)]) == 0


def test_a_severity_can_be_raised(folder: Path) -> None:
    write(folder, "[severity]\nVS107 = 'error'")

    assert main([str(folder / "apps")]) == 1


def test_the_language_and_formats(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, 'lang = "zh"\noutput-format = ["concise"]')

    main([str(folder / "apps")])
    assert "未知的组件类型 'acme'" in capsys.readouterr().out
    main([str(folder / "apps"), "--lang", "en"])
    assert "component type 'acme' is not known" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("fail_on = 'error'", "has an unknown key 'fail_on'; did you mean 'fail-on'?"),
        ("color = 'x'", "has an unknown key 'color'; possible: allow-type, baseline"),
        ("fail-on = 'bad'", 'fail-on must be one of error, warning, info, never, found "bad"'),
        ("ignore = 'VS1'", 'ignore must be of type "array", found "VS1"'),
        ("ignore = ['vs1']", 'ignore.0 must match "^[A-Z]{2,4}(-?[0-9]{0,3})$", found "vs1"'),
        ("ignore = ['VS999']", "there is no rule 'VS999'; did you mean"),
        ("kserve = 'new'", "kserve must match"),
        ("x =", "is not TOML: "),
    ],
)
def test_mistakes_are_usage_errors(
    folder: Path, text: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, text)

    assert main([str(folder)]) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--config", "missing.toml"], "cannot read 'missing.toml': No such file"),
        (["--ignore", "VS999"], "there is no rule 'VS999'"),
        (["--kserve", "new"], "--kserve: expected a version such as 1.34, found 'new'"),
    ],
)
def test_mistakes_of_flags(
    folder: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(folder), *arguments]) == 2
    assert said in capsys.readouterr().err


def test_without_one_there_is_none(tmp_path: Path) -> None:
    assert config.find(tmp_path / "deep") == config.NONE


def test_loading_says_which_file(tmp_path: Path) -> None:
    write(tmp_path, "x = 1")

    with pytest.raises(UsageError, match=config.OWN):
        config.load(tmp_path / config.OWN)


def test_an_example_is_clean(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(APPLICATION, encoding="utf-8")
    write(tmp_path, 'kubernetes = "1.34"\nkserve = "v0.20.0"\nkubevela = "1.10"\nignore = []')

    assert main([str(tmp_path)]) == 0
