# SPDX-License-Identifier: Apache-2.0
"""Options of CANNExecutionProvider, whose names differ between versions of onnxruntime-cann.

Measured with the wheels (reference/ascend.md section 1); versions that are not out yet are left to
onnxruntime, which refuses what it does not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.suggest import suggest
from velaserve_runtime.protocol.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

OPTION = "cann_options"
_NAMES = frozenset(
    {
        "arena_extend_strategy",
        "device_id",
        "dump_graphs",
        "dump_om_model",
        "enable_cann_graph",
        "npu_mem_limit",
        "op_select_impl_mode",
        "optypelist_for_implmode",
        "precision_mode",
    }
)
_NEW_IN_1_24 = frozenset({"enable_cann_subgraph"})
_NEWEST_KNOWN = (1, 24)
_OURS = {
    "device_id": "the server chooses the device",
    "dump_graphs": "the folder of compiled models holds nothing else",
    "dump_om_model": "without it every start would compile anew",
}


def parse_options(text: str | None) -> dict[str, str]:
    """The pairs of "precision_mode=force_fp16;optypelist_for_implmode=Gelu,Erf".

    Raises:
        ConfigError: it has another form, or an option is not the user's to choose.
    """
    options: dict[str, str] = {}
    for pair in (text or "").split(";"):
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not pair.strip():
            continue
        if not (name and equals and value) or name in options:
            raise ConfigError(
                f"{OPTION}: expected each option once as name=value, separated by semicolons, "
                f"found {text!r}; write for example precision_mode=force_fp16"
            )
        if name in _OURS:
            raise ConfigError(f"{OPTION}: '{name}' cannot be set, {_OURS[name]}; leave it out")
        options[name] = value
    return options


def provider_options(chosen: Mapping[str, str], version: str, device_id: int) -> dict[str, str]:
    """All options that a session is opened with. Defaults that matter are named.

    `version`: of onnxruntime-cann.

    Raises:
        ConfigError: this version has no such option.
    """
    known = known_options(version)
    for name in chosen:
        if known and name not in known:
            near = suggest(name, known)
            hint = f" (did you mean {near}?)" if near else ""
            raise ConfigError(
                f"{OPTION}: onnxruntime-cann {version} has no option '{name}'{hint}; it has "
                + ", ".join(sorted(known - _OURS.keys()))
            )
    # A device that is named is the only one whose presence onnxruntime checks.
    return {"enable_cann_graph": "1", **chosen, "device_id": str(device_id), "dump_om_model": "1"}


def known_options(version: str) -> frozenset[str]:
    """Empty for a version that is newer than this file."""
    major, minor = (int(part) for part in version.split(".")[:2])
    if (major, minor) > _NEWEST_KNOWN:
        return frozenset()
    return _NAMES | _NEW_IN_1_24 if (major, minor) == _NEWEST_KNOWN else _NAMES
