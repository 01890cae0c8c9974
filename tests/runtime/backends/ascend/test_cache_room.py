# SPDX-License-Identifier: Apache-2.0
"""Which folders of compiled models are removed, when there are too many."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from velaserve_runtime.backends.ascend.cache_lock import FILE, FolderLock
from velaserve_runtime.backends.ascend.cache_room import make_room
from velaserve_runtime.backends.ascend.compile_cache import CacheRoot, CompileCache

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIZE_BYTES = 1000
USES = """
import sys
from pathlib import Path
from velaserve_runtime.backends.ascend.cache_lock import FolderLock

lock = FolderLock(Path(sys.argv[1]))
print("uses it", flush=True)
sys.stdin.readline()
"""
REMOVES = """
import sys
from pathlib import Path
from velaserve_runtime.backends.ascend.cache_lock import unused

folder = Path(sys.argv[1])
with unused(folder) as is_unused:
    print(is_unused, flush=True)
    sys.stdin.readline()
    if is_unused:
        folder.rename(folder.with_name("away"))
"""


def key(number: int) -> str:
    return f"{number:064x}"


def compiled(root: Path, number: int) -> Path:
    """A folder that was last used `number` seconds after the epoch."""
    cache = CompileCache(root, key(number))
    cache.close()
    (cache.folder / "a.om").write_bytes(bytes(SIZE_BYTES))
    os.utime(cache.folder / FILE, (number, number))
    return cache.folder


def left(root: Path) -> list[int]:
    return sorted(int(folder.name, 16) for folder in root.iterdir())


@contextmanager
def another(script: str, folder: Path) -> Iterator[str]:
    """Runs it in a process until the block ends; its first line."""
    command = [sys.executable, "-c", script, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """With four folders of SIZE_BYTES."""
    for number in (3, 1, 4, 2):
        compiled(tmp_path, number)
    return tmp_path


@pytest.mark.parametrize(
    ("limit", "stay"),
    [
        (None, [1, 2, 3, 4]),
        (4 * SIZE_BYTES, [1, 2, 3, 4]),
        (4 * SIZE_BYTES - 1, [2, 3, 4]),
        (2 * SIZE_BYTES, [3, 4]),
        (1, [4]),
    ],
)
def test_least_recently_used_first(root: Path, limit: int | None, stay: list[int]) -> None:
    make_room(CacheRoot(root, limit), root / key(4))
    assert left(root) == stay


def test_what_was_just_made_stays_however_old_it_looks(root: Path) -> None:
    make_room(CacheRoot(root, SIZE_BYTES), root / key(1))
    assert left(root) == [1]


def test_using_a_folder_makes_it_the_newest(root: Path) -> None:
    FolderLock(root / key(1)).close()
    make_room(CacheRoot(root, 2 * SIZE_BYTES), root / key(4))
    assert left(root) == [1, 4]


def test_what_a_process_uses_stays_and_this_is_said(
    root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with another(USES, root / key(1)) as said:
        assert said == "uses it"
        os.utime(root / key(1) / FILE, (1, 1))
        make_room(CacheRoot(root, SIZE_BYTES), root / key(4))
        assert left(root) == [1, 4]
        assert f"removed {root / key(2)}" in caplog.text
        assert "more than compile_cache_max_bytes" in caplog.text
    make_room(CacheRoot(root, SIZE_BYTES), root / key(4))
    assert left(root) == [4]


def test_who_comes_while_its_folder_is_removed_gets_a_new_one(root: Path) -> None:
    folder = root / key(1)
    with ThreadPoolExecutor(1) as pool, another(REMOVES, folder) as is_unused:
        assert is_unused == "True"
        coming = pool.submit(FolderLock, folder)
    with closing(coming.result()):
        assert [path.name for path in folder.iterdir()] == [FILE]
        assert (root / "away" / "a.om").exists()
        with another(REMOVES, folder) as is_unused:
            assert is_unused == "False"


def test_what_is_not_ours_stays_and_leftovers_go(root: Path) -> None:
    (root / "models").mkdir()
    (root / "models" / "large").write_bytes(bytes(100 * SIZE_BYTES))
    (root / ".removed-half").mkdir()
    (root / ".removed-half" / "a.om").touch()
    make_room(CacheRoot(root, 4 * SIZE_BYTES), root / key(4))
    assert sorted(path.name for path in root.iterdir() if len(path.name) < 64) == ["models"]
    assert len(list(root.iterdir())) == 5


def test_trouble_is_said_and_nothing_else(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    make_room(CacheRoot(root / "nowhere", 1), root / key(4))
    assert f"compile cache {root / 'nowhere'} cannot be tidied up" in caplog.text
