# SPDX-License-Identifier: Apache-2.0
"""Makes the tables of the linter's checklist: python -m ci.tools.checklist [--check].

contributions.json needs KubeVela's program (`make tools/vela`); runtimes.json needs KServe's
module, which `go mod download` fetches once.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from ci.tools.checklist import renders
from ci.tools.checklist.probes import probes
from ci.tools.checklist.rows import Row, rows
from ci.tools.checklist.runtimes import runtimes
from ci.tools.errors import NotReady
from ci.tools.fields.text import spread
from ci.tools.made import settle
from ci.tools.tree import ROOT

FOLDER = ROOT / "validator" / "velaserve_lint" / "checklist"
COMMENT = "Made by ci/tools/checklist; not for editing."


def made(*, offline: bool = False) -> Iterator[tuple[Path, str]]:
    """The files with what they hold.

    Raises:
        NotReady: KubeVela's program or KServe's module is not there.
    """
    yield FOLDER / "runtimes.json", known_runtimes(offline=offline)
    yield FOLDER / "contributions.json", contributions()


def known_runtimes(*, offline: bool) -> str:
    """What runtimes.json holds."""
    return spread({"comment": COMMENT, **runtimes(offline=offline)}, 2) + "\n"


def contributions() -> str:
    """What contributions.json holds."""
    by_component = probes()
    every = [probe for listed in by_component.values() for probe in listed]
    rendered = dict(zip(every, renders.render(every), strict=True))
    found = {
        name: rows(listed, [rendered[probe] for probe in listed])
        for name, listed in by_component.items()
    }
    source = {"github.com/oam-dev/kubevela": f"v{renders.VERSION}"}
    head = {"comment": COMMENT, "sources": source}
    return (
        json.dumps(head)[:-1]
        + ', "components": {\n'
        + ",\n".join(map(_lines, found.items()))
        + "\n}}\n"
    )


def _lines(component: tuple[str, list[Row]]) -> str:
    """A line for each row: what changes can be read."""
    name, listed = component
    lines = (json.dumps(row, separators=(",", ":")) for row in listed)
    return f"{json.dumps(name)}: [\n" + ",\n".join(lines) + "\n]"


def main(check: bool) -> int:
    try:
        return settle(made(offline=check), check)
    except NotReady as err:
        print(err, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
