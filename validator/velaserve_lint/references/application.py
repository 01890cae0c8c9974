# SPDX-License-Identifier: Apache-2.0
"""What an Application needs by the properties of our own types."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.cursor import Cursor
from velaserve_lint.reach import reach
from velaserve_lint.references.fields import MODELS, PROPERTIES
from velaserve_lint.references.model import reference_of_storage, reference_of_uri
from velaserve_lint.references.pod import references_of_volumes
from velaserve_lint.references.reference import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Typed
    from velaserve_lint.references.reference import Reference


class Outline(NamedTuple):
    """What of an Application matters to the rest of a run; light, for there may be thousands."""

    file: str
    components: tuple[str, ...]
    references: tuple[Reference, ...]


def outline_of(application: Application) -> Outline:
    """The names that its objects have, or begin with, and those of the objects that it needs."""
    return Outline(
        application.document.file,
        tuple(component.name for component in application.components if component.name),
        tuple(one for typed in application.typed() for one in _of(application, typed)),
    )


def _of(application: Application, typed: Typed) -> Iterator[Reference]:
    names, models = PROPERTIES.get(typed.definition, {}), MODELS.get(typed.definition, ())
    if not names and not models:
        return
    namespace = application.namespace
    properties = Cursor(application.document, (*typed.path, "properties"), typed.properties)
    for path, kinds in names.items():
        for name in reach(properties, path):
            yield from reference(name, kinds, namespace)
    for path in models:
        for uri in reach(properties, path):
            yield from reference_of_uri(uri, namespace)
    yield from reference_of_storage(properties.at("storage"), namespace)
    if "volumes" in typed.properties:
        yield from references_of_volumes(properties.at("volumes"), namespace)
