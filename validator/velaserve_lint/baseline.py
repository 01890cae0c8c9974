# SPDX-License-Identifier: Apache-2.0
"""Findings that were there before the linter came: known, and not reported again.

A baseline can only shrink. It is written once; writing it again drops what is found no more and
adds nothing, so a new mistake cannot slip into it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from velaserve_lint.fingerprint import fingerprints, portable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from velaserve_lint.finding import Finding

VERSION = 1


class BaselineError(Exception):
    """Raised when a text is not a baseline of ours."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What is known, by fingerprint; the words are for whoever reads the file."""

    known: Mapping[str, str]

    def without_known(self, findings: Iterable[Finding]) -> list[Finding]:
        """What is new."""
        found = list(findings)
        marks = fingerprints(found)
        return [one for one, mark in zip(found, marks, strict=True) if mark not in self.known]

    def shrunk(self, findings: Iterable[Finding]) -> Baseline:
        """Only what is still found."""
        still = set(fingerprints(findings))
        return Baseline({mark: words for mark, words in self.known.items() if mark in still})

    def dump(self) -> str:
        """The file's text, the same for the same findings."""
        entries = dict(sorted(self.known.items(), key=lambda entry: (entry[1], entry[0])))
        return json.dumps({"version": VERSION, "known": entries}, indent=2) + "\n"


def baseline_of(findings: Iterable[Finding]) -> Baseline:
    """Everything that is found now."""
    found = list(findings)
    words = [f"{one.id} {portable(one.file)} {one.pointer}".rstrip() for one in found]
    return Baseline(dict(zip(fingerprints(found), words, strict=True)))


def parse(text: str) -> Baseline:
    """The baseline that `dump` wrote.

    Raises:
        BaselineError: it is something else, or of a later version.
    """
    try:
        data = json.loads(text)
    except ValueError as err:
        raise BaselineError(str(err)) from err
    known = data.get("known") if isinstance(data, dict) else None
    if not isinstance(known, dict) or data.get("version") != VERSION:
        raise BaselineError(f'expected {{"version": {VERSION}, "known": …}}')
    return Baseline(known)
