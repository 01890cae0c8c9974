# SPDX-License-Identifier: Apache-2.0
"""Whatever a file holds becomes data with positions, or a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint.place import Span
from velaserve_lint.source import read

if TYPE_CHECKING:
    from velaserve_lint.document import Json
    from velaserve_lint.place import Path


def data_of(content: str | bytes) -> list[Json]:
    source = read(content, "app.yaml")
    assert source.findings == ()
    return [document.data for document in source.documents]


def found_in(content: str | bytes) -> list[tuple[str, str, int, int]]:
    """Rule, message, line and column of each finding."""
    findings = read(content, "app.yaml").findings
    return [(one.id, one.message, one.span.line, one.span.column) for one in findings]


@pytest.mark.parametrize(
    "content",
    [
        "a: 1\nb: [x]\n",
        "\ufeffa: 1\nb: [x]\n",
        "a: 1\r\nb: [x]\r\n",
        b"\xef\xbb\xbfa: 1\nb: [x]\n",
        b"\xff\xfe" + "a: 1\nb: [x]\n".encode("utf-16-le"),
        b"\xfe\xff" + "a: 1\nb: [x]\n".encode("utf-16-be"),
        "%YAML 1.1\n---\na: 1\nb: [x]\n...\n",
    ],
    ids=["plain", "mark", "crlf", "utf-8 mark", "utf-16 le", "utf-16 be", "directive"],
)
def test_every_way_to_write_a_text_gives_the_same_data(content: str | bytes) -> None:
    assert data_of(content) == [{"a": 1, "b": ["x"]}]


@pytest.mark.parametrize(
    ("text", "documents"),
    [("", []), ("# only a comment\n", []), ("---\n---\na: 1\n---\n", [None, {"a": 1}, None])],
)
def test_empty_files_and_documents(text: str, documents: list[Json]) -> None:
    assert data_of(text) == documents


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("a",), (1, 1, 1, 2), (1, 4, 1, 5)),
        (("名字",), (2, 1, 2, 3), (2, 5, 2, 7)),
        (("list", 1), (3, 13, 3, 14), (3, 13, 3, 14)),
        (("map",), (4, 1, 4, 4), (5, 3, 5, 8)),
        (("map", "inner"), (5, 3, 5, 8), (5, 10, 5, 13)),
        (("map", "missing", "deeper"), (4, 1, 4, 4), (5, 3, 5, 8)),
        (("list", 9), (3, 1, 3, 5), (3, 7, 3, 15)),
    ],
)
def test_keys_and_values_have_places(
    path: Path, key: tuple[int, int, int, int], value: tuple[int, int, int, int]
) -> None:
    text = "a: 1\n名字: 数字\nlist: [one, 2]\nmap:\n  inner: yes\n"

    (document,) = read(text, "app.yaml").documents

    assert (document.key(path).span, document.value(path).span) == (Span(*key), Span(*value))


def test_aliases_and_merges_are_followed_as_the_cluster_does() -> None:
    text = """\
base: &base {x: 1, z: 1}
alias: *base
later: {<<: *base, x: 2}
earlier: {x: 2, <<: *base}
several: {<<: [{x: 5}, {x: 6, z: 7}]}
quoted: {"<<": 1}
"""
    assert data_of(text) == [
        {
            "base": {"x": 1, "z": 1},
            "alias": {"x": 1, "z": 1},
            "later": {"x": 2, "z": 1},
            "earlier": {"x": 1, "z": 1},
            "several": {"x": 5, "z": 7},
            "quoted": {"<<": 1},
        }
    ]


def test_keys_are_texts_as_in_json() -> None:
    assert data_of("{1: a, 1.5: b, y: c, 2.0: d}") == [
        {"1": "a", "1.5": "b", "true": "c", "2": "d"}
    ]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: b: c\n", ("VS001", "colon", 1, 5)),
        ("a: 1\n b: 2\n", ("VS001", "colon", 2, 3)),
        ("a:\n\tb: 1\n", ("VS001", "tab", 2, 1)),
        ("a:\n  b\n\tc: 1\n", ("VS001", "tab", 3, 1)),
        ("{a: 1}\nb: 2\n", ("VS001", "end", 2, 1)),
        ("a: 'it's'\n", ("VS001", "key", 1, 8)),
        ("%YAML 3.0\n---\na\n", ("VS001", "other", 1, 1)),
        ("a: @b\n", ("VS001", "character", 1, 4)),
        ("a:\n  - b\n  c: 1\n", ("VS001", "item", 3, 3)),
        ("a: 'b\n", ("VS001", "quote", 1, 4)),
        ('a: "\\q"\n', ("VS001", "escape", 1, 5)),
        ("a: [b\nc: 1\n", ("VS001", "bracket", 1, 4)),
        ("a: 1\n  \nb\n", ("VS001", "key", 4, 1)),
        ("a: *b\n", ("VS001", "alias", 1, 4)),
        ("a: &a [*a]\n", ("VS001", "alias", 1, 8)),
        ("a: 1\nb: 2\na: 3\n", ("VS002", "duplicate", 3, 1)),
        ('1: a\n"1": b\n', ("VS002", "duplicate", 2, 1)),
        ("a: \x00\n", ("VS003", "control", 1, 4)),
        ("中: \ud800\n", ("VS003", "control", 1, 4)),
        (b"a: \xff\n", ("VS003", "bytes", 1, 4)),
        (b"\xef\xbb\xbfa: 1\nb: \xff\n", ("VS003", "bytes", 2, 4)),
        (b"\xef\xbb\xbfa\xff", ("VS003", "bytes", 1, 2)),
        (b"\xef\xbb\xbf" * 2 + b"a\xff", ("VS003", "bytes", 1, 2)),
        (b"\xff\xfe\xff\xfea\x00\x00\xd8", ("VS003", "bytes", 1, 2)),
        (b"\xff\xfea\x00\x00\xd8", ("VS003", "bytes", 1, 2)),
        ("? [a]\n: b\n", ("VS005", "key", 1, 3)),
        ("~: b\n", ("VS005", "key", 1, 1)),
        ("a: .nan\n", ("VS005", "number", 1, 4)),
        ("- -.inf\n", ("VS005", "number", 1, 3)),
        ("a: !!int x\n", ("VS005", "tag", 1, 4)),
        ("<<: 5\n", ("VS005", "merge", 1, 5)),
        ("a: {{ .Values.b }}\n", ("VS006", "template", 1, 4)),
        ("a: 1\n{% if b %}\n", ("VS006", "template", 2, 1)),
    ],
)
def test_a_mistake_is_one_finding_at_its_place(
    text: str | bytes, finding: tuple[str, str, int, int]
) -> None:
    assert found_in(text) == [finding]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_endless_nesting_is_a_finding(opening: str) -> None:
    (finding,) = found_in(opening * 200_000)

    assert finding[:2] in {("VS004", "deep"), ("VS001", "colon")}


def test_an_alias_bomb_is_a_finding() -> None:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]

    ((rule, message, line, _),) = found_in("l0: &l0 [x]\n" + "\n".join(levels))

    assert (rule, message, line) == ("VS004", "aliases", 6)


@pytest.mark.parametrize(
    "text", ['a: "{{ .Values.b }}"\nc: [\n', "# {{ x }}\na: @\n", "a: {{b}}\na: 1\n"]
)
def test_only_a_bare_marker_means_a_template(text: str) -> None:
    (finding, *_) = found_in(text)

    assert (finding[0] == "VS006") == text.startswith("a: {{")


def test_what_stands_before_a_syntax_error_is_kept() -> None:
    source = read("a: 1\n---\nb: [\n", "app.yaml")

    assert [document.data for document in source.documents] == [{"a": 1}]
    assert [finding.id for finding in source.findings] == ["VS001"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a: &a {x: 1}\nb:\n  x: 2\n  <<: *a\n  x: 3\n", [5]),
        ("a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n  x: 3\n", [5]),
        ("a: &a {x: 1}\nb:\n  <<: *a\n  x: 2\n", []),
    ],
)
def test_a_merged_key_is_no_duplicate(text: str, lines: list[int]) -> None:
    found = [one.span.line for one in read(text, "-").findings]

    assert found == lines
