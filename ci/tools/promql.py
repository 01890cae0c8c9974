# SPDX-License-Identifier: Apache-2.0
"""Writes the functions of PromQL and what they take: python -m ci.tools.promql [--check].

For the linter; read from Prometheus' Go module, which `go mod download` fetches once.
"""

import json
import re
import sys
from pathlib import Path

from ci.tools.gomod import module_dir
from ci.tools.made import settle
from ci.tools.pins import load, module
from ci.tools.tree import ROOT

TARGET = ROOT / "validator" / "velaserve_lint" / "promql" / "functions.json"
PROMETHEUS = module(load(), "github.com/prometheus/prometheus")
TABLE = "promql/parser/functions.go"
_TYPES = {"Vector": "vector", "Scalar": "scalar", "Matrix": "matrix", "String": "string"}
_FUNCTION = re.compile(r'^\t"(\w+)": \{\n(.*?)^\t\},$', re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^\t\t(\w+): +(.*),$", re.MULTILINE)
_TYPE = re.compile(r"ValueType(\w+)\b(?!\{)")


def functions_text(folder: Path) -> str:
    """What functions.json holds."""
    source = (folder / TABLE).read_text(encoding="utf-8")
    functions = {name: _function(body) for name, body in _FUNCTION.findall(source)}
    if len(functions) != source.count("ReturnType: "):
        raise ValueError(f"{TABLE} of {PROMETHEUS} is not as this script expects it")
    head = {"source": f"{PROMETHEUS.path}/{TABLE}", "version": f"v{PROMETHEUS.version}"}
    rows = ",\n".join(f'    "{name}": {json.dumps(row)}' for name, row in sorted(functions.items()))
    return f'{json.dumps(head, indent=2)[:-2]},\n  "functions": {{\n{rows}\n  }}\n}}\n'


def _function(body: str) -> dict[str, list[str] | str | int]:
    fields = dict(_FIELD.findall(body))
    [returns] = _types(fields["ReturnType"])
    arguments = _types(fields["ArgTypes"])
    return {"arguments": arguments, "variadic": int(fields.get("Variadic", 0)), "returns": returns}


def _types(text: str) -> list[str]:
    return [_TYPES[name] for name in _TYPE.findall(text)]


def main(check: bool) -> int:
    return settle([(TARGET, functions_text(module_dir(PROMETHEUS.path, offline=check)))], check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
