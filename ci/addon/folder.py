# SPDX-License-Identifier: Apache-2.0
"""The addon as a folder. KubeVela reads these names and passes over any other in silence."""

import shutil
from pathlib import Path

from ci.addon import forms, metadata, readme, resources
from ci.tools.schema import definitions
from ci.tools.tree import ROOT

_FILES = ROOT / "ci" / "addon" / "files"


def contents() -> dict[str, str]:
    """The text of each file by its path, sorted."""
    found = {file.name: file.read_text(encoding="utf-8") for file in _FILES.iterdir()}
    found["README.md"] = readme.text(found["README.md"])
    found["metadata.yaml"] = metadata.text()
    for field in resources.FOLDERS:
        found[f"resources/{field}.cue"] = resources.text(field)
    for file in definitions():
        found[f"definitions/{file.name}"] = file.read_text(encoding="utf-8")
        found[f"schemas/{forms.name(file)}"] = forms.text(file)
    return dict(sorted(found.items()))


def write(folder: Path) -> None:
    """Make the folder anew: what an earlier run or `vela addon package` left would be in it."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, text in contents().items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
