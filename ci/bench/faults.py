# SPDX-License-Identifier: Apache-2.0
"""Which mistakes velaserve-lint finds when they are put into clean manifests.

    PYTHONPATH=tests python -m ci.bench.faults [WORD…]

Injections and those that were found, for each fault whose name has one of the words, with the
first that were missed, and the first that cause more than one error.
"""

from __future__ import annotations

import sys

from support.faults.families import FAMILIES
from support.faults.injection import by_kind, outcome


def main(words: list[str]) -> None:
    listed = ", ".join(f"{kind} {number}" for kind, number in by_kind().most_common())
    print(f"{by_kind().total()} clean objects: {listed}")
    for family, faults in FAMILIES.items():
        chosen = [fault for fault in faults if not words or any(w in fault.name for w in words)]
        rows = [outcome(fault) for fault in chosen]
        applied = sum(row.applied for row in rows)
        found = applied - sum(len(row.missed) for row in rows)
        cascades = sum(len(row.cascades) for row in rows)
        print(f"\n{family}: {applied} injections, {found} found, {cascades} said more than once")
        for row in rows:
            print(row.row)


if __name__ == "__main__":
    main(sys.argv[1:])
