# SPDX-License-Identifier: Apache-2.0
"""The objects of a run by name and by label: what needs what, and whether it is there."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from velaserve_lint.labelled import Label, LabelIndex, Labelled, written
from velaserve_lint.near import folder, may_be_same, nearest
from velaserve_lint.pods import pods_of
from velaserve_lint.references.manifest import references_of
from velaserve_lint.suggest import digits_of, is_slip_of_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from velaserve_lint.manifest import Manifest
    from velaserve_lint.pods import Pod
    from velaserve_lint.references.application import Outline
    from velaserve_lint.references.reference import Reference

_NOT_BY_THEMSELVES = ("runtime", "worker")


class Index:
    """Made once for a run; a look-up costs what it finds, however large the run is."""

    def __init__(self, manifests: Sequence[Manifest], outlines: Sequence[Outline]) -> None:
        self._manifests = manifests
        self._outlines = outlines
        self._of_kind: dict[str, dict[str, list[Manifest]]] = defaultdict(dict)
        for manifest in manifests:
            if manifest.name:
                self._of_kind[manifest.kind].setdefault(manifest.name, []).append(manifest)

    def of_kind(self, *kinds: str) -> Iterator[Manifest]:
        """Those that have a name, all of one name one after the other."""
        for kind in kinds:
            for same_name in self._of_kind.get(kind, {}).values():
                yield from same_name

    def definitions(self, reference: Reference) -> tuple[Manifest, ...]:
        """All the objects that may be meant."""
        return tuple(one for one in self._named(reference) if _may_be_meant(one, reference))

    def meant(self, reference: Reference) -> tuple[Manifest, ...]:
        """Of these, the ones that are nearest to the reference."""
        return nearest(self.definitions(reference), reference.place.file, file_of)

    def elsewhere(self, reference: Reference) -> tuple[Manifest, ...]:
        """The objects of that name which are in other namespaces."""
        others = (one for one in self._named(reference) if not _may_be_meant(one, reference))
        return nearest(others, reference.place.file, file_of)

    def namesakes(self, manifest: Manifest) -> tuple[Manifest, ...]:
        """Everything that is said of the object, by a patch or for another environment, too."""
        same_name = self._of_kind.get(manifest.kind, {}).get(manifest.name, [manifest])
        return tuple(one for one in same_name if may_be_same(one.namespace, manifest.namespace))

    def misspelt(self, reference: Reference) -> Manifest | None:
        """An object of which the name is a slip."""
        digits = digits_of(reference.name)
        similar = [
            one
            for kind in reference.kinds
            for name in self._by_digits.get((kind, digits), ())
            if is_slip_of_name(reference.name, name)
            for one in self._of_kind[kind][name]
            if _may_be_meant(one, reference)
        ]
        return next(iter(nearest(similar, reference.place.file, file_of)), None)

    def defines(self, kinds: Sequence[str]) -> bool:
        """Whether objects of such a kind belong to what is linted."""
        return any(self._of_kind.get(kind) for kind in kinds)

    @cached_property
    def _by_digits(self) -> dict[tuple[str, str], list[str]]:
        """Names with other digits are other names, and most names of a large run have some."""
        found: dict[tuple[str, str], list[str]] = {}
        for kind, names in self._of_kind.items():
            for name in names:
                found.setdefault((kind, digits_of(name)), []).append(name)
        return found

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Everything that is needed, by objects and by properties."""
        of_objects = [one for manifest in self._manifests for one in references_of(manifest)]
        return (*of_objects, *(one for outline in self._outlines for one in outline.references))

    @cached_property
    def makers(self) -> frozenset[str]:
        """What makes objects named after it: components, and InferenceServices."""
        components = {name for outline in self._outlines for name in outline.components}
        return frozenset(components | self._of_kind.get("InferenceService", {}).keys())

    @cached_property
    def pods(self) -> LabelIndex[Pod]:
        """What runs somewhere; a runtime alone runs nowhere."""
        pods = (pod for manifest in self._manifests for pod in pods_of(manifest))
        return LabelIndex(
            _labelled_pod(pod) for pod in pods if pod.role not in ("runtime", "worker")
        )

    @cached_property
    def folders_with_pods(self) -> frozenset[str]:
        """Those where every label is a text, so that one can tell what is selected."""
        unclear = {folder(one.file) for one in self.pods if not one.has_texts}
        return frozenset({folder(one.file) for one in self.pods} - unclear)

    @cached_property
    def services(self) -> LabelIndex[Manifest]:
        return LabelIndex(
            Labelled(one, written(dict(one.labels.entries())), one.namespace, file_of(one))
            for one in self.of_kind("Service")
        )

    def _named(self, reference: Reference) -> Iterator[Manifest]:
        for kind in reference.kinds:
            yield from self._of_kind.get(kind, {}).get(reference.name, ())


def file_of(manifest: Manifest) -> str:
    return manifest.root.document.file


def _may_be_meant(manifest: Manifest, reference: Reference) -> bool:
    return may_be_same(manifest.namespace, reference.namespace)


def _labelled_pod(pod: Pod) -> Labelled[Pod]:
    manifest = pod.manifest
    labels = written(pod.labels) | _of_kserve(pod)
    return Labelled(pod, labels, manifest.namespace, file_of(manifest))


def _of_kserve(pod: Pod) -> dict[str, Label]:
    """KServe v0.20.0 pkg/controller/v1beta1/inferenceservice/components, Standard mode."""
    if pod.role == "pod":
        return {}
    name, at = pod.manifest.name, pod.manifest.root.at("metadata", "name")
    return {
        "app": Label(f"isvc.{name}-{pod.role}", at),
        "component": Label(pod.role, at),
        "serving.kserve.io/inferenceservice": Label(name, at),
    }
