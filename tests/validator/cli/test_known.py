# SPDX-License-Identifier: Apache-2.0
"""The flags for a baseline, and what is said with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint.cli import main
from velaserve_lint.rules.examples import APPLICATION, changed

if TYPE_CHECKING:
    from pathlib import Path

BAD = changed("modelUri", "modelUrl")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.yaml").write_text(BAD, encoding="utf-8")
    return tmp_path


def test_it_is_written_once_and_then_only_shrinks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--write-baseline", "known.json"]) == 0
    assert "known.json: 1 known findings" in capsys.readouterr().err
    assert main(["--baseline", "known.json"]) == 0
    assert "1 known findings of known.json are not shown" in capsys.readouterr().err

    (folder / "b.yaml").write_text(BAD, encoding="utf-8")
    assert main(["--write-baseline", "known.json"]) == 1
    assert "b.yaml:10:9" in capsys.readouterr().out

    (folder / "a.yaml").write_text(APPLICATION, encoding="utf-8")
    assert main(["--baseline", "known.json"]) == 1
    assert "1 entries of known.json are found no more" in capsys.readouterr().err
    assert main(["--write-baseline", "known.json"]) == 1
    assert "known.json: 0 known findings" in capsys.readouterr().err


def test_the_configuration_names_it_from_its_own_folder(folder: Path) -> None:
    main(["--write-baseline", "known.json"])
    (folder / "velaserve-lint.toml").write_text('baseline = "known.json"', encoding="utf-8")

    assert main(["a.yaml"]) == 0


@pytest.mark.parametrize(
    ("text", "said"), [(None, "No such file"), ("{", "Expecting"), ("{}", "expected")]
)
def test_one_that_cannot_be_read(
    folder: Path, text: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if text is not None:
        (folder / "known.json").write_text(text, encoding="utf-8")

    assert main(["--baseline", "known.json"]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "write one with --write-baseline" in error


def test_one_that_cannot_be_written(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert main(["--write-baseline", f"{folder}/no/known.json"]) == 2
    assert "cannot write" in capsys.readouterr().err
