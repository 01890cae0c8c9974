# SPDX-License-Identifier: Apache-2.0
"""Makes the linter's tables of fields and of APIs: python -m ci.tools.fields [--check].

From the pinned Go modules, which `go mod download` fetches once.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from ci.tools.fields.apis import apis
from ci.tools.fields.tables import tables
from ci.tools.fields.text import spread
from ci.tools.made import settle
from ci.tools.tree import ROOT

FOLDER = ROOT / "validator" / "velaserve_lint" / "fields"


def made(*, offline: bool = False) -> Iterator[tuple[Path, str]]:
    """The files with what they hold.

    Raises:
        NotReady: a module is not to be had.
    """
    made_tables = dict(tables(offline=offline))
    made_tables["apis"] = apis(made_tables, offline=offline)
    for name, table in made_tables.items():
        yield FOLDER / f"{name}.json", spread(table, 2) + "\n"


def main(check: bool) -> int:
    return settle(made(offline=check), check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
