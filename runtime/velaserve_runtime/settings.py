# SPDX-License-Identifier: Apache-2.0
"""The server's options as typed data; names, defaults and bounds come from velaserve_lint.names."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from velaserve_lint.names import options

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int | float | bool | tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One field for each row of options.toml that the server itself reads."""

    model_name: str | None
    model_dir: str | None
    model_repository: str | None
    host: str
    http_port: int
    grpc_port: int
    grpc_engine: str
    enable_grpc: bool
    workers: int
    allow_python_models: bool
    predictor_host: str | None
    device: str
    fallback_policy: str
    compile_cache_dir: str | None
    compile_cache_max_bytes: int | None
    repository_api: str | None
    admin_port: int
    drain_delay_s: float
    grace_period_s: float
    max_inflight_bytes: int
    max_body_bytes: int
    max_head_bytes: int
    max_connections: int
    head_timeout_s: float
    body_timeout_s: float
    keep_alive_timeout_s: float
    log_level: str
    log_format: str
    access_log: bool
    termination_log: str
    explicit: Mapping[str, Value]
    """What was really given, by key; the models' options among them win over velaserve.yaml."""


def read_settings(flags: Mapping[str, Value], environment: Mapping[str, str]) -> Settings:
    """Flags over VELASERVE_* variables over defaults.

    Raises:
        OptionError: a variable's text is not a value of its option.
    """
    table = options()
    explicit: dict[str, Value] = {}
    for key, option in table.items():
        if key in flags:
            explicit[key] = flags[key]
        elif option.env in environment:
            explicit[key] = option.parse(environment[option.env], option.env)
    own = [field.name for field in fields(Settings) if field.name != "explicit"]
    values = {key: explicit.get(key, table[key].default) for key in own}
    return Settings(**values, explicit=explicit)  # type: ignore[arg-type]  # parsed to the row's type
