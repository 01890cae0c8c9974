# SPDX-License-Identifier: Apache-2.0
"""What VS142 says."""

from __future__ import annotations

from velaserve_lint.text import Text, sentences

MESSAGES = sentences(
    om=Text(
        "an om model is compiled for one chip: set accelerator.chip",
        "om 模型为特定芯片编译：请设置 accelerator.chip 为该 Ascend 芯片",
    ),
    runtime=Text(
        "an om model goes with runtime velaserve-ascend: leave runtime out",
        "om 模型须使用 runtime velaserve-ascend：请删除 runtime",
    ),
    gears=Text(
        "gears go with an Ascend chip, nothing is compiled for {chip}",
        "gears 只用于 Ascend 芯片，{chip} 无需编译",
    ),
    count=Text(
        "a container gets one slice by {name}, found count {found}",
        "用 {name} 切分时一个容器只能有一份，实为 {found}",
    ),
    mig=Text("mig goes with chip nvidia, found {chip}", "mig 只用于 nvidia 芯片，实为 {chip}"),
    shared=Text(
        "HAMi does not divide a {chip}: memory and cores are its",
        "HAMi 不支持切分 {chip}：memory 与 cores 属于 HAMi",
    ),
    template=Text(
        "{found} is no template of chip {chip}; there is {known}",
        "{found} 不是芯片 {chip} 的模板；可用 {known}",
    ),
    untemplated=Text("chip {chip} has no templates", "芯片 {chip} 没有模板"),
    uncut=Text("no {chip} is cut by cores", "{chip} 不支持按核切分"),
    cores=Text(
        "there is no slice of {found} cores of a {chip}; there is {known}",
        "{chip} 没有 {found} 核的切片；可用 {known}",
    ),
    kind=Text(
        "a {chip} has one kind of slice with {found} cores: leave {name} out",
        "{chip} 的 {found} 核切片只有一种：请删除 {name}",
    ),
    only=Text("{name} goes with slice.npuCore", "{name} 须与 slice.npuCore 搭配"),
)
