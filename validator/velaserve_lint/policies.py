# SPDX-License-Identifier: Apache-2.0
"""Which policies the steps of a workflow use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.application import Name
from velaserve_lint.exchange import is_familiar
from velaserve_lint.suggest import misspelt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application, Policy, Step
    from velaserve_lint.document import Json
    from velaserve_lint.place import Path

_DEPLOYING = frozenset({"deploy", "deploy-components"})

# Without effect but in a step; the others are KubeVela's own business.
_OF_STEPS = frozenset({"override", "replication", "topology"})


def undefined_policies(application: Application) -> Iterator[Name]:
    """Those of steps that deploy which are neither in the Application nor in the linted files."""
    known = {policy.name for policy in application.policies} | application.catalogue.policies
    for step in application.all_steps:
        if step.definition in _DEPLOYING:
            yield from (used for used in _used_by(step) if used.name not in known)


def unused_policies(application: Application) -> list[Policy]:
    """Those of a step that none names, not even almost; none where one may use them its own way."""
    named = [one for one in application.policies if one.name and one.type in _OF_STEPS]
    if not named or not application.steps or not is_familiar(application):
        return []
    used = {used.name for step in application.all_steps for used in _used_by(step)}
    return [one for one in named if one.name not in used and not misspelt(one.name, used)]


def _used_by(step: Step) -> Iterator[Name]:
    """By `policies`, as of deploy, `policy`, as of deploy2env, or `topology`, as of export-data."""
    path = (*step.path, "properties")
    yield from _listed(step.properties, path)
    for key in ("policy", "topology"):
        if isinstance(name := step.properties.get(key), str):
            yield Name(name, (*path, key))
    components = step.properties.get("components")
    for index, component in enumerate(components if isinstance(components, list) else ()):
        yield from _listed(component, (*path, "components", index))


def _listed(around: Json, path: Path) -> Iterator[Name]:
    """For the whole step, or for one of its components, as of deploy-components."""
    policies = around.get("policies") if isinstance(around, dict) else None
    for index, name in enumerate(policies if isinstance(policies, list) else ()):
        if isinstance(name, str):
            yield Name(name, (*path, "policies", index))
