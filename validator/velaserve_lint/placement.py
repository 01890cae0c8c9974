# SPDX-License-Identifier: Apache-2.0
"""What a component says of where its pods run, as the part of a pod that its definition makes it.

components/model-serving puts `placement` into the pods as it is: what rules know of pods holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.cursor import Cursor
from velaserve_lint.manifest import Manifest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application

_TYPE, _PROPERTY = "model-serving", "placement"


def placements(application: Application) -> Iterator[Manifest]:
    """The pods, of which nothing else is known; what is found in them stands in the properties."""
    for one in application.components:
        placement = one.properties.get(_PROPERTY)
        if one.definition == _TYPE and isinstance(placement, dict):
            path = (*one.path, "properties", _PROPERTY)
            yield _pod(Cursor(application.document, path, placement))


def _pod(placement: Cursor) -> Manifest:
    from velaserve_lint.checklist.derived import Origin  # few components say where they run
    from velaserve_lint.checklist.sketch import Sketch

    sketch = Sketch(Origin(placement))
    sketch.lay(("spec",), placement.value, Origin(placement, is_copy=True))
    root = sketch.cursor(placement.document.file)
    return Manifest(root, "v1", "Pod", is_part=True)
