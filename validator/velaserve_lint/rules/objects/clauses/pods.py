# SPDX-License-Identifier: Apache-2.0
"""Of pods and containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rules.objects.clauses.clause import Clause, is_none, is_one
from velaserve_lint.rules.objects.scopes import CONTAINER, INIT_CONTAINER, MODEL, POD
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_ENDS = Text("an init container ends before others start", "初始化容器在其他容器启动之前结束")
_READINESS = Clause(
    "readinessProbe",
    "terminationGracePeriodSeconds",
    Text("a readiness probe ends no container", "就绪探针不会终止容器"),
)
_ANY_VALUE = Clause(
    "tolerations[]",
    "value",
    Text("the operator Exists takes every value", "运算符 Exists 接受任何值"),
    is_one("operator", "Exists"),
)
_STAYS = Clause(
    "tolerations[]",
    "tolerationSeconds",
    Text("only the effect NoExecute drives pods away", "只有 NoExecute 会驱逐 Pod"),
    is_none("effect", "NoExecute"),
)
_ANY_KEY = Clause(
    "tolerations[]",
    "key",
    Text("only the operator Exists does without one", "只有运算符 Exists 可以省略它"),
    is_none("operator", "Exists"),
)

REFUSED: Mapping[str, tuple[Clause, ...]] = {
    CONTAINER: (_READINESS,),
    MODEL: (_READINESS,),
    INIT_CONTAINER: tuple(
        Clause("", field, _ENDS)
        for field in ("livenessProbe", "readinessProbe", "startupProbe", "lifecycle")
    ),
    POD: (_ANY_VALUE, _STAYS),
}
NEEDED: Mapping[str, tuple[Clause, ...]] = {POD: (_ANY_KEY,)}
