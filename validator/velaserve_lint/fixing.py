# SPDX-License-Identifier: Apache-2.0
"""A file mended as far as that is safe, and the difference that makes."""

from __future__ import annotations

import codecs
import difflib
from typing import TYPE_CHECKING

from velaserve_lint.editing import edited

if TYPE_CHECKING:
    from collections.abc import Iterable

    from velaserve_lint.finding import Finding


def mended(content: bytes, findings: Iterable[Finding]) -> bytes:
    """What the file should hold; the same where nothing can be mended.

    Line ends and a byte order mark stay; what is not UTF-8 is left alone.
    """
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    try:
        text = content.removeprefix(mark).decode("utf-8")
    except UnicodeDecodeError:
        return content
    return mark + edited(text, [one for found in findings for one in found.edits]).encode()


def difference(before: bytes, after: bytes, file: str) -> str:
    """A unified diff, as `patch` and `git apply` take it."""
    old, new = (text.decode("utf-8-sig").splitlines(keepends=True) for text in (before, after))
    rows = difflib.unified_diff(old, new, f"a/{file}", f"b/{file}")
    return "".join(row if row.endswith("\n") else f"{row}\n" for row in rows)
