# SPDX-License-Identifier: Apache-2.0
"""A parameter's name as a form shows it."""

import re

_ABBREVIATIONS = {word.lower(): word for word in ("CPU", "CSI", "MIG", "NFS", "URI", "URL", "vNPU")}
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def label(name: str) -> str:
    """`modelUri` as "Model URI"."""
    words = [_ABBREVIATIONS.get(word.lower(), word.lower()) for word in _WORD.findall(name)]
    text = " ".join(words)
    return text if words[0] in _ABBREVIATIONS.values() else text[:1].upper() + text[1:]
