# SPDX-License-Identifier: Apache-2.0
"""Writes what is known of KubeVela's built-in types: python -m ci.tools.builtins [--check].

Their names, what a component renders, and what a trait is made for. For the linter; read from the
Go modules of the versions of KubeVela that we know, which `go mod download` fetches once.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ci.tools.gomod import module_dir
from ci.tools.made import settle
from ci.tools.pins import load, module
from ci.tools.tree import ROOT

TARGET = ROOT / "validator" / "velaserve_lint" / "builtins.json"
PATH = "github.com/oam-dev/kubevela"
KUBEVELA = [module(load(), PATH, version) for version in ("1.10.9", "1.11.0")]
DEFINITIONS = "charts/vela-core/templates/defwithtemplate"
KINDS = {
    "ComponentDefinition": "component",
    "TraitDefinition": "trait",
    "PolicyDefinition": "policy",
    "WorkflowStepDefinition": "workflow-step",
}
# Built into the controller, without a definition of that name: apis/core.oam.dev/v1alpha1.
WITHOUT_DEFINITION = {"policy": ["debug", "env-binding"]}
ITEMS = re.compile(r"^  appliesToWorkloads:\n((?:    - \S+\n)+)", re.MULTILINE)
WORKLOAD = re.compile(r"^  workload:\n(?:    .*\n)*?    type: (\S+)$", re.MULTILINE)
DETECTED = "autodetects.core.oam.dev"  # by what is rendered: it may be anything


def builtins_text(folders: Iterable[Path]) -> str:
    """What builtins.json holds; of a type that several versions have, the last word counts."""
    types = {kind: set(WITHOUT_DEFINITION.get(kind, ())) for kind in KINDS.values()}
    workloads: dict[str, str] = {}
    applies: dict[str, list[str]] = {}
    for text in _definitions(folders):
        kind, name = KINDS[_field("kind", text)], _field("  name", text)
        types[kind].add(name)
        if kind == "component" and (workload := WORKLOAD.search(text)):
            workloads[name] = workload[1]
        if kind == "trait" and (items := ITEMS.search(text)):
            applies[name] = [one.strip("' -") for one in items[1].splitlines()]
    table = {
        "source": f"{PATH}/{DEFINITIONS}",
        "versions": [f"v{one.version}" for one in KUBEVELA],
        "types": {kind: sorted(names) for kind, names in types.items()},
        "workloads": {name: one for name, one in workloads.items() if one != DETECTED},
        "appliesTo": {name: made_for for name, made_for in applies.items() if "*" not in made_for},
    }
    return json.dumps(table, indent=2) + "\n"


def folders(*, offline: bool) -> list[Path]:
    """Of KubeVela's modules, the newest last.

    Raises:
        NotReady: one of them is not there.
    """
    return [module_dir(PATH, one.version, offline=offline) for one in KUBEVELA]


def _definitions(folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        for file in sorted((folder / DEFINITIONS).glob("*.yaml")):
            yield file.read_text(encoding="utf-8")


def _field(key: str, text: str) -> str:
    """The files are Helm templates, so no YAML parser reads them."""
    found = re.search(rf"^{key}: (\S+)$", text, re.MULTILINE)
    if found is None:
        raise ValueError(f"no line '{key}: …' in a definition of {PATH}")
    return found[1]


def main(check: bool) -> int:
    return settle([(TARGET, builtins_text(folders(offline=check)))], check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
