# SPDX-License-Identifier: Apache-2.0
"""The objects of a component, as far as the checklist asks, by the table of contributions.

CUE renders. The table says which part of a render is due to which property or trait; it is made by
rendering small Applications (ci/tools/checklist), never by hand, and tests compare what is put
together here with whole renders.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.contribution import contribute
from velaserve_lint.checklist.data import load
from velaserve_lint.checklist.derived import Origin
from velaserve_lint.checklist.sketch import Sketch
from velaserve_lint.checklist.written import Written
from velaserve_lint.manifest import manifests_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.application import Application, Component
    from velaserve_lint.checklist.contribution import Row
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.targets import Targets


def is_known(definition: str) -> bool:
    """Whether it is a component of ours."""
    return definition in load("contributions.json")["components"]


def assembled(
    component: Component, application: Application, targets: Targets
) -> Iterator[Manifest]:
    """The objects of a component whose defaults are filled in; of a foreign type none."""
    if not is_known(component.definition):
        return
    rows = load("contributions.json")["components"][component.definition]
    sketch = sketched(rows, component, application)
    for _, root in sketch.cursor(application.document.file).entries():
        yield from manifests_at(root, targets)


def sketched(rows: Sequence[Row], component: Component, application: Application) -> Sketch:
    """Whatever of the rows the component and its traits ask for, one after the other."""
    written = Written(component, application.document)
    sketch = Sketch(Origin(written.type_of("")))
    for row in rows:
        if all(written.holds(condition) for condition in row["when"]):
            contribute(row, sketch, written, component.name)
    for key in sketch.keys() if application.namespace else ():
        path = (key, "metadata", "namespace")
        sketch.lay(path, application.namespace, Origin(written.type_of("")))
    return sketch
