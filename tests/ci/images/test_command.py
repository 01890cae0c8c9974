# SPDX-License-Identifier: Apache-2.0
"""`python -m ci.images` says what it needs."""

from pathlib import Path

import pytest

from ci.images.__main__ import main


def test_program_that_is_not_built_is_named_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert main(["pause"]) == 2
    assert "make tools/pause" in capsys.readouterr().err
