# SPDX-License-Identifier: Apache-2.0
"""Properties that exclude each other."""

from __future__ import annotations

from typing import NamedTuple

from velaserve_lint.combinations.rows import table
from velaserve_lint.serving import KEPT
from velaserve_lint.text import Text


class Excluding(NamedTuple):
    """`one` and `other`, below `base`; `way` is why, or what to do."""

    type: str
    one: str
    other: str
    way: Text
    base: str = ""

    @property
    def subject(self) -> str:
        return self.one


_PLACE = Text("both say where the model is", "两者都指定了模型的位置")
_WHOLE = Text(
    "resource names whole cards, slice a part of one", "resource 指整卡，slice 指卡的一部分"
)
_SERVER = Text("both name the server, leave runtime out", "两者都指定了服务程序，请删除 runtime")
_TWICE = Text("leave out those of the framework's block", "请删除框架块中的那一份")
_CHECKS = Text("that are two checks, make two of it", "这是两项检查，请拆成两项")
_LOW = Text("a metric is good when it is low, write max", "指标越低越好，请写 max")
_NAMED = Text("a metric has a name of its own", "指标自带名称")
_CLAIM = Text("name is of a claim that is there", "name 指的是已有的存储声明")

EXCLUDING = table(
    Excluding("model-serving", "modelUri", "storage.path", _PLACE),
    Excluding("model-serving", "accelerator.slice", "accelerator.resource", _WHOLE),
    *(Excluding("kfserving", f"{name}.storageUri", "modelUri", _PLACE) for name in KEPT),
    *(Excluding("kfserving", "runtime", name, _SERVER) for name in KEPT),
    *(Excluding("kfserving", f"{name}.resources", "resources", _TWICE) for name in KEPT),
    Excluding("canary", "query", "metric", _CHECKS, "checks.*"),
    Excluding("canary", "min", "maxRatioToStable", _CHECKS, "checks.*"),
    Excluding("canary", "min", "metric", _LOW, "checks.*"),
    Excluding("canary", "name", "metric", _NAMED, "checks.*"),
    Excluding("compile-cache", "claim.size", "claim.name", _CLAIM),
    Excluding("compile-cache", "claim.storageClassName", "claim.name", _CLAIM),
)
