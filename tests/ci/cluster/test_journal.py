# SPDX-License-Identifier: Apache-2.0
"""What was made is undone, wherever the making stopped."""

from pathlib import Path

from ci.cluster.journal import Journal


def test_folders_go_the_last_first(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    outer, inner = tmp_path / "outer", tmp_path / "outer" / "inner"
    for folder in (outer, inner):
        journal.note("folder", str(folder))
        folder.mkdir()
    journal.undo()
    assert not outer.exists()


def test_what_was_noted_and_never_made_is_nothing_to_undo(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    journal.note("folder", str(tmp_path / "never"))
    journal.note("link", "never0")
    journal.undo()
    journal.undo()


def test_a_folder_that_others_use_stays(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "journal")
    shared = tmp_path / "shared"
    journal.note("folder", str(shared))
    shared.mkdir()
    (shared / "theirs").touch()
    journal.undo()
    assert (shared / "theirs").exists()


def test_a_line_cut_by_a_crash_was_never_followed_by_a_deed(tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journal = Journal(path)
    journal.note("folder", str(tmp_path / "a"))
    path.write_text(path.read_text() + '["folder", "/')
    assert journal.lines() == [("folder", str(tmp_path / "a"), "")]


def test_without_a_journal_there_is_nothing_to_undo(tmp_path: Path) -> None:
    Journal(tmp_path / "none").undo()
