# SPDX-License-Identifier: Apache-2.0
"""Who is bound to which role."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest

_GROUP = "rbac.authorization.k8s.io"
_ROLES = {"RoleBinding": ("Role", "ClusterRole"), "ClusterRoleBinding": ("ClusterRole",)}
_SUBJECTS = ("ServiceAccount", "User", "Group")


class Reference(NamedTuple):
    """A field that names a kind or a group, and what it may name."""

    at: Cursor
    allowed: tuple[str, ...]


def references(manifest: Manifest) -> Iterator[Reference]:
    role = manifest.root.at("roleRef")
    yield Reference(role.at("kind"), _ROLES[manifest.kind])
    yield Reference(role.at("apiGroup"), (_GROUP,))
    for subject in manifest.root.at("subjects").items():
        yield Reference(subject.at("kind"), _SUBJECTS)
        if subject.at("kind").text in ("User", "Group"):
            yield Reference(subject.at("apiGroup"), (_GROUP,))
