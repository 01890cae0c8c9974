# SPDX-License-Identifier: Apache-2.0
"""OBS-002: log lines that programs can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.checklist.item import ALSO, ContainerItem, failed, passed, spared
from velaserve_lint.finding import Severity
from velaserve_lint.rules.checklist.kinds import called
from velaserve_lint.rules.checklist.logs import log_format
from velaserve_lint.rules.example_production import PRODUCTION, changed
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from velaserve_lint.checklist.item import Verdict
    from velaserve_lint.container import Container
    from velaserve_lint.pods import Pod


class StructuredLogs(ContainerItem):
    """By what is said: a program that writes JSON anyway needs no word."""

    id = "OBS-002"
    slug = "structured-logs"
    severity = Severity.INFO
    weight = 3
    since = "0.1.0"
    source = "The Twelve-Factor App, XI: logs; names/options.toml, log_format"
    title = Text("log lines are structured", "日志是结构化的")
    why = Text(
        "Who searches the logs of a hundred pods wants fields, not sentences. Looked at are flags "
        "and variables about a log's format, encoder or style (--log-format=json, "
        "LOG_FORMAT=text): json, logfmt and the like pass, text and console fail. Our own server "
        "writes JSON unless it is told otherwise. Where nothing is said, nobody can tell: not "
        "applicable.",
        "在上百个 Pod 的日志中检索需要字段而非句子。检查与日志格式、编码、样式有关的参数和环境变量"
        "（--log-format=json、LOG_FORMAT=text）：json、logfmt 等通过，text、console 不通过。"
        "我们的服务器默认输出 JSON。未作说明则无从判断：不适用。",
    )
    fix = Text("Ask the program for JSON.", "让程序输出 JSON。")
    messages = sentences(
        text=Text(
            "container '{name}' is told to log as '{found}'",
            "容器 '{name}' 被设置为以 '{found}' 格式输出日志",
        ),
        unsaid=Text("nothing says how it logs", "没有说明日志格式"),
        also=ALSO,
    )
    bad = changed("--log-format=json", "--log-format=text")
    good = PRODUCTION

    @classmethod
    def judge_container(cls, pod: Pod, container: Container) -> Verdict:
        found = log_format(container)
        if found is None:
            return spared(container.at.key, "unsaid")
        if found.is_structured:
            return passed(found.at.place)
        return failed(found.at.place, "text", name=called(pod, container), found=found.word)
