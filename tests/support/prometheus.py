# SPDX-License-Identifier: Apache-2.0
"""A strict reader of Prometheus' text format 0.0.4: what it does not know, it does not accept."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
_HEAD = re.compile(rf"# (HELP|TYPE) ({_NAME}) (.+)")
_SAMPLE = re.compile(rf"({_NAME})(?:\{{(.+)\}})? (\S+)")
_LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(,|$)')
_ESCAPED = {r"\"": '"', r"\\": "\\", r"\n": "\n"}
KINDS = {"counter": ("",), "gauge": ("",), "histogram": ("_bucket", "_sum", "_count")}
"""Kind -> what follows the family's name in its samples' names."""

Labels = tuple[tuple[str, str], ...]


@dataclass
class Family:
    """One metric: its samples by (name, labels)."""

    name: str
    help: str
    kind: str = ""
    samples: dict[tuple[str, Labels], float] = field(default_factory=dict)

    def value(self, suffix: str = "", **labels: str) -> float:
        return self.samples[self.name + suffix, tuple(sorted(labels.items()))]


def parse(text: str) -> dict[str, Family]:
    """The families by name; each is HELP, TYPE and its samples in one block, and comes once."""
    assert text.endswith("\n"), "the last line does not end"
    families: dict[str, Family] = {}
    current = Family("", "")
    for line in text[:-1].split("\n"):
        head = _HEAD.fullmatch(line)
        if head is None:
            _add_sample(current, line)
        elif head[1] == "HELP":
            assert head[2] not in families, f"{line}: twice"
            current = families[head[2]] = Family(head[2], head[3])
        else:
            assert (head[2], current.kind, current.samples) == (current.name, "", {}), line
            assert head[3] in KINDS, line
            current.kind = head[3]
    return families


def _add_sample(family: Family, line: str) -> None:
    sample = _SAMPLE.fullmatch(line)
    assert sample is not None, f"not a sample: {line!r}"
    name, labels, value = sample.groups()
    assert name in {family.name + suffix for suffix in KINDS[family.kind]}, line
    key = (name, _labels(labels or "", line))
    assert key not in family.samples, f"{line}: twice"
    family.samples[key] = float(value)


def _labels(text: str, line: str) -> Labels:
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        label = _LABEL.match(text, at)
        assert label is not None, f"{line}: labels at {text[at:]!r}"
        assert label[1] not in found, f"{line}: {label[1]} twice"
        found[label[1]] = re.sub(r"\\.", lambda escape: _ESCAPED[escape[0]], label[2])
        at = label.end()
        assert label[3] != "," or at < len(text), f"{line}: comma at the end"
    return tuple(sorted(found.items()))
