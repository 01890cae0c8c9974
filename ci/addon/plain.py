# SPDX-License-Identifier: Apache-2.0
"""Definitions and runtimes as one file for `kubectl apply`."""

import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from ci.addon import nowhere, resources
from ci.cluster.kubevela import NAMESPACE
from ci.install import programs
from ci.tools.schema import definitions


def text(vela: Path, images: Mapping[str, str]) -> str:
    """Every definition as `vela` renders it, and the runtimes whose local image `images` knows.

    Raises:
        CommandFailed: vela refuses a definition.
    """
    return "---\n".join([*_rendered(vela), *_runtimes(images)])


def _runtimes(images: Mapping[str, str]) -> Iterator[str]:
    for file in resources.files(resources.FOLDERS["runtimes"]):
        text = file.read_text(encoding="utf-8")
        for local, image in images.items():
            if f"image: {local}\n" in text:
                yield text.replace(f"image: {local}\n", f"image: {image}\n")


def _rendered(vela: Path) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="velaserve.") as made:
        kubeconfig = str(nowhere.write(Path(made)))
        target = Path(made, "definition.yaml")
        documents = []
        for file in definitions():
            programs.run_vela(vela, kubeconfig, "def", "render", file, "--output", target)
            documents.append(_placed(target.read_text(encoding="utf-8"), file.stem))
    return documents


def _placed(document: str, name: str) -> str:
    """With the namespace where KubeVela looks, which vela leaves to `vela def apply`."""
    line = f"  name: {name}\n"
    placed, count = re.subn(f"^{line}", f"{line}  namespace: {NAMESPACE}\n", document, flags=re.M)
    if count != 1:
        raise ValueError(f"vela def render {name}: expected one line '{line.strip()}', not {count}")
    return placed
