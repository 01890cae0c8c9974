# SPDX-License-Identifier: Apache-2.0
"""The fenced blocks of our documents."""

from __future__ import annotations

import re
from typing import NamedTuple


class Block(NamedTuple):
    """A fenced block: what it is written in, and its text."""

    language: str
    text: str


def blocks(document: str) -> list[Block]:
    return [Block(*each) for each in re.findall(r"^```(\w+)\n(.*?)^```$", document, re.M | re.S)]


def pattern(words: str) -> re.Pattern[str]:
    """What fits them; an ellipsis stands for what differs."""
    return re.compile(re.escape(words).replace("…", ".*"), re.DOTALL)
