# SPDX-License-Identifier: Apache-2.0
"""Damaged files give a report; files that are only written in another way, the same one."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ci.tools.tree import ROOT
from velaserve_lint import lint
from velaserve_lint.decoding import lines
from velaserve_lint.formats import View, write
from velaserve_lint.rules import every
from velaserve_lint.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FILES = [
    *sorted(ROOT.glob("applications/*.yaml")),
    *sorted(ROOT.glob("tests/traits/*/everything/want.yaml")),
    *sorted(ROOT.glob("tests/components/*/everything/want.yaml")),
]
TEXTS = [*(file.read_text("utf-8") for file in FILES), *(rule.bad for rule in every())]
TEXTS = [text for text in TEXTS if text]
SEED = st.integers(0, 2**32)
JUNK = (
    *(b"\t", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xc2\x85", "中".encode(), b"\xe4\xb8"),
    *(b"{", b"}", b"[", b"]", b"- ", b": ", b"#", b"&a ", b"*a", b"<<: *a", b"!!int ", b"!x "),
    *(b"|\n", b">-\n", b"---\n", b"...\n", b"%YAML 1.1\n", b'"', b"'", b"{{ x }}", b"{% if %}"),
    *(b"? ", b"@", b"`", b"\\", b"  ", b"\n", b"# velaserve: ignore[", b"~", b"1e400"),
)


def ids(content: str | bytes) -> list[str]:
    return sorted(finding.id for finding in lint(content).findings)


def check(content: bytes) -> None:
    report = lint(content)
    write(report, "full", View("zh", colour=True))
    for finding in report.findings:
        assert 1 <= finding.span.line <= len(lines(report.texts[finding.file])) + 1


def damaged(content: bytes, random: Random) -> bytes:
    """With some bytes taken away, put in, repeated, or a few lines moved."""
    for _ in range(random.randint(1, 4)):
        at, length = random.randrange(len(content) + 1), random.choice([0, 1, 1, 2, 8, 40])
        put = random.choice([b"", random.choice(JUNK), content[at : at + length] * 2])
        content = content[:at] + put + content[at + length :]
    if random.random() < 0.2:
        listed = content.splitlines(keepends=True)
        random.shuffle(listed)
        content = b"".join(listed)
    return content


@given(SEED)
def test_a_damaged_file_gives_a_report(seed: int) -> None:
    random = Random(seed)
    for _ in range(10):
        check(damaged(random.choice(TEXTS).encode(), random))


@given(SEED)
def test_the_beginning_of_a_file_gives_a_report(seed: int) -> None:
    random = Random(seed)
    content = random.choice(TEXTS).encode()

    check(content[: random.randrange(len(content))])


WAYS: dict[str, Callable[[str], str | bytes]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "CR": lambda text: text.replace("\n", "\r"),
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "UTF-16, little end first": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16, big end first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "empty documents around": lambda text: f"---\n---\n{text}\n---\n# the end\n---\n",
    "an end of the document": lambda text: f"{text}\n...\n",
    "Chinese comments": lambda text: f"# 应用\n{text}# 结束\n",
    "blanks at the ends of lines": lambda text: text.replace("\n", "  \n"),
}


@pytest.mark.parametrize("way", WAYS)
def test_another_way_of_writing_it_makes_no_difference(way: str) -> None:
    for text in TEXTS[::3]:
        if "|" not in text and ">-" not in text:  # a text of several lines may change
            assert ids(WAYS[way](text)) == ids(text), text


def documents(text: str) -> list[Any]:  # Any: JSON
    return [one.data for one in read(text, "-").documents if one.data is not None]


def shared(data: Any, known: dict[str, Any]) -> Any:  # Any: JSON
    """The same data, in which equal parts are one: PyYAML writes them with anchors."""
    if isinstance(data, dict):
        data = {key: shared(value, known) for key, value in data.items()}
    elif isinstance(data, list):
        data = [shared(value, known) for value in data]
    else:
        return data
    return known.setdefault(json.dumps(data), data)


def merged(data: Any) -> str:  # Any: JSON
    """In flow style, with the first half of each mapping merged into it."""
    if isinstance(data, list):
        return f"[{', '.join(map(merged, data))}]"
    if not isinstance(data, dict):
        return json.dumps(data)
    entries = [f"{json.dumps(key)}: {merged(value)}" for key, value in data.items()]
    first = ", ".join(entries[: len(entries) // 2])
    rest = ", ".join(["", *entries[len(entries) // 2 :]])
    return f"{{<<: {{{first}}}{rest}}}"


def as_documents(texts: Sequence[str]) -> str:
    return "\n---\n".join(texts)


def in_flow(text: str) -> str:
    return as_documents([json.dumps(data) for data in documents(text)])


def test_anchors_make_no_difference() -> None:
    for text in TEXTS:
        data = shared(documents(text), {})
        written = as_documents([yaml.safe_dump(one, sort_keys=False) for one in data])
        if documents(written) == data and "VS005" not in ids(written):  # as JSON has it, too
            assert set(ids(written)) == set(ids(in_flow(text))), text


def test_merge_keys_make_no_difference() -> None:
    for text in TEXTS:
        if ids(in_flow(text)):
            assert ids(as_documents([merged(one) for one in documents(text)])) == ids(in_flow(text))
