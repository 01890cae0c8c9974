# SPDX-License-Identifier: Apache-2.0
"""What was built is used again, and is there whole or not at all."""

from pathlib import Path

import pytest

from ci.images import cache


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def write(scratch: Path) -> None:
    (scratch / "file").write_text("made", encoding="utf-8")


def refuse(_: Path) -> None:
    raise OSError("disk full")


def test_the_same_inputs_are_made_once() -> None:
    inputs = cache.key("a", "b")
    made = cache.cached("base", inputs, write)
    assert cache.cached("base", inputs, refuse) == made
    assert (made / "file").read_text(encoding="utf-8") == "made"


def test_other_inputs_replace_what_was_made_before() -> None:
    first = cache.cached("base", cache.key("a", "b"), write)
    other = cache.cached("base-of-another", cache.key("a", "b"), write)
    second = cache.cached("base", cache.key("ab"), write)
    assert not first.exists()
    assert sorted(cache.folder().iterdir()) == sorted([other, second])


def test_a_failure_leaves_nothing_and_what_was_there() -> None:
    kept = cache.cached("base", cache.key("a"), write)
    with pytest.raises(OSError, match="disk full"):
        cache.cached("base", cache.key("b"), refuse)
    assert list(cache.folder().iterdir()) == [kept]
