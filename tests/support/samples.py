# SPDX-License-Identifier: Apache-2.0
"""Manifests that other projects wrote: read from the pinned Go modules, none is copied here."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ci.tools.gomod import module_dir

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Origin(NamedTuple):
    """Folders of a module whose manifests are meant for a cluster as they are: no charts."""

    name: str
    module: str
    version: str | None
    folders: tuple[str, ...]

    def files(self) -> Iterator[tuple[str, Path]]:
        """Each manifest, and what it is called: its place below the origin's name."""
        root = module_dir(self.module, self.version)
        for folder in self.folders:
            for file in _yaml(root / folder):
                yield f"{self.name}/{file.relative_to(root).as_posix()}", file


KUBEVELA = (
    *("docs/examples", "e2e", "pkg", "references", "test/e2e-addon-test/testdata"),
    *("test/e2e-multicluster-test/testdata", "test/e2e-test/testdata"),
    "vela-templates/definitions/usage-examples",
)
ORIGINS = (
    Origin("gateway-api", "sigs.k8s.io/gateway-api", None, ("conformance", "examples")),
    Origin("keda", "github.com/kedacore/keda/v2", None, ("config",)),
    Origin(
        "kserve",
        "github.com/kserve/kserve",
        None,
        (
            *("config/configmap", "config/default", "config/llmisvc", "config/llmisvcconfig"),
            *("config/localmodelnodes", "config/localmodels", "config/manager", "config/rbac"),
            *("config/runtimes", "config/storagecontainers", "config/webhook"),
            *("docs/samples", "hack/kserve_migration", "test"),
        ),
    ),
    Origin("kubernetes", "k8s.io/kubernetes", None, ("cluster/addons", "hack/testdata", "test")),
    Origin("kubevela", "github.com/oam-dev/kubevela", "1.10.9", KUBEVELA),
    Origin("kubevela-1.11", "github.com/oam-dev/kubevela", "1.11.0", KUBEVELA),
    Origin("metrics-server", "sigs.k8s.io/metrics-server", None, ("manifests",)),
    Origin("prometheus", "github.com/prometheus/prometheus", None, ("documentation/examples",)),
    Origin(
        "prometheus-operator",
        "github.com/prometheus-operator/prometheus-operator",
        None,
        ("example", "test/framework/resources"),
    ),
    Origin(
        "traefik",
        "github.com/traefik/traefik/v3",
        None,
        ("docs/content", "integration/fixtures", "pkg/provider/kubernetes"),
    ),
)


# Much text that the linter has nothing to say about.
DEFINES = b"\nkind: CustomResourceDefinition\n"


class Sample(NamedTuple):
    """A file of a module."""

    name: str
    content: bytes


@cache
def samples() -> tuple[Sample, ...]:
    """All of them, by name; of those that say the same, the first origin's.

    Raises:
        NotReady: there is no Go, or a module is not to be had.
    """
    names: dict[bytes, str] = {}
    for origin in ORIGINS:
        for name, file in sorted(origin.files()):
            names.setdefault(file.read_bytes(), name)
    return tuple(
        sorted(Sample(name, content) for content, name in names.items() if DEFINES not in content)
    )


def _yaml(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*.y*ml"):
        if file.is_file() and "templates" not in file.parts:
            yield file
