# SPDX-License-Identifier: Apache-2.0
"""Of roles and who has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.objects.clauses.clause import Clause, has, has_no, is_one
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATHS = Text("the rule is about nonResourceURLs", "该规则针对 nonResourceURLs")
_NO_PATHS = Text("a Role is about what its namespace holds", "Role 只针对其命名空间内的资源")
_RESOURCES = Text("the rule must say of what", "规则必须说明其对象")
_OWN = Text("service accounts are of no group", "服务账号不属于任何 API 组")
_WHERE = Text("a ClusterRoleBinding is in no namespace", "ClusterRoleBinding 不在任何命名空间中")

_IS_ACCOUNT = is_one("kind", "ServiceAccount")
_GROUP = Clause("subjects[]", "apiGroup", _OWN, _IS_ACCOUNT)

REFUSED: Mapping[str, tuple[Clause, ...]] = {
    "ClusterRole": tuple(
        Clause("rules[]", field, _PATHS, has("nonResourceURLs"))
        for field in ("apiGroups", "resources", "resourceNames")
    ),
    "ClusterRoleBinding": (_GROUP,),
    "Role": (Clause("rules[]", "nonResourceURLs", _NO_PATHS),),
    "RoleBinding": (_GROUP,),
}
_TARGET = tuple(
    Clause("rules[]", field, _RESOURCES, has_no("nonResourceURLs"))
    for field in ("apiGroups", "resources")
)
NEEDED: Mapping[str, tuple[Clause, ...]] = {
    "ClusterRole": _TARGET,
    "ClusterRoleBinding": (Clause("subjects[]", "namespace", _WHERE, _IS_ACCOUNT),),
    "Role": _TARGET,
}
