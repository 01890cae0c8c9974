# SPDX-License-Identifier: Apache-2.0
"""Writes the names of KubeVela's built-in types: python -m ci.tools.builtins [--check].

For the linter; read from KubeVela's Go module, which `go mod download` fetches once.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "validator" / "velaserve_lint" / "builtins.json"
MODULE, VERSION = "github.com/oam-dev/kubevela", "v1.10.9"
DEFINITIONS = "charts/vela-core/templates/defwithtemplate"
KINDS = {
    "ComponentDefinition": "component",
    "TraitDefinition": "trait",
    "PolicyDefinition": "policy",
    "WorkflowStepDefinition": "workflow-step",
}
# Built into the controller, without a definition of that name: apis/core.oam.dev/v1alpha1.
WITHOUT_DEFINITION = {"policy": ["debug", "env-binding"]}


class ModuleMissing(Exception):
    """Raised when KubeVela's module is neither cached nor to be had."""


def module_folder(*, download: bool) -> Path:
    """Where KubeVela's source is on this machine.

    Raises:
        ModuleMissing: there is no `go`, or it cannot get the module.
    """
    env = os.environ if download else os.environ | {"GOPROXY": "off"}
    command = ["go", "mod", "download", "-json", f"{MODULE}@{VERSION}"]
    try:
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    except FileNotFoundError as err:
        raise ModuleMissing("no go command on PATH") from err
    folder: str | None = json.loads(done.stdout or "{}").get("Dir")
    if folder is None:
        raise ModuleMissing(f"{MODULE}@{VERSION} is not in the Go module cache")
    return Path(folder)


def builtins_text(module: Path) -> str:
    """What builtins.json holds."""
    types = {kind: set(WITHOUT_DEFINITION.get(kind, ())) for kind in KINDS.values()}
    for file in (module / DEFINITIONS).glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        types[KINDS[_field("kind", text)]].add(_field("  name", text))
    names = {kind: sorted(names) for kind, names in types.items()}
    table = {"source": f"{MODULE}/{DEFINITIONS}", "version": VERSION, "types": names}
    return json.dumps(table, indent=2) + "\n"


def _field(key: str, text: str) -> str:
    """The files are Helm templates, so no YAML parser reads them."""
    found = re.search(rf"^{key}: (\S+)$", text, re.MULTILINE)
    if found is None:
        raise ValueError(f"no line '{key}: …' in a definition of {MODULE}@{VERSION}")
    return found[1]


def main(check: bool) -> int:
    text = builtins_text(module_folder(download=not check))
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    print(f"{TARGET.relative_to(ROOT)}: {'stale' if check else 'written'}")
    if not check:
        TARGET.write_text(text, encoding="utf-8")
    return int(check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
