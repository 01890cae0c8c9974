# SPDX-License-Identifier: Apache-2.0
"""A Kubernetes object: a document of its own, an item of a List, or a part of an Application."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from velaserve_lint.cursor import Cursor
from velaserve_lint.fields.apis import may_be_ours
from velaserve_lint.targets import DEFAULT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Document
    from velaserve_lint.targets import Targets

KSERVE_GROUP = "serving.kserve.io"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One object; names and labels are as written, empty where there are none.

    `is_part` where the cluster has the object already, and what is written is put onto it.
    """

    root: Cursor
    api_version: str
    kind: str
    targets: Targets = field(default=DEFAULT, compare=False)
    is_part: bool = False

    def __hash__(self) -> int:
        """Of the very object: its data has no hash."""
        return id(self)

    @property
    def group(self) -> str:
        """The API group; that of Pods and Services is empty."""
        return self.api_version.rpartition("/")[0]

    @property
    def name(self) -> str:
        return self.root.at("metadata", "name").text

    @property
    def namespace(self) -> str:
        return self.root.at("metadata", "namespace").text

    @property
    def spec(self) -> Cursor:
        return self.root.at("spec")

    @property
    def labels(self) -> Cursor:
        return self.root.at("metadata", "labels")

    @property
    def annotations(self) -> Cursor:
        return self.root.at("metadata", "annotations")


def manifests_in(document: Document, targets: Targets) -> Iterator[Manifest]:
    """The objects of a document that is no Application."""
    yield from manifests_at(Cursor(document, (), document.data), targets)


def manifests_at(cursor: Cursor, targets: Targets) -> Iterator[Manifest]:
    """The object that stands there, or those of a List; none where it is something else."""
    api_version, kind = cursor.at("apiVersion").text, cursor.at("kind").text
    if kind == "List" and api_version == "v1":
        for item in cursor.at("items").items():
            yield from manifests_at(item, targets)
    elif api_version and kind and may_be_ours(api_version, kind):
        yield Manifest(cursor, api_version, kind, targets)
