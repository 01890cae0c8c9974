# SPDX-License-Identifier: Apache-2.0
"""Remote models: fetched once, whole or not at all."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from velaserve_runtime.local.console import Console
from velaserve_runtime.local.errors import LocalError
from velaserve_runtime.local.storage import cache_folder, fetch

URI = "s3://bucket/digits"
STORAGE = """
from pathlib import Path


class Storage:
    @staticmethod
    def download(uri, out_dir):
        (Path(out_dir) / "half").write_text("the first half of " + uri)
        if "broken" in uri:
            raise RuntimeError("the connection broke")
        (Path(out_dir) / "model.onnx").write_text("all of " + uri)
        return out_dir
"""


@pytest.fixture(autouse=True)
def storage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A cache of its own and a kserve_storage without a network."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "kserve_storage.py").write_text(STORAGE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "kserve_storage", raising=False)
    yield
    sys.modules.pop("kserve_storage", None)


def test_fetches() -> None:
    folder = fetch(URI, "digits", Console(quiet=True))
    assert (folder / "model.onnx").read_text() == f"all of {URI}"


def test_fetches_once(capsys: pytest.CaptureFixture[str]) -> None:
    folder = fetch(URI, "digits", Console())
    (folder / "model.onnx").write_text("as it was")
    assert (fetch(URI, "digits", Console()) / "model.onnx").read_text() == "as it was"
    assert f"{URI} was fetched before: {folder}" in capsys.readouterr().err


def test_half_a_model_is_not_kept() -> None:
    with pytest.raises(LocalError, match="could not be fetched: the connection broke") as caught:
        fetch("s3://bucket/broken", "digits", Console(quiet=True))
    assert caught.value.exit_code == 1
    assert list(cache_folder().iterdir()) == []


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "kserve_storage", None)
    with pytest.raises(LocalError, match=r"pip install 'velaserve\[storage\]'") as caught:
        fetch(URI, "digits", Console(quiet=True))
    assert caught.value.exit_code == 2
