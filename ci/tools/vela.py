# SPDX-License-Identifier: Apache-2.0
"""Renders Applications with KubeVela's own program, without a cluster."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import cast

import yaml

from ci.addon import nowhere
from ci.tools.pins import load, named
from ci.tools.schema import Json, definitions

Object = dict[str, Json]

# It ends at 150 MB: collecting garbage before that is a third of its time.
_SHORT_LIFE = {"GOGC": "off"}

VERSIONS = [pin.module.version for pin in named(load(), "vela")]


class VelaRefused(Exception):
    """KubeVela ended with an error; the text is what it printed."""


@dataclass
class Vela:
    """The program in one version, and a folder for what it keeps."""

    program: Path
    home: Path
    _rendered: dict[str, list[Object]] = field(default_factory=dict)

    def run(self, *arguments: str | Path) -> str:
        """What it prints.

        Raises:
            VelaRefused: it ended with an error.
        """
        own = {"KUBECONFIG": str(self._config), "VELA_HOME": str(self.home)}
        done = subprocess.run(
            [self.program, *arguments],
            env=os.environ | own | _SHORT_LIFE,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise VelaRefused(done.stdout + done.stderr)
        return done.stdout

    def render(self, application: Mapping[str, object]) -> list[Object]:
        """The objects of an Application, without what KubeVela adds to each.

        Raises:
            VelaRefused: a definition refuses the Application.
        """
        text = yaml.safe_dump(dict(application))
        if text not in self._rendered:
            self._rendered[text] = [_bare(each) for each in self._dry_run(text)]
        return self._rendered[text]

    def _dry_run(self, text: str) -> list[Object]:
        file = self.home / "app.yaml"
        file.write_text(text, encoding="utf-8")
        printed = self.run("dry-run", "--offline", "-f", file, "-d", self._definitions)
        return [each for each in yaml.safe_load_all(printed) if each]

    @cached_property
    def _config(self) -> Path:
        return nowhere.write(self.home)

    @cached_property
    def _definitions(self) -> Path:
        """A folder with nothing but definitions: KubeVela reads everything in it as one."""
        folder = self.home / "definitions"
        folder.mkdir()
        for file in definitions():
            (folder / file.name).write_bytes(file.read_bytes())
        return folder


def _bare(each: Object) -> Object:
    """Without KubeVela's own labels, which name the revision and the trait."""
    metadata = dict(cast("Object", each["metadata"]))
    for key in ("labels", "annotations"):
        values = cast("Object", metadata.pop(key, None) or {})
        if kept := {name: value for name, value in values.items() if not _is_kubevelas(name)}:
            metadata[key] = kept
    return each | {"metadata": metadata}


def _is_kubevelas(key: str) -> bool:
    return key.partition("/")[0].endswith("oam.dev")
