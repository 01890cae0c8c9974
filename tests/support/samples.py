# SPDX-License-Identifier: Apache-2.0
"""Manifests that other projects wrote: read from the pinned Go modules, none is copied here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ci.tools.gomod import module_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Folders of manifests that are meant for a cluster as they are: no charts, no overlays.
FOLDERS = {
    "github.com/kserve/kserve": (*("config/runtimes", "docs/samples", "test/e2e"),),
    "github.com/oam-dev/kubevela": (
        *("docs/examples", "e2e", "pkg/appfile/testdata", "references"),
        *("test/e2e-addon-test/testdata", "test/e2e-multicluster-test/testdata"),
        *("test/e2e-test/testdata", "vela-templates/definitions/usage-examples"),
    ),
    "k8s.io/kubernetes": (
        *("cluster/addons", "hack/testdata", "test/e2e/testing-manifests"),
        *("test/fixtures/doc-yaml", "test/kubemark/resources"),
    ),
}


class Sample(NamedTuple):
    """A file of a module; `name` is its place below the module's last word."""

    name: str
    content: bytes


@cache
def samples() -> tuple[Sample, ...]:
    """All of them, by name.

    Raises:
        NotReady: there is no Go, or a module is not to be had.
    """
    return tuple(sorted(_samples()))


def _samples() -> Iterator[Sample]:
    for module, folders in FOLDERS.items():
        root = module_dir(module)
        for folder in folders:
            for file in _yaml(root / folder):
                yield Sample(
                    f"{root.name.partition('@')[0]}/{file.relative_to(root)}", file.read_bytes()
                )


def _yaml(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*.y*ml"):
        if file.is_file() and "templates" not in file.parts:
            yield file
