# SPDX-License-Identifier: Apache-2.0
"""Reads a document into an Application, leaving out whatever has the wrong shape."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.application import (
    NO_LINKS,
    Application,
    Component,
    Input,
    Links,
    Name,
    Policy,
    Step,
    Trait,
)
from velaserve_lint.catalogue import SHIPPED
from velaserve_lint.completion import completed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.catalogue import Catalogue
    from velaserve_lint.document import Document, Json
    from velaserve_lint.place import Path

_LINKS = frozenset({"dependsOn", "inputs", "outputs"})


class _Part(NamedTuple):
    """A mapping, or an empty one where the document has something else."""

    data: dict[str, Json]
    path: Path

    def text(self, key: str) -> str:
        value = self.data.get(key)
        return value if isinstance(value, str) else ""

    def part(self, key: str) -> _Part:
        value = self.data.get(key)
        return _Part(value if isinstance(value, dict) else {}, (*self.path, key))

    def parts(self, key: str) -> Iterator[_Part]:
        value = self.data.get(key)
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, dict):
                yield _Part(item, (*self.path, key, index))

    def names(self, key: str) -> Iterator[Name]:
        value = self.data.get(key)
        for index, item in enumerate(value if isinstance(value, list) else ()):
            if isinstance(item, str):
                yield Name(item, (*self.path, key, index))


def read_application(document: Document, catalogue: Catalogue = SHIPPED) -> Application:
    """The Application that the document is meant to be."""
    root = _Part(document.data if isinstance(document.data, dict) else {}, ())
    metadata, spec = root.part("metadata"), root.part("spec")
    application = Application(
        name=metadata.text("name"),
        namespace=metadata.text("namespace"),
        components=tuple(_component(part) for part in spec.parts("components")),
        policies=tuple(_policy(part) for part in spec.parts("policies")),
        steps=tuple(_step(part) for part in spec.part("workflow").parts("steps")),
        document=document,
        catalogue=catalogue,
    )
    added = completed(application)
    return replace(application, completed=added) if added else application


def _component(part: _Part) -> Component:
    return Component(
        kind="component",
        type=part.text("type"),
        properties=part.part("properties").data,
        path=part.path,
        name=part.text("name"),
        traits=tuple(_trait(trait) for trait in part.parts("traits")),
        links=_links(part),
    )


def _trait(part: _Part) -> Trait:
    return Trait("trait", part.text("type"), part.part("properties").data, part.path)


def _policy(part: _Part) -> Policy:
    properties, type_name = part.part("properties"), part.text("type")
    patches = properties.parts("components") if type_name == "override" else ()
    return Policy(
        kind="policy",
        type=type_name,
        properties=properties.data,
        path=part.path,
        name=part.text("name"),
        patches=tuple(_component(patch) for patch in patches),
    )


def _step(part: _Part) -> Step:
    return Step(
        kind="workflow-step",
        type=part.text("type"),
        properties=part.part("properties").data,
        path=part.path,
        name=part.text("name"),
        sub_steps=tuple(_step(sub) for sub in part.parts("subSteps")),
        links=_links(part),
        condition=part.text("if"),
        timeout=part.text("timeout"),
    )


def _links(part: _Part) -> Links:
    if not part.data.keys() & _LINKS:
        return NO_LINKS
    return Links(
        depends_on=tuple(part.names("dependsOn")),
        inputs=tuple(
            Input(each.text("from"), each.text("parameterKey"), each.path)
            for each in part.parts("inputs")
        ),
        outputs=tuple(
            Name(each.text("name"), (*each.path, "name")) for each in part.parts("outputs")
        ),
    )
