# SPDX-License-Identifier: Apache-2.0
"""Everything in a run that the checklist judges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.beside import Beside
from velaserve_lint.checklist.contributions import assembled, is_known
from velaserve_lint.checklist.runtimes import completed
from velaserve_lint.checklist.subject import Subject
from velaserve_lint.cursor import Cursor
from velaserve_lint.defaults import with_defaults
from velaserve_lint.embedded import carries_objects
from velaserve_lint.fields.patches import is_patch
from velaserve_lint.pods import pods_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.application import Application, Component
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.targets import Targets


def subjects(
    manifests: Sequence[Manifest], applications: Sequence[Application], targets: Targets
) -> Iterator[Subject]:
    """Workloads, then components; of a component that carries objects, the objects."""
    beside = Beside(manifests)
    for manifest in manifests:
        if not is_patch(manifest.kind, manifest.root.value):
            yield from _workload(manifest, beside)
    for application in map(with_defaults, applications):
        for component in application.components:
            if not carries_objects(component):
                yield _component(component, application, beside, targets)


def _workload(manifest: Manifest, beside: Beside) -> Iterator[Subject]:
    pods = tuple(one for one in pods_of(completed(manifest, beside)) if one.role != "runtime")
    if pods:
        root = manifest.root
        yield Subject(
            manifest.kind,
            manifest.name,
            "",
            root.at("kind").place,
            pods,
            beside,
            root.document.whole(root.path),
        )


def _component(
    component: Component, application: Application, run: Beside, targets: Targets
) -> Subject:
    """With its own objects beside it, and those of the run."""
    own = list(assembled(component, application, targets))
    beside = Beside(own, around=run)
    document = application.document
    return Subject(
        component.type,
        component.name,
        application.name,
        Cursor(document, (*component.path, "type"), component.type).place,
        tuple(pod for one in own for pod in pods_of(completed(one, beside))),
        beside,
        document.whole(()),
        tuple(document.whole(other.path) for other in application.components if other != component),
        is_known(component.definition),
    )
