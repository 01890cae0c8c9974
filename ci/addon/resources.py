# SPDX-License-Identifier: Apache-2.0
"""The addon's Kubernetes objects as CUE, which can ask for a parameter."""

import json
from pathlib import Path

from ci.cluster import manifests
from ci.install.image import ASCEND_LOCAL, LOCAL
from ci.tools.tree import ROOT

FOLDERS = {name: ROOT / "ci" / "addon" / name for name in ("runtimes", "storage")}
"""By the field that the template reads."""
# KubeVela leaves out, without a word, what is not in the package of the template.
_HEAD = "// Made from {source} by ci/addon/resources.py; not for editing.\npackage main\n\n"


def text(field: str) -> str:
    """A CUE file with the objects of a folder in one field."""
    folder = FOLDERS[field]
    objects = [_made(each) for file in files(folder) for each in manifests.read(file)]
    source = f"{folder.relative_to(ROOT).as_posix()}/*.yaml"
    made = ",\n".join(objects)
    return f"{_HEAD.format(source=source)}{field}: [\n{made},\n]\n"


def _made(manifest: manifests.Manifest) -> str:
    """With the images that the user names; one that may be left out takes its object with it."""
    text = json.dumps(manifest, indent="\t", ensure_ascii=False)
    text = text.replace(json.dumps(LOCAL), "parameter.image")
    if json.dumps(ASCEND_LOCAL) not in text:
        return text
    return f"if parameter.ascendImage != _|_ {text}".replace(
        json.dumps(ASCEND_LOCAL), "parameter.ascendImage"
    )


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.yaml"))
