# SPDX-License-Identifier: Apache-2.0
"""VS515: a command in place of the entry point that sets CANN's environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.npu.images import sets_environment
from velaserve_lint.rule import DemandRule
from velaserve_lint.rules.ascend.examples import CANN_DEPLOYMENT, in_container
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.npu.demand import Demand

# What reads set_env.sh after all: it itself, a login shell, the shell's own settings.
_READS = ("set_env.sh", "bashrc", "profile", "--login", "-lc", "entrypoint")


class SkippedEnvironment(DemandRule):
    """Of CANN's images; what others have for an entry point, nobody knows."""

    id = "VS515"
    slug = "skipped-environment"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Ascend/cann-container-image: ENTRYPOINT"
    title = Text("CANN's environment is not set", "未设置 CANN 环境变量")
    why = Text(
        "The image's entry point reads set_env.sh: without it libascendcl.so may not be found.",
        "镜像的 ENTRYPOINT 会加载 set_env.sh：否则可能找不到 libascendcl.so。",
    )
    fix = Text(
        "Write args instead of command, or read set_env.sh in the command.",
        "请用 args 代替 command，或在命令中加载 set_env.sh。",
    )
    messages = sentences(
        skipped=Text(
            "command takes the place of the entry point of {image}, which sets CANN's environment",
            "command 取代了 {image} 的 ENTRYPOINT，而后者负责设置 CANN 环境",
        ),
    )
    bad = in_container(CANN_DEPLOYMENT, "          command: [python3, serve.py]\n")
    good = in_container(CANN_DEPLOYMENT, "          args: [python3, serve.py]\n")

    @classmethod
    def check(cls, demand: Demand) -> Iterator[Finding]:
        for consumer in demand.users:
            image, command = consumer.at.at("image").text, consumer.at.at("command")
            reads = any(it in word.text for word in consumer.words for it in _READS)
            if sets_environment(image) and any(command.items()) and not reads:
                yield cls.finding(command.key, "skipped", image=image)
