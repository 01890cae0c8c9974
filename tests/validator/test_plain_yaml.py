# SPDX-License-Identifier: Apache-2.0
"""The quick reader gives what the careful one gives, or nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ci.tools.tree import ROOT
from velaserve_lint.composer import Composer, Stopped
from velaserve_lint.decoding import first_not_yaml
from velaserve_lint.plain_yaml import plain_documents
from velaserve_lint.source import read

if TYPE_CHECKING:
    from pathlib import Path

GOLDEN = ROOT / "tests/validator/golden"
FILES = [*ROOT.glob("applications/**/*.yaml"), *ROOT.glob("ci/**/*.yaml"), *GOLDEN.rglob("*.yaml")]
LINES = st.sampled_from(["a:", "b: 1", "- c", "- d: x", "{e: f}", "[1, g]", '"h"', "---", "?", "|"])
TEXTS = st.lists(
    st.tuples(st.integers(0, 4), LINES | st.text("ab:- []{}'\"01yn~.#%", max_size=8)), max_size=12
).map(lambda rows: "\n".join(" " * indent + row for indent, row in rows))
LINE_ENDS = ("\n", "\r\n", "\r", "\x85", "\u2028", "\u2029")
SMALL_STACK = 128 * 1024


def carefully(text: str) -> tuple[list[object], bool]:
    """The data, and whether nothing is wrong with the text."""
    composer = Composer("-", yaml.parse(text, yaml.CSafeLoader))
    found: list[object] = []
    try:
        found.extend(document.data for document in composer.documents())
    except (Stopped, yaml.YAMLError):
        return found, False
    return found, first_not_yaml(text) is None and not composer.findings


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(ROOT)) for file in FILES])
def test_what_people_write(file: Path) -> None:
    text = file.read_text("utf-8")
    assert plain_documents(text) in (None, carefully(text)[0])


@given(TEXTS)
def test_what_nobody_writes(text: str) -> None:
    plain = plain_documents(text)
    if plain is not None:
        assert (plain, True) == carefully(text)
        assert repr(plain) == repr(carefully(text)[0])  # 1 is 1.0, and True


def test_most_is_plain() -> None:
    ours = list(ROOT.glob("applications/*.yaml"))
    plain = [file for file in ours if plain_documents(file.read_text("utf-8")) is not None]
    assert len(plain) > len(ours) * 0.9, sorted(set(ours) - set(plain))


@pytest.mark.parametrize(
    "text",
    [
        "a: &b 1",
        "a: *b",
        "a: !!str 1",
        "<<: {a: 1}",
        "a: 1\na: 2",
        "1: a",
        "[a]: b",
        "~: a",
        "a: .inf",
        "a: yes",
        "a: 1_000",
        "a: \ufeff",
        "a: \x07",
        "a: \ud800",
        "a: [",
        "a: b: c",
        "[" * 200 + "]" * 200,
        "- " * 200,
        "\n".join(" " * depth + "a:" for depth in range(200)),
    ],
)
def test_what_is_to_be_looked_at(text: str) -> None:
    assert plain_documents(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "[" * 150 + "]" * 150,
        "- " * 75 + "[" * 150 + "]" * 150,
        "[\n---a, " * 1_000 + "]" * 1_000,
        *(end.join(" " * depth + "a:" for depth in range(1_000)) for end in LINE_ENDS),
    ],
)
def test_deep_nesting_fits_into_a_small_stack(text: str) -> None:
    """A process that overflows its stack would end here."""
    before = threading.stack_size(SMALL_STACK)
    found: list[object] = [()]
    try:
        thread = threading.Thread(target=lambda: found.append(plain_documents(text)))
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert found == [(), None]


def test_places_are_those_of_the_careful_reader() -> None:
    text = "a:\n  - b: 1\n---\nc: {d: x}\n"
    plain, special = read(text, "-").documents, read(text + "# &", "-").documents

    assert plain_documents(text) is not None
    for path in [(), ("a",), ("a", 0), ("a", 0, "b"), ("c",), ("c", "d")]:
        for one, other in zip(plain, special, strict=True):
            assert (one.value(path), one.key(path)) == (other.value(path), other.key(path))
            assert one.whole(path) == other.whole(path)


def test_without_libyaml_everything_is_read_carefully() -> None:
    code = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from velaserve_lint import lint\n"
        "from velaserve_lint.rules.examples import APPLICATION, changed\n"
        "for text in (APPLICATION, changed('modelUri', 'modelUrl')):\n"
        "    print([finding.id for finding in lint(text).findings])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.split() == ["[]", "['VS201']"]
