# SPDX-License-Identifier: Apache-2.0
"""What a finding is recognised by tomorrow: file, pointer and rule, never a line number."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from velaserve_lint.finding import Finding


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """One for each finding, in their order.

    Findings of one rule at one pointer of one file, as in its several documents, are counted.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    result = []
    for finding in findings:
        key = (portable(finding.file), finding.pointer, finding.id)
        seen[key] += 1
        result.append(_digest(*key, str(seen[key])))
    return result


def portable(file: str) -> str:
    """What a file is called from the current folder, whichever way it was named; with slashes."""
    if file == "-":
        return file
    path = Path(os.path.normpath(file))
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _digest(*parts: str) -> str:
    from hashlib import sha256

    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return sha256(text).hexdigest()[:32]
