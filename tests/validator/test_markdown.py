# SPDX-License-Identifier: Apache-2.0
"""Nothing that a text holds becomes a mark by accident."""

from __future__ import annotations

import pytest

from velaserve_lint.markdown import fenced, plain_text, prose


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("'a' must be 1", "'a' must be 1"),
        ("a|b", r"a\|b"),
        ("a_b_c _d", r"a_b_c \_d"),
        ("<b>*x*</b> `y` _z_", r"\<b\>\*x\*\</b\> \`y\` \_z\_"),
        ("[a](b) &amp; \\", r"\[a\](b) \&amp; \\"),
    ],
)
def test_no_mark_of_a_text_means_anything(text: str, markdown: str) -> None:
    assert plain_text(text) == markdown


def test_code_in_our_own_prose_stays_code() -> None:
    assert prose("write `a|b*` for a|b") == r"write `a|b*` for a\|b"
    assert prose("one ` alone") == r"one \` alone"


@pytest.mark.parametrize(
    ("code", "block"),
    [
        ("a: b\n", "```yaml\na: b\n```\n"),
        ("a: b", "```yaml\na: b\n```\n"),
        ("a: ````\n", "`````yaml\na: ````\n`````\n"),
    ],
)
def test_a_block_ends_where_the_code_does(code: str, block: str) -> None:
    assert fenced(code, "yaml") == block
