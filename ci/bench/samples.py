# SPDX-License-Identifier: Apache-2.0
"""What velaserve-lint finds in other projects' manifests, by severity and rule.

    PYTHONPATH=tests python -m ci.bench.samples [ID…]

With ids, each finding of these rules is printed.
"""

from __future__ import annotations

import sys
from collections import Counter

from support.samples import samples
from velaserve_lint import Coverage, Severity, describe, lint


def main(ids: list[str]) -> None:
    found: Counter[tuple[Severity, str]] = Counter()
    coverage = Coverage()
    for sample in samples():
        report = lint(sample.content, sample.name)
        coverage += report.coverage
        found.update((one.severity, one.id) for one in report.findings)
        for one in report.findings:
            if one.id in ids:
                print(f"{one.file}:{one.span.line}: {one.id}: {describe(one)}")
    print(
        f"{coverage.files} files, {coverage.applications} Applications, {coverage.objects} objects"
    )
    for severity in reversed(Severity):
        rules = {rule: n for (of, rule), n in found.items() if of is severity}
        listed = ", ".join(f"{rule} {n}" for rule, n in sorted(rules.items()))
        print(f"{severity.word}: {sum(rules.values())} ({listed})")


if __name__ == "__main__":
    main(sys.argv[1:])
