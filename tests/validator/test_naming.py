# SPDX-License-Identifier: Apache-2.0
"""Formats of names, each at its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from velaserve_lint import naming

if TYPE_CHECKING:
    from velaserve_lint.naming import Format

EACH = {
    naming.LABEL: (
        ["a", "0", "a-b", "a" * 63],
        ["", "A", "-a", "a-", "a.b", "a_b", "a" * 64, "a\n"],
    ),
    naming.LETTER_FIRST: (["a", "a0"], ["0a", "a."]),
    naming.SUBDOMAIN: (["a.b-c.0", "a" * 253], [".a", "a..b", "a.-b", "A.b", "a" * 254]),
    naming.subdomain(52): (["a" * 52], ["a" * 53]),
    naming.PORT_NAME: (["http", "h2c-1", "8a", "a" * 15], ["8080", "a--b", "-a", "a" * 16, "A"]),
    naming.SEGMENT: (["system:x", "A b"], ["a/b", "a%b", ".", ".."]),
    naming.VARIABLE: (["A", "a.b-c d", "1"], ["a=b", "中", "a\n"]),
    naming.DATA_KEY: (["a.b_c-D", ".x", "a" * 253], ["a/b", ".", "..", "..a", "a b", "a" * 254]),
    naming.LABEL_VALUE: (["", "A_b.c-0", "a" * 63], ["a b", "-a", "a.", "a" * 64, "中"]),
    naming.KEY: (
        ["a", "A_b", "x.y/a", f"{'a' * 253}/{'b' * 63}"],
        ["", "/a", "a/", "X/a", "a/b/c"],
    ),
}


@pytest.mark.parametrize("form", EACH, ids=lambda form: form.words.en)
def test_what_fits_and_what_does_not(form: Format) -> None:
    fitting, others = EACH[form]

    assert [text for text in fitting if not form.fits(text)] == []
    assert [text for text in others if form.fits(text)] == []


@pytest.mark.parametrize(
    ("form", "text", "mended"),
    [
        (naming.LABEL, "My_App", "my-app"),
        (naming.LABEL, "a" * 70, "a" * 63),
        (naming.PORT_NAME, "metrics_endpoint_1", "metrics-endpoin"),
        (naming.LETTER_FIRST, "1a", ""),
        (naming.LABEL, "中", ""),
    ],
)
def test_what_may_be_meant_instead(form: Format, text: str, mended: str) -> None:
    assert form.mended(text) == mended
