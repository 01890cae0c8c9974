# SPDX-License-Identifier: Apache-2.0
"""What sends the traces of a pod somewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.rules.checklist.ours import is_ours

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.container import Container
    from velaserve_lint.cursor import Cursor
    from velaserve_lint.pods import Pod

_EXPORTERS = (
    *("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
    *("OTEL_EXPORTER_ZIPKIN_ENDPOINT", "JAEGER_AGENT_HOST", "JAEGER_ENDPOINT", "ZIPKIN_ENDPOINT"),
    *("DD_AGENT_HOST", "DD_TRACE_AGENT_URL"),
)
_OFF = {"OTEL_SDK_DISABLED": "true", "OTEL_TRACES_EXPORTER": "none"}
_FLAG = re.compile(
    r"--?[-\w.]*(otlp|otel|jaeger|zipkin|trac(e|es|ing))[-\w.]*(endpoint|url|address|host)[-\w.]*(=.*)?"
)
_INJECTED = re.compile(
    r"(instrumentation|sidecar)\.opentelemetry\.io/inject(-.*)?|sidecar\.jaegertracing\.io/inject"
)
_COLLECTOR = re.compile(r"(.*/)?(opentelemetry-collector|otelcol|jaeger-agent)[-\w]*([:@].*)?")


def traced_by(pod: Pod) -> Iterator[Cursor]:
    """The annotations, containers, variables and flags that say so."""
    for key, value in pod.annotations.items():
        if _INJECTED.fullmatch(key) and str(value.value).lower() != "false":
            yield value
    for container in pod.containers:
        if _COLLECTOR.fullmatch(container.at.at("image").text):
            yield container.at.at("image")
        if not is_ours(container) and not _is_off(container):
            yield from _told(container)


def _told(container: Container) -> Iterator[Cursor]:
    yield from (container.env[name] for name in _EXPORTERS if name in container.env)
    for argument in (*container.at.at("command").items(), *container.at.at("args").items()):
        if _FLAG.fullmatch(argument.text.lower()):
            yield argument


def _is_off(container: Container) -> bool:
    env = container.env
    return any(env[key].at("value").text.lower() == off for key, off in _OFF.items() if key in env)
