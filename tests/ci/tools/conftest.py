# SPDX-License-Identifier: Apache-2.0
"""Each test of the tools has an empty cache of its own, and no network."""

import shutil
import subprocess
from pathlib import Path

import pytest

from support.go_modules import Proxy


@pytest.fixture(scope="session")
def go_cache() -> str:
    """Go's own, which would follow XDG_CACHE_HOME, where nothing is compiled yet."""
    if shutil.which("go") is None:
        return ""
    command = ["go", "env", "GOCACHE"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, go_cache: str) -> Path:
    """Where programs are built."""
    monkeypatch.setenv("GOCACHE", go_cache)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "velaserve" / "tools"


@pytest.fixture
def proxy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Proxy:
    """The only place that modules come from."""
    folder = tmp_path / "proxy"
    monkeypatch.setenv("GOPROXY", folder.as_uri())
    monkeypatch.setenv("GOSUMDB", "off")
    monkeypatch.setenv("GOMODCACHE", str(tmp_path / "modules"))
    monkeypatch.setenv("GOFLAGS", "-modcacherw")  # else pytest cannot remove its folder
    return Proxy(folder)
