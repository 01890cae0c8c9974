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


def undefined_policies(application: Application) -> Iterator[Name]:
    """Those of the steps deploy that are neither in the Application nor in the linted files."""
    known = {policy.name for policy in application.policies} | application.catalogue.policies
    for step in application.all_steps:
        if step.definition == "deploy":
            yield from (used for used in _used_by(step) if used.name not in known)


def unused_policies(application: Application) -> list[Policy]:
    """Those that no step names, not even almost; none where a step may use them in its own way."""
    if not application.steps or not is_familiar(application):
        return []
    used = {used.name for step in application.all_steps for used in _used_by(step)}
    named = [policy for policy in application.policies if policy.name and policy.name not in used]
    return [policy for policy in named if not any(misspelt(name, [policy.name]) for name in used)]


def _used_by(step: Step) -> Iterator[Name]:
    """By `policies`, as of deploy, `policy`, as of deploy2env, or `topology`, as of export-data."""
    path = (*step.path, "properties")
    policies = step.properties.get("policies")
    for index, name in enumerate(policies if isinstance(policies, list) else ()):
        if isinstance(name, str):
            yield Name(name, (*path, "policies", index))
    for key in ("policy", "topology"):
        if isinstance(name := step.properties.get(key), str):
            yield Name(name, (*path, key))
