# SPDX-License-Identifier: Apache-2.0
"""Objects that select others by their labels, and what they select."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.index import file_of
from velaserve_lint.near import folder
from velaserve_lint.reach import reach
from velaserve_lint.run import once_a_run
from velaserve_lint.selectors import plain_selector_at, selector_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.labelled import Labelled, Miss
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod
    from velaserve_lint.run import Run
    from velaserve_lint.selectors import Requirement, Selector

_SELECTORS = {
    "NetworkPolicy": "podSelector",
    "PodDisruptionBudget": "selector",
    "PodMonitor": "selector",
    "Service": "selector",
    "ServiceMonitor": "selector",
}
_GIVEN = (
    *("app.oam.dev/", "apps.kubernetes.io/", "batch.kubernetes.io/", "controller-", "job-name"),
    *("pod-template-", "serving.knative.dev/", "serving.kserve.io/", "statefulset.kubernetes.io/"),
)


class Selecting(NamedTuple):
    """An object with its selector and the nearest that this selects.

    Where there is nothing, `miss` is what it may have been meant to select.
    """

    manifest: Manifest
    selector: Selector
    pods: tuple[Labelled[Pod], ...] = ()
    services: tuple[Labelled[Manifest], ...] = ()
    miss: Miss[Manifest] | Miss[Pod] | None = None

    def is_in_vain(self, run: Run) -> bool:
        """Whether none of the pods of its folder, if any, and no others are selected.

        What a controller labels is not judged.
        """
        beside_pods = folder(file_of(self.manifest)) in run.index.folders_with_pods
        found = self.pods or self.services or self.miss
        return beside_pods and not found and not any(map(_is_given, self.selector.requirements))


def selecting(run: Run, *kinds: str) -> Iterator[Selecting]:
    """Those of the kinds that select by some label."""
    return (one for one in _all(run) if one.manifest.kind in kinds)


def peers(run: Run) -> Iterator[Selecting]:
    """What the rules of NetworkPolicies let in and out, in their own namespace."""
    for policy in run.index.of_kind("NetworkPolicy"):
        for path in ("ingress[].from[]", "egress[].to[]"):
            for peer in reach(policy.spec, path):
                selector = selector_at(peer.at("podSelector"))
                if selector and selector.requirements and not peer.at("namespaceSelector").mapping:
                    yield _selecting(run, policy, selector)


@once_a_run
def _all(run: Run) -> tuple[Selecting, ...]:
    return tuple(
        _selecting(run, manifest, selector)
        for manifest in run.index.of_kind(*_SELECTORS)
        if (selector := _selector(manifest)) and selector.requirements
    )


def _selector(manifest: Manifest) -> Selector | None:
    at = manifest.spec.at(_SELECTORS[manifest.kind])
    return plain_selector_at(at) if manifest.kind == "Service" else selector_at(at)


def _selecting(run: Run, manifest: Manifest, selector: Selector) -> Selecting:
    where = selector, _namespaces(manifest), file_of(manifest)
    if manifest.kind == "ServiceMonitor":
        services = run.index.services.selected(*where)
        near_miss = None if services else run.index.services.near_miss(*where)
        return Selecting(manifest, selector, services=services, miss=near_miss)
    pods = run.index.pods.selected(*where)
    miss = None if pods else run.index.pods.near_miss(*where)
    return Selecting(manifest, selector, pods=pods, miss=miss)


def _namespaces(manifest: Manifest) -> tuple[str, ...]:
    """Monitors may look into others; none are all of them."""
    chosen = manifest.spec.at("namespaceSelector")
    if chosen.at("any").value is True:
        return ()
    names = tuple(one.text for one in chosen.at("matchNames").items())
    return names or (manifest.namespace,)


def _is_given(requirement: Requirement) -> bool:
    """Whether a controller gives the label to pods, so that no manifest says it."""
    values = requirement.wanted
    return any(value.startswith("isvc.") for value in values) or requirement.key.startswith(_GIVEN)
