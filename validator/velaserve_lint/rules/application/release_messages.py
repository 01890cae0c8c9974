# SPDX-License-Identifier: Apache-2.0
"""What VS134 says."""

from __future__ import annotations

from velaserve_lint.text import Text, sentences

MESSAGES = sentences(
    service=Text(
        "{step} is about model services; '{name}' is of type {type}",
        "{step} 用于模型服务；'{name}' 的类型为 {type}",
    ),
    old=Text(
        "kfserving has no canary: make '{name}' a model-serving",
        "kfserving 没有金丝雀：请把 '{name}' 改为 model-serving",
    ),
    guide=Text(
        "'{name}' has no trait canary: add one, or use await-model",
        "'{name}' 没有运维特征 canary：请添加，或改用 await-model",
    ),
    open=Text(
        "nothing finishes this release: add a canary-release of '{name}' without until",
        "没有步骤完成该发布：请为 '{name}' 添加一个不带 until 的 canary-release",
    ),
    compiled=Text(
        "nothing is compiled for '{name}': no Ascend chip, or another server",
        "'{name}' 无需编译：没有 Ascend 芯片，或使用其他服务程序",
    ),
    kept=Text(
        "'{name}' has no trait compile-cache: what is compiled would be lost",
        "'{name}' 没有运维特征 compile-cache：编译结果会丢失",
    ),
    volatile=Text(
        "the cache of '{name}' ends with a pod: give it a claim, or a hostPath",
        "'{name}' 的缓存随 Pod 消失：请用 claim 或 hostPath",
    ),
)
