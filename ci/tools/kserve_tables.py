# SPDX-License-Identifier: Apache-2.0
"""Writes what the linter knows of KServe: python -m ci.tools.kserve_tables [--check].

Of the runtimes that KServe brings, from its Go module, and of ours: formats, protocols and flags.
And the annotations that KServe's code has names for.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from ci.cluster.manifests import KSERVE, Manifest, read
from ci.tools.gomod import module_dir
from ci.tools.made import settle
from ci.tools.pins import load, module
from ci.tools.tree import ROOT

RULES = ROOT / "validator" / "velaserve_lint" / "rules" / "kserve"
RUNTIMES, ANNOTATIONS = RULES / "known_runtimes.json", RULES / "known_annotations.json"
OURS = ROOT / "ci" / "addon" / "runtimes"
THEIRS = "config/runtimes"
SERVER = "kserve-container"
GRACE = "VELASERVE_GRACE_PERIOD_S"
CODE, GROUP = "pkg", "serving.kserve.io"
# A constant with the group in front, or the whole key.
KEY = re.compile(
    r'(?:KServeAPIGroupName \+ "|"((?:serving|storage|prometheus)\.kserve\.io))/([\w-]+)"'
)


def runtimes_text(folder: Path) -> str:
    """What known_runtimes.json holds, a runtime a line."""
    rows = {each["metadata"]["name"]: _row(each) for each in _runtimes(folder)}
    lines = [f"    {json.dumps(name)}: {json.dumps(rows[name])}" for name in sorted(rows)]
    return "\n".join(["{", *_head(THEIRS), '  "runtimes": {', ",\n".join(lines), "  }", "}", ""])


def annotations_text(folder: Path) -> str:
    """What known_annotations.json holds, a key a line; KServe's own notes to itself are none."""
    files = (file for file in folder.joinpath(CODE).rglob("*.go") if "_test" not in file.name)
    found = (KEY.findall(file.read_text(encoding="utf-8")) for file in files)
    keys = {f"{group or GROUP}/{name}" for each in found for group, name in each}
    lines = [f"    {json.dumps(key)}" for key in sorted(keys) if not _is_version(key)]
    return "\n".join(["{", *_head(CODE), '  "annotations": [', ",\n".join(lines), "  ]", "}", ""])


def _head(folder: str) -> list[str]:
    pinned = module(load(), KSERVE)
    return [f'  "source": "{pinned.path}/{folder}",', f'  "version": "v{pinned.version}",']


def _is_version(key: str) -> bool:
    """Of an API: serving.kserve.io/v1beta1."""
    return re.fullmatch(r"v\d\w*", key.partition("/")[2]) is not None


def _runtimes(folder: Path) -> Iterator[Manifest]:
    for place in (folder / THEIRS, OURS):
        for file in sorted(place.glob("*.yaml")):
            yield from (each for each in read(file) if each["kind"] == "ClusterServingRuntime")


def _row(runtime: Manifest) -> dict[str, object]:
    spec = runtime["spec"]
    [server] = [each for each in spec["containers"] if each["name"] == SERVER]
    env = {each["name"]: each.get("value") for each in server.get("env", ())}
    flags = {arg.partition("=")[0] for arg in server.get("args", ()) if arg.startswith("--")}
    row: dict[str, object] = {
        "formats": [_format(each) for each in spec["supportedModelFormats"]],
        "protocols": spec.get("protocolVersions", []),
        "flags": sorted(flags),
        "workers": "workerSpec" in spec,
        "graceSeconds": int(env[GRACE]) if GRACE in env else None,
    }
    return {key: value for key, value in row.items() if value}


def _format(row: Manifest) -> list[object]:
    """Name, version, and whether KServe may choose the runtime for it by itself."""
    return [row["name"], row.get("version"), row.get("autoSelect", False)]


def main(check: bool) -> int:
    folder = module_dir(KSERVE, offline=check)
    texts = [(RUNTIMES, runtimes_text(folder)), (ANNOTATIONS, annotations_text(folder))]
    return settle(texts, check)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
