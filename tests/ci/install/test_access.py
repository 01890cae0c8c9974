# SPDX-License-Identifier: Apache-2.0
"""Without a cluster, or without its programs, it is said what to do; nothing is changed."""

import json
from pathlib import Path

import pytest

from ci.install import programs
from ci.install.__main__ import CANNOT_RUN, main
from ci.tools.programs import cache


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on PATH; nothing is built."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return folder


@pytest.fixture
def kubeconfig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of a cluster that refuses every connection."""
    if programs.find("kubectl") is None:
        pytest.skip("kubectl is neither on PATH nor built: make tools/kubectl")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache().parents[1]))
    monkeypatch.setenv("HOME", str(tmp_path))
    cluster = {"name": "none", "cluster": {"server": "http://127.0.0.1:1"}}
    context = {"name": "closed", "context": {"cluster": "none", "user": "none"}}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [cluster],
        "contexts": [context],
        "users": [{"name": "none", "user": {}}],
        "current-context": "closed",
    }
    path = tmp_path / "kubeconfig"
    path.write_text(json.dumps(config), encoding="utf-8")
    return path


def test_own_programs_come_first(empty: Path) -> None:
    assert programs.find("vela") is None
    own = empty / "vela"
    own.touch(0o755)
    assert programs.find("vela") == own


@pytest.mark.usefixtures("empty")
def test_without_kubectl_it_says_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main({}) == CANNOT_RUN
    assert "make tools/kubectl" in capsys.readouterr().err


def test_a_cluster_that_does_not_answer_is_named(
    kubeconfig: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main({"KUBECONFIG": str(kubeconfig)}) == CANNOT_RUN
    text = capsys.readouterr().err
    assert text.startswith("installs to context closed, server http://127.0.0.1:1\n")
    assert "nothing was changed" in text
    assert "the cluster does not answer" in text
    assert "127.0.0.1:1 was refused" in text


def test_no_cluster_at_all_is_said(kubeconfig: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kubeconfig.unlink()
    assert main({"KUBECONFIG": str(kubeconfig)}) == CANNOT_RUN
    text = capsys.readouterr().err
    assert f"KUBECONFIG is {kubeconfig}, where kubectl finds no cluster" in text


@pytest.mark.usefixtures("kubeconfig")
def test_without_kubeconfig_the_default_file_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".kube").mkdir()
    (tmp_path / "kubeconfig").rename(tmp_path / ".kube" / "config")
    assert main({"KUBECONFIG": ""}) == CANNOT_RUN
    assert "installs to context closed" in capsys.readouterr().err
