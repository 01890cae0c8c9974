# SPDX-License-Identifier: Apache-2.0
"""What stands beside a pod: budgets, policies, monitors and scalers that are about it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from velaserve_lint.selectors import plain_selector_at, selector_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod
    from velaserve_lint.selectors import Selector

_SELECTORS: Mapping[str, tuple[str, Callable[[Cursor], Selector | None]]] = {
    "NetworkPolicy": ("podSelector", selector_at),
    "PodDisruptionBudget": ("selector", selector_at),
    "PodMonitor": ("selector", selector_at),
    "Service": ("selector", plain_selector_at),
    "ServiceMonitor": ("selector", selector_at),
}
_SCALERS = ("HorizontalPodAutoscaler", "ScaledObject")

_Label: TypeAlias = "tuple[str, str] | None"


class _Selecting(NamedTuple):
    manifest: Manifest
    selector: Selector


class Beside:
    """Objects, and those `around` them; a look-up costs what it finds, however many there are."""

    def __init__(self, manifests: Iterable[Manifest], around: Beside | None = None) -> None:
        self._around = around
        self._named: dict[tuple[str, str], list[Manifest]] = defaultdict(list)
        self._scalers: dict[str, list[Manifest]] = defaultdict(list)
        self._selecting: dict[tuple[str, _Label], list[_Selecting]] = defaultdict(list)
        for manifest in manifests:
            self._named[manifest.kind, manifest.name].append(manifest)
            if manifest.kind in _SCALERS:
                target = manifest.spec.at("scaleTargetRef", "name").text
                self._scalers[target].append(manifest)
            self._add_selector(manifest)

    def _add_selector(self, manifest: Manifest) -> None:
        field, read = _SELECTORS.get(manifest.kind, ("", None))
        if read and (selector := read(manifest.spec.at(field))):
            found = _Selecting(manifest, selector)
            self._selecting[manifest.kind, selector.label].append(found)

    def named(self, kind: str, name: str, namespace: str) -> Manifest | None:
        for manifest in self._named.get((kind, name), ()):
            if may_be_same(manifest.namespace, namespace):
                return manifest
        return self._around.named(kind, name, namespace) if self._around else None

    def scaling(self, kind: str, name: str, namespace: str) -> Iterator[Manifest]:
        """Those that change how many pods an object has."""
        for manifest in self._scalers.get(name, ()):
            is_meant = manifest.spec.at("scaleTargetRef", "kind").text in ("", kind)
            if is_meant and may_be_same(manifest.namespace, namespace):
                yield manifest
        if self._around:
            yield from self._around.scaling(kind, name, namespace)

    def selecting(self, kind: str, pod: Pod) -> Iterator[Manifest]:
        """Those of a kind that select the pod."""
        yield from self.selecting_labels(kind, labels_of(pod), pod.manifest.namespace)

    def selecting_labels(
        self, kind: str, labels: Mapping[str, str], namespace: str
    ) -> Iterator[Manifest]:
        for label in (None, *labels.items()):
            for manifest, selector in self._selecting.get((kind, label), ()):
                if _reaches(manifest, namespace) and selector.selects(labels):
                    yield manifest
        if self._around:
            yield from self._around.selecting_labels(kind, labels, namespace)


def labels_of(pod: Pod) -> dict[str, str]:
    """The labels that the pod will have, those included that KServe gives to it.

    KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/components, Standard mode.
    """
    labels = {key: str(at.value) for key, at in pod.labels.items()}
    if pod.role == "pod":
        return labels
    name = pod.manifest.name
    return labels | {
        "app": f"isvc.{name}-{pod.role}",
        "component": pod.role,
        "serving.kserve.io/inferenceservice": name,
    }


def may_be_same(one: str, other: str) -> bool:
    """Whether two namespaces can be one: where none is written, who applies it decides."""
    return not (one and other) or one == other


def _reaches(manifest: Manifest, namespace: str) -> bool:
    """Monitors may name other namespaces than their own."""
    chosen = manifest.spec.at("namespaceSelector")
    if chosen.at("any").value is True:
        return True
    names = [one.text for one in chosen.at("matchNames").items()] or [manifest.namespace]
    return any(may_be_same(name, namespace) for name in names)
