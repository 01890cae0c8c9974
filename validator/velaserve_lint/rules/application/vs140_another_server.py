# SPDX-License-Identifier: Apache-2.0
"""VS140: a property that the server of this model does not take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.combinations.servers import misplaced
from velaserve_lint.rules.application.refusal import Refusal
from velaserve_lint.rules.examples import APPLICATION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application
    from velaserve_lint.finding import Finding


class AnotherServer(Refusal):
    """It is ours, that of another runtime, or one in an image of its own."""

    id = "VS140"
    slug = "another-server"
    title = Text("a property that this server does not take", "该服务程序不支持的属性")
    fix = Text("Remove it, or change runtime and image.", "请删除该属性，或修改 runtime 与 image。")
    messages = sentences(
        option=Text(
            "'{name}' is an option of our server, the model is served by {way}",
            "'{name}' 是内置服务的选项，而该模型由 {way} 提供服务",
        ),
        foreign=Text("'{name}' cannot be used here: {way}", "此处不能使用 '{name}'：{way}"),
        unknown=Text(
            "our server does not know {name}: keepRuntime: true serves it with {way}",
            "内置服务不支持 {name}：keepRuntime: true 会改用 {way}",
        ),
        version=Text(
            "{way} ends in a version, which Triton would take for its models",
            "{way} 以版本号结尾，Triton 会把该版本目录当作模型目录",
        ),
        said=Text("said here", "由此指定"),
    )
    bad = changed(
        "minReplicas: 2", "runtime: kserve-tritonserver\n        queue: {maxQueueSize: 8}"
    )
    good = APPLICATION

    @classmethod
    def check(cls, application: Application) -> Iterator[Finding]:
        for component in application.settled():
            for one in misplaced(component):
                place = application.document.key(one.path)
                finding = cls.finding(place, one.message, name=one.name, way=one.way)
                said = one.said and application.document.key(one.said)
                yield finding.beside(said, "said") if said else finding
