# SPDX-License-Identifier: Apache-2.0
"""What steps and components give each other: inputs that come from no output."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.place import Path

# What KubeVela itself has for an input.
_OF_THE_CONTEXT = frozenset({"context", "parameter"})


class UnknownInput(NamedTuple):
    """`is_certain` where no step of an unknown type could give it."""

    name: str
    path: Path
    known: Collection[str]
    is_certain: bool


def unknown_inputs(application: Application) -> Iterator[UnknownInput]:
    """Inputs whose source is no output, nor a part of one."""
    linked = [component.links for component in application.components]
    linked += [step.links for step in application.all_steps]
    if not any(links.inputs for links in linked):
        return
    known = {output.name for links in linked for output in links.outputs}
    is_certain = is_familiar(application)
    for each in (each for links in linked for each in links.inputs):
        sources = {each.source, each.source.partition(".")[0], ""}
        if each.source and not sources & (known | _OF_THE_CONTEXT):
            yield UnknownInput(each.source, (*each.path, "from"), sorted(known), is_certain)


def is_familiar(application: Application) -> bool:
    """Whether the workflow does what we know: it stands here, of types of KubeVela's and ours."""
    if application.document.data_at(("spec", "workflow", "ref")):
        return False
    found = [application.catalogue.find(s.kind, s.definition) for s in application.all_steps]
    return all(one is not None and one.origin != "foreign" for one in found)
