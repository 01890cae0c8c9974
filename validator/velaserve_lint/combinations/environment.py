# SPDX-License-Identifier: Apache-2.0
"""Variables of our server that env sets to something else: components/model-serving/env.cue."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint.combinations.rows import part_of
from velaserve_lint.serving import service_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_lint.application import Component
    from velaserve_lint.document import Json
    from velaserve_lint.place import Path

_PREFIX = "VELASERVE_"
# By the property that sets it; tests compare these with names/options.toml.
VARIABLES: Mapping[str, str] = {
    "accelerator.fallbackPolicy": "VELASERVE_FALLBACK_POLICY",
    "accessLog": "VELASERVE_ACCESS_LOG",
    "batching.maxBatchSize": "VELASERVE_MAX_BATCH_SIZE",
    "batching.maxQueueDelayMicroseconds": "VELASERVE_MAX_QUEUE_DELAY_MICROSECONDS",
    "batching.preferredBatchSize": "VELASERVE_PREFERRED_BATCH_SIZE",
    "drainDelaySeconds": "VELASERVE_DRAIN_DELAY_S",
    "logLevel": "VELASERVE_LOG_LEVEL",
    "modelFormat.name": "VELASERVE_MODEL_FORMAT",
    "modelName": "VELASERVE_MODEL_NAME",
    "queue.defaultTimeoutMicroseconds": "VELASERVE_DEFAULT_TIMEOUT_MICROSECONDS",
    "queue.maxQueueSize": "VELASERVE_MAX_QUEUE_SIZE",
}


class Twice(NamedTuple):
    """A variable that env sets to `found`, and `name`, a property, to `value`."""

    variable: str
    found: str
    name: str
    value: str
    path: Path
    other: Path


def twice(component: Component) -> Iterator[Twice]:
    """Where the two differ: then CUE has two values for one."""
    env = component.properties.get("env")
    if not isinstance(env, dict) or not any(key.startswith(_PREFIX) for key in env):
        return
    service, part = service_of(component), part_of(component)
    if service is None or service.server != "ours":
        return
    defaults = {"modelName": component.name, "drainDelaySeconds": "10"}
    for name, variable in VARIABLES.items():
        value, found = _text(part.get(name)) or defaults.get(name, ""), env.get(variable)
        if value and isinstance(found, str) and found != value:
            path = (*part.at("env"), variable)
            yield Twice(variable, found, name, value, path, part.at(name))


def _text(value: Json) -> str:
    """As the definition writes it into the variable."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, str | int) else ""
