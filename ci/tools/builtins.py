# SPDX-License-Identifier: Apache-2.0
"""Writes the names of KubeVela's built-in types: python -m ci.tools.builtins [--check].

For the linter; read from KubeVela's Go module, which `go mod download` fetches once.
"""

import json
import re
import sys
from pathlib import Path

from ci.tools.gomod import module_dir
from ci.tools.made import settle
from ci.tools.pins import load, module
from ci.tools.tree import ROOT

TARGET = ROOT / "validator" / "velaserve_lint" / "builtins.json"
KUBEVELA = module(load(), "github.com/oam-dev/kubevela")
DEFINITIONS = "charts/vela-core/templates/defwithtemplate"
KINDS = {
    "ComponentDefinition": "component",
    "TraitDefinition": "trait",
    "PolicyDefinition": "policy",
    "WorkflowStepDefinition": "workflow-step",
}
# Built into the controller, without a definition of that name: apis/core.oam.dev/v1alpha1.
WITHOUT_DEFINITION = {"policy": ["debug", "env-binding"]}


def builtins_text(folder: Path) -> str:
    """What builtins.json holds."""
    types = {kind: set(WITHOUT_DEFINITION.get(kind, ())) for kind in KINDS.values()}
    for file in (folder / DEFINITIONS).glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        types[KINDS[_field("kind", text)]].add(_field("  name", text))
    names = {kind: sorted(names) for kind, names in types.items()}
    source, version = f"{KUBEVELA.path}/{DEFINITIONS}", f"v{KUBEVELA.version}"
    table = {"source": source, "version": version, "types": names}
    return json.dumps(table, indent=2) + "\n"


def _field(key: str, text: str) -> str:
    """The files are Helm templates, so no YAML parser reads them."""
    found = re.search(rf"^{key}: (\S+)$", text, re.MULTILINE)
    if found is None:
        raise ValueError(f"no line '{key}: …' in a definition of {KUBEVELA}")
    return found[1]


def main(check: bool) -> int:
    return settle([(TARGET, builtins_text(module_dir(KUBEVELA.path, offline=check)))], check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
