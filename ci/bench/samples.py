# SPDX-License-Identifier: Apache-2.0
"""What velaserve-lint finds in other projects' manifests: mistakes, and what production lacks.

    PYTHONPATH=tests python -m ci.bench.samples [ID…]

With ids, each finding of these rules is printed.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from support.samples import samples
from velaserve_lint import Coverage, Severity, describe, lint
from velaserve_lint.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKED = Settings(checklist=True)


def main(ids: list[str]) -> None:
    found: Counter[tuple[Severity, str]] = Counter()
    missed: Counter[str] = Counter()
    coverage = Coverage()
    for sample in samples():
        report = lint(sample.content, sample.name, CHECKED)
        coverage += report.coverage
        missed.update(one.id for one in report.findings if not one.id.startswith("VS"))
        found.update((one.severity, one.id) for one in report.findings if one.id.startswith("VS"))
        for one in report.findings:
            if one.id in ids:
                print(f"{one.file}:{one.span.line}: {one.id}: {describe(one)}")
    print(
        f"{coverage.files} files, {coverage.applications} Applications, {coverage.objects} objects"
    )
    for severity in reversed(Severity):
        show(severity.word, {rule: n for (of, rule), n in found.items() if of is severity})
    show("checklist", missed)


def show(kind: str, rules: Mapping[str, int]) -> None:
    listed = ", ".join(f"{rule} {n}" for rule, n in sorted(rules.items()))
    print(f"{kind}: {sum(rules.values())} ({listed})")


if __name__ == "__main__":
    main(sys.argv[1:])
