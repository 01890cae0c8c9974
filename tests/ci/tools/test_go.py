# SPDX-License-Identifier: Apache-2.0
"""Go must be there and new enough."""

from pathlib import Path

import pytest

from ci.tools.errors import NotReady
from ci.tools.go import check_go, go
from support.go_modules import stand_in_for_go


def test_no_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotReady, match=r"no go on PATH: install Go 1\.25\.8 or later"):
        check_go()
    with pytest.raises(NotReady, match="no go on PATH"):
        go("version")


@pytest.mark.parametrize("version", ["go1.25.7", "go1.25", "go1.24.11", "go1.9"])
def test_an_old_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    stand_in_for_go(tmp_path, "exit 1", version)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        NotReady, match=rf"Go 1\.25\.8 or later is needed, found {version}: install"
    ):
        check_go()


@pytest.mark.parametrize(
    "version", ["go1.25.8", "go1.26", "go1.26rc1", "go2.0.0", "devel go1.27-a"]
)
def test_a_new_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    stand_in_for_go(tmp_path, "exit 1", version)
    monkeypatch.setenv("PATH", str(tmp_path))
    check_go()
