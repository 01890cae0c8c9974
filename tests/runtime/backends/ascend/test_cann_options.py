# SPDX-License-Identifier: Apache-2.0
"""Options of the CANN provider are refused before onnxruntime drops the provider for them."""

import pytest

from velaserve_runtime.backends.ascend.cann_options import (
    known_options,
    parse_options,
    provider_options,
)
from velaserve_runtime.protocol.errors import ConfigError

NAMES_OF_1_24 = {
    "arena_extend_strategy",
    "device_id",
    "dump_graphs",
    "dump_om_model",
    "enable_cann_graph",
    "enable_cann_subgraph",
    "npu_mem_limit",
    "op_select_impl_mode",
    "optypelist_for_implmode",
    "precision_mode",
}


@pytest.mark.parametrize(
    ("text", "options"),
    [
        (None, {}),
        ("precision_mode=force_fp16", {"precision_mode": "force_fp16"}),
        (
            " op_select_impl_mode = high_precision ; optypelist_for_implmode=Gelu,Erf;",
            {"op_select_impl_mode": "high_precision", "optypelist_for_implmode": "Gelu,Erf"},
        ),
    ],
)
def test_pairs(text: str | None, options: dict[str, str]) -> None:
    assert parse_options(text) == options


@pytest.mark.parametrize("text", ["precision_mode", "precision_mode=", "=x", "a=1;a=2"])
def test_other_texts_are_refused_with_an_example(text: str) -> None:
    with pytest.raises(
        ConfigError, match=r"expected each option once as name=value, .* found"
    ) as e:
        parse_options(text)
    assert repr(text) in str(e.value)


@pytest.mark.parametrize("name", ["device_id", "dump_graphs", "dump_om_model"])
def test_options_that_the_server_chooses(name: str) -> None:
    with pytest.raises(ConfigError, match=f"'{name}' cannot be set, .*; leave it out"):
        parse_options(f"{name}=0")


@pytest.mark.parametrize("old", ["max_opqueue_num", "do_copy_in_default_stream"])
def test_old_names_are_refused(old: str) -> None:
    with pytest.raises(
        ConfigError, match=rf"onnxruntime-cann 1\.24\.4 has no option '{old}'; it has"
    ):
        provider_options({old: "1"}, "1.24.4", 0)


def test_names_by_version() -> None:
    assert known_options("1.24.4") == NAMES_OF_1_24
    assert known_options("1.23.2") == NAMES_OF_1_24 - {"enable_cann_subgraph"}
    with pytest.raises(ConfigError, match=r"1\.23\.2 has no option 'enable_cann_subgraph'"):
        provider_options({"enable_cann_subgraph": "1"}, "1.23.2", 0)


def test_newer_versions_are_onnxruntime_s_to_check() -> None:
    options = provider_options({"precision_mode_v2": "fp16"}, "1.25.0", 0)
    assert options["precision_mode_v2"] == "fp16"


def test_device_and_dump_are_always_said() -> None:
    assert provider_options({"enable_cann_graph": "0"}, "1.24.4", 3) == {
        "device_id": "3",
        "dump_om_model": "1",
        "enable_cann_graph": "0",
    }
