# SPDX-License-Identifier: Apache-2.0
"""Writes what definitions need of the tables of names: python -m ci.tools.names [--check].

A definition is one file without imports of ours, so the tables are copied into its package.
"""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from ci.tools.cue import NEW, cue
from ci.tools.made import settle
from ci.tools.tree import ROOT
from velaserve_lint.names import (
    Accelerator,
    accelerators,
    options,
    paths,
    ports,
    runtime,
    server_image,
)

PACKAGE = ROOT / "components" / "model-serving"
HEAD = """\
// SPDX-License-Identifier: Apache-2.0
// Made from validator/velaserve_lint/names/*.toml by ci/tools/names.py; not for editing.
package model_serving
"""


def files() -> dict[Path, str]:
    """Each made file with what it holds."""
    names = {
        "image": server_image(),
        "paths": dict(paths()),
        "ports": {key: _port(key) for key in ports()},
        "protocol": runtime().protocol,
        "runtime": runtime().name,
        "ourRuntimes": f"^({'|'.join(runtime().names)})$",
        "runtimeOf": dict(runtime().of_vendor),
        "variables": {option.parameter: option.env for option in options().values()},
    }
    chips = {chip: _resources(row) for chip, row in accelerators().items()}
    templates = {name for row in accelerators().values() for name in row.vnpu}
    return {
        PACKAGE / "names.cue": _formatted(f"_names: {_json(names)}"),
        PACKAGE / "accelerators.cue": _formatted(f"_accelerators: {_json(chips)}"),
        PACKAGE / "params_chip.cue": _formatted(
            f"#Chip: {_choice(chips)}\n\n#Template: {_choice(sorted(templates))}"
        ),
    }


def _port(key: str) -> dict[str, str | int]:
    port = ports()[key]
    return {"name": port.name, "container": port.container, "service": port.service}


def _resources(row: Accelerator) -> dict[str, object]:
    """What there is of a row, without its key."""
    fields = {_camel(name): value for name, value in asdict(row).items() if name != "chip"}
    return {name: value for name, value in fields.items() if value}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _json(table: Mapping[str, object]) -> str:
    """With the numbers of a list in one line."""
    text = json.dumps(table, indent=1)
    return re.sub(r"\[[\d,\s]*\]", lambda found: f"[{' '.join(found[0][1:-1].split())}]", text)


def _choice(words: Mapping[str, object] | list[str]) -> str:
    return " | ".join(json.dumps(word) for word in words)


def _formatted(body: str) -> str:
    return cue(NEW, "fmt", "--simplify", "-", source=f"{HEAD}\n{body}\n")


def main(check: bool) -> int:
    return settle(files().items(), check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
