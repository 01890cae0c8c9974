# SPDX-License-Identifier: Apache-2.0
"""SEC-004: images of which it is known what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ContainerItem, failed, passed
from velaserve_lint.placeholders import has_placeholder
from velaserve_lint.rules.checklist.images import parse
from velaserve_lint.rules.checklist.kinds import called
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.container import Container
    from velaserve_lint.pods import Pod


class PinnedImage(ContainerItem):
    """An image that a runtime of the cluster names is a matter of who installs the runtime."""

    id = "SEC-004"
    slug = "pinned-image"
    weight = 6
    with_initial = True
    since = "0.1.0"
    source = "Kubernetes documentation: configuration best practices, container images"
    title = Text("images have a version", "镜像有明确的版本")
    why = Text(
        "Without a tag, or with one that moves (latest, stable, main), two pods of one release may "
        "run different programs, and a rollback brings nothing back. A tag of a version counts; a "
        "digest (@sha256:) is best. What a runtime of the cluster names is not looked at.",
        "没有标签，或使用会移动的标签（latest、stable、main 等），同一版本的两个 Pod 可能运行"
        "不同的程序，回滚也无济于事。版本标签即可通过；摘要（@sha256:）最好。集群中运行时所写的镜像不检查。",
    )
    fix = Text("Name a version, or better its digest.", "写明版本，最好写明摘要。")
    messages = sentences(
        moving=Text(
            "image '{image}' of container '{name}' may be another one tomorrow",
            "容器 '{name}' 的镜像 '{image}' 明天可能就不同了",
        ),
        also=ALSO,
    )
    bad = changed("digits:1.4.2", "digits:latest")
    good = PRODUCTION

    @classmethod
    def judge_container(cls, pod: Pod, container: Container) -> Verdict | None:
        image = container.at.at("image")
        if not image.text or has_placeholder(image.text):
            return None
        if parse(image.text).moves:
            return failed(image.place, "moving", image=image.text, name=called(pod, container))
        return passed(image.place)
