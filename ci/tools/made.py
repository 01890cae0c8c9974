# SPDX-License-Identifier: Apache-2.0
"""Files that are made from others: written, or with --check only compared."""

from collections.abc import Iterable
from pathlib import Path

from ci.tools.tree import ROOT


def settle(files: Iterable[tuple[Path, str]], check: bool) -> int:
    """Print what is written or stale; returns 1 where `check` finds a stale file, else 0."""
    stale = [(target, text) for target, text in files if _differs(target, text)]
    for target, text in stale:
        print(f"{target.relative_to(ROOT)}: {'stale, run make generate' if check else 'written'}")
        if not check:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    return int(check and bool(stale))


def _differs(target: Path, text: str) -> bool:
    return not target.exists() or target.read_text(encoding="utf-8") != text
