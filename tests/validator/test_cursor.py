# SPDX-License-Identifier: Apache-2.0
"""Following a document without asking for its shape."""

from __future__ import annotations

from velaserve_lint.cursor import Cursor
from velaserve_lint.source import read

(DOCUMENT,) = read("spec:\n  ports:\n    - name: http\n      port: 80\n    - text\n", "-").documents
ROOT = Cursor(DOCUMENT, (), DOCUMENT.data)


def test_it_follows_keys_and_indices() -> None:
    port = ROOT.at("spec", "ports", 0, "port")

    assert (port.path, port.number, port.text) == (("spec", "ports", 0, "port"), 80, "")
    assert (port.place.span.line, port.place.span.column) == (4, 13)
    assert port.key.span.column == 7


def test_what_is_missing_is_nothing_at_its_path() -> None:
    missing = ROOT.at("spec", "ports", 1, "name", "first")

    assert (missing.value, missing.text, missing.mapping, missing.number) == (None, "", {}, None)
    assert list(missing.items()) == []
    assert missing.path == ("spec", "ports", 1, "name", "first")
    assert missing.place.span.line == 5


def test_members_are_cursors() -> None:
    assert [item.path[-1] for item in ROOT.at("spec", "ports").items()] == [0, 1]
    assert [key for key, _ in ROOT.at("spec", "ports", 0).entries()] == ["name", "port"]


def test_true_is_no_number() -> None:
    (document,) = read("[true, 1.0, 1]", "-").documents

    assert [item.number for item in Cursor(document, (), document.data).items()] == [None, None, 1]
