# SPDX-License-Identifier: Apache-2.0
"""VS508: an image for other processors than the nodes with the NPUs have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.npu.architecture import HOST, HOSTS, may_be_any, of_image, of_nodes
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import NPU_DEPLOYMENT
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand


class ImageArchitecture(DemandRule):
    """By the image's name: one that names no architecture may be for several."""

    id = "VS508"
    slug = "image-architecture"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "shared/reference/ascend.md section 4"
    title = Text("an image for other processors", "镜像与节点的处理器架构不符")
    why = Text(
        "The container ends at once: exec format error. Most hosts of NPUs are arm64.",
        "容器会立即退出：exec format error。昇腾服务器大多是 arm64。",
    )
    fix = Text("Take the image for those nodes, or others.", "请换用对应架构的镜像，或改选节点。")
    messages = sentences(
        other=Text(
            "the image is for {image}, the selected nodes are {nodes}",
            "镜像面向 {image}，而选择的节点是 {nodes}",
        ),
        nodes=Text("the nodes", "节点在此选择"),
        any=Text(
            "the image is for amd64, and nothing keeps the pods from arm64 nodes",
            "镜像面向 amd64，但没有任何设置避免 Pod 调度到 arm64 节点",
        ),
        host=Text("host-arch is {hosts}, not '{value}'", "host-arch 为 {hosts}，不是 '{value}'"),
    )
    bad = NPU_DEPLOYMENT.replace("-8}", "-8, host-arch: huawei-arm}").replace(":1.4", ":x86-1.4")
    good = NPU_DEPLOYMENT.replace("-8}", "-8, host-arch: huawei-arm}")

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        host, nodes = demand.node_selector.get(HOST), of_nodes(demand)
        if demand.users and host and host.text and host.text not in HOSTS:
            yield cls.finding(host.place, "host", hosts=" / ".join(HOSTS), value=host.text)
        for at, image in ((at, of_image(at.text)) for at in demand.images):
            if nodes and image and image != nodes[0]:
                found = cls.finding(at.place, "other", image=image, nodes=nodes[0])
                yield found.beside(nodes[1].place, "nodes")
            elif image == "amd64" and may_be_any(demand):
                yield cls.finding(at.place, "any")
