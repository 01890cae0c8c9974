# SPDX-License-Identifier: Apache-2.0
"""Fields that are refused, or needed, because of what stands beside them, by scope.

Source: Kubernetes v1.34.4 pkg/apis/*/validation/validation.go; for recording rules, Prometheus
v3.4.2 model/rulefmt/rulefmt.go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.objects.clauses import access, neighbours, network, pods, workloads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from velaserve_lint.rules.objects.clauses.clause import Clause


def _joined(*tables: Mapping[str, tuple[Clause, ...]]) -> dict[str, tuple[Clause, ...]]:
    joined: dict[str, tuple[Clause, ...]] = {}
    for table in tables:
        for scope, clauses in table.items():
            joined[scope] = joined.get(scope, ()) + clauses
    return joined


_MODULES = (access, network, pods, workloads)
REFUSED = _joined(*(module.REFUSED for module in _MODULES), *neighbours.REFUSED)
NEEDED = _joined(*(module.NEEDED for module in _MODULES), *neighbours.NEEDED)
