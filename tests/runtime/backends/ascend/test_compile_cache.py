# SPDX-License-Identifier: Apache-2.0
"""Folders of compiled models: one for each content, nobody else's, never half written."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from velaserve_runtime.backends.ascend.compile_cache import CompileCache, cache_key, cache_root
from velaserve_runtime.backends.ascend.compile_record import CompileRecord
from velaserve_runtime.protocol.errors import LoadFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSIONS = {"soc": "Ascend310P3", "cann": "8.2.RC1", "onnxruntime": "1.24.4"}
OPTIONS = {"device_id": "0", "precision_mode": "force_fp16"}
KEY = cache_key("0" * 64, VERSIONS, OPTIONS, (1, 2))
SHAPES = ((1, 4),)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[CompileCache]:
    with closing(CompileCache(tmp_path, KEY)) as cache:
        yield cache


@pytest.mark.parametrize(
    "other",
    [
        cache_key("1" * 64, VERSIONS, OPTIONS, (1, 2)),
        cache_key("0" * 64, {**VERSIONS, "soc": "Ascend910B4"}, OPTIONS, (1, 2)),
        cache_key("0" * 64, {**VERSIONS, "cann": "9.1.0"}, OPTIONS, (1, 2)),
        cache_key("0" * 64, {**VERSIONS, "onnxruntime": "1.23.2"}, OPTIONS, (1, 2)),
        cache_key("0" * 64, VERSIONS, {"device_id": "0"}, (1, 2)),
        cache_key("0" * 64, VERSIONS, OPTIONS, (1, 2, 4)),
    ],
    ids=["model", "chip", "CANN", "onnxruntime", "options", "gears"],
)
def test_everything_that_matters_is_in_the_key(other: str) -> None:
    assert other != KEY


def test_which_of_the_same_cards_does_not_matter() -> None:
    assert cache_key("0" * 64, VERSIONS, {**OPTIONS, "device_id": "3"}, (1, 2)) == KEY


def test_folder_is_its_owner_s_alone(tmp_path: Path) -> None:
    for _ in range(2):
        with closing(CompileCache(tmp_path / "root", KEY)) as cache:
            assert cache.folder == tmp_path / "root" / KEY
            assert cache.folder.stat().st_mode & 0o777 == 0o700


def test_folder_that_others_can_write_is_refused(tmp_path: Path) -> None:
    (tmp_path / KEY).mkdir()
    (tmp_path / KEY).chmod(0o777)

    with pytest.raises(LoadFailed, match=r"mode 777, expected uid \d+ and no others who may write"):
        CompileCache(tmp_path, KEY)


def test_folder_that_cannot_be_made_is_refused_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(LoadFailed, match=r"cannot be used by uid \d+: .*; make it writable"):
        CompileCache(tmp_path / "file", KEY)


def test_record_is_kept(tmp_path: Path) -> None:
    with closing(CompileCache(tmp_path, KEY)) as cache, cache.locked() as record:
        assert not record.compiled
        (cache.folder / "a.om").write_bytes(b"compiled")
        assert cache.add(SHAPES, 1.5)
        assert not cache.add(SHAPES, 0.1)

    with closing(CompileCache(tmp_path, KEY)) as cache, cache.locked() as record:
        assert list(record.compiled) == [SHAPES]
        assert record.compiled[SHAPES].seconds == 1.5
        assert record.strangers(cache.folder) == record.damaged(cache.folder) == []


def test_what_is_not_in_the_record_is_deleted(cache: CompileCache) -> None:
    (cache.folder / "a.om").write_bytes(b"compiled")
    with cache.locked() as record:
        cache.add(SHAPES, 1.5)
        (cache.folder / "half.om").write_bytes(b"comp")
        cache.discard_leftovers(CompileRecord.read(cache.folder))
    assert [path.name for path in cache.folder.glob("*.om")] == ["a.om"]

    (cache.folder / "a.om").write_bytes(b"compiled by somebody else")
    cache.check()

    assert list(cache.folder.glob("*.om")) == []
    with cache.locked() as record:
        assert record.files == {}


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"compiled": [{}], "files": {}}', '{"compiled": [{"shapes": 1}], "files": 2}'],
)
def test_record_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "compiled.json").write_text(content)
    assert CompileRecord.read(tmp_path) == CompileRecord()


KILLED_WHILE_ITS_WORKER_LIVES = """
import os, sys
from pathlib import Path
from velaserve_runtime.backends.ascend.compile_cache import CompileCache

with CompileCache(Path(sys.argv[1]), sys.argv[2]).locked():
    if os.fork():
        os.kill(os.getpid(), 9)
    sys.stdin.read()
"""


def test_lock_ends_with_its_process_whatever_that_has_forked(
    cache: CompileCache, tmp_path: Path
) -> None:
    command = [sys.executable, "-c", KILLED_WHILE_ITS_WORKER_LIVES, str(tmp_path), KEY]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as holder:
        assert holder.wait(60) == -9

        with cache.locked() as record:
            assert not record.compiled


def test_root_is_a_private_folder_where_none_is_named(caplog: pytest.LogCaptureFixture) -> None:
    root = cache_root(None)

    assert root.stat().st_mode & 0o777 == 0o700
    assert root.stat().st_uid == os.geteuid()
    assert cache_root(None) == root
    assert "--compile-cache-dir (VELASERVE_COMPILE_CACHE_DIR)" in caplog.text


def test_root_that_is_named_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert cache_root("cache") == tmp_path / "cache"
