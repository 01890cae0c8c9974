# SPDX-License-Identifier: Apache-2.0
"""The addon's Kubernetes objects as CUE, which can ask for a parameter."""

import json
from pathlib import Path

from ci.cluster import manifests
from ci.install.image import LOCAL
from ci.tools.tree import ROOT

FOLDERS = {name: ROOT / "ci" / "addon" / name for name in ("runtimes", "storage")}
"""By the field that the template reads."""
# KubeVela leaves out, without a word, what is not in the package of the template.
_HEAD = "// Made from {source} by ci/addon/resources.py; not for editing.\npackage main\n\n"


def text(field: str) -> str:
    """A CUE file with the objects of a folder in one field."""
    folder = FOLDERS[field]
    objects = [each for file in files(folder) for each in manifests.read(file)]
    made = json.dumps(objects, indent="\t", ensure_ascii=False)
    made = made.replace(json.dumps(LOCAL), "parameter.image")
    source = f"{folder.relative_to(ROOT).as_posix()}/*.yaml"
    return f"{_HEAD.format(source=source)}{field}: {made}\n"


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))
