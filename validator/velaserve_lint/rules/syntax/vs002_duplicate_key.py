# SPDX-License-Identifier: Apache-2.0
"""VS002: a key stands twice in one mapping."""

from __future__ import annotations

from velaserve_lint.rule import Rule
from velaserve_lint.text import Text, sentences


class DuplicateKey(Rule):
    """Compared as the cluster sees keys: 1 and "1" are the same."""

    id = "VS002"
    slug = "duplicate-key"
    since = "0.1.0"
    source = "sigs.k8s.io/yaml UnmarshalStrict"
    title = Text("a key stands twice in one mapping", "同一映射中有重复的键")
    why = Text(
        "kubectl keeps the last one without a word, so the first is lost.",
        "kubectl 会静默保留最后一个，前面的值会丢失。",
    )
    fix = Text("Remove one of them, or rename it.", "删除其中一个，或改名。")
    messages = sentences(
        duplicate=Text("'{key}' is set twice; the last one wins", "'{key}' 重复设置；后者生效"),
        first=Text("first set here", "第一次在此设置"),
    )
    bad = "metadata:\n  name: digits\n  name: letters\n"
    good = "metadata:\n  name: letters\n"
