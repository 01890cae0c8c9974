# SPDX-License-Identifier: Apache-2.0
"""VS003: the file holds what YAML text cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import Rule
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.finding import Finding
    from velaserve_lint.place import Place


class NotText(Rule):
    """Bytes that are no UTF-8, or control characters."""

    id = "VS003"
    slug = "not-text"
    since = "0.1.0"
    source = "YAML 1.1, section 4.1.1"
    title = Text("the file is not YAML text", "文件不是 YAML 文本")
    why = Text(
        "The file is binary, in another encoding, or was damaged by a tool; nothing can read it.",
        "文件是二进制的、使用了其他编码，或被工具损坏；无法读取。",
    )
    fix = Text("Save the file as UTF-8.", "将文件保存为 UTF-8。")
    messages = sentences(
        bytes=Text("the bytes here are not UTF-8", "此处的字节不是 UTF-8"),
        control=Text("the character {code} is not allowed in YAML", "YAML 中不允许出现字符 {code}"),
    )
    bad = "name: digits\x00\n"
    good = "name: digits\n"

    @classmethod
    def at(cls, place: Place, character: str) -> Finding:
        """The finding for a character; U+FFFD is what stands for bytes that mean nothing."""
        if character == "\ufffd":
            return cls.finding(place, "bytes")
        return cls.finding(place, "control", code=f"U+{ord(character):04X}")
