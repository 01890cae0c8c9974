# SPDX-License-Identifier: Apache-2.0
"""The silent-fallback table of reference/ascend.md section 1, row by row.

Used naively, the real onnxruntime-cann serves on the CPU and says so, if at all, on stdout; our
backend refuses with the reason. A wheel that behaves better one day fails the naive half.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.ascend_sim import LIBRARIES
from support.cann_models import GEARS, Cann, dense, rows, write
from support.naive_cann import run_naively
from support.offline_models import dense_answer
from support.onnx_graphs import Graph
from velaserve_runtime.backends.ascend.cann_options import known_options
from velaserve_runtime.protocol.errors import DeviceLost, LoadFailed
from velaserve_runtime.repository.model_config import ModelConfig

if TYPE_CHECKING:
    from pathlib import Path

    from support.ascend_sim import Sim

pytestmark = [pytest.mark.cann, pytest.mark.usefixtures("calls")]
CANN, CPU = "CANNExecutionProvider", "CPUExecutionProvider"
X = rows(2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "model", dense())


@dataclasses.dataclass(frozen=True)
class Row:
    """A situation, and what our backend says of it."""

    refusal: str
    options: tuple[tuple[str, str], ...] = (("device_id", "0"),)
    environment: tuple[tuple[str, str], ...] = ()
    ours: str = ""
    """cann_options."""


ROWS = {
    "CANN is missing": Row(
        "CANN is not found .libascendcl.so.*source set_env.sh",
        environment=(("LD_LIBRARY_PATH", ""),),
    ),
    "unknown option": Row(
        r"cann_options: onnxruntime-cann 1\.24\.4 has no option 'precision_mode_v2' "
        r"\(did you mean precision_mode\?\); it has arena_extend_strategy, ",
        options=(("device_id", "0"), ("precision_mode_v2", "fp16")),
        ours="precision_mode_v2=fp16",
    ),
    "no device": Row(
        "this pod has no NPU: ask for one",
        environment=(("ASCENDSIM_DEVICES", "0"),),
    ),
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_naively_it_is_the_cpu(folder: Path, row: Row) -> None:
    seen = run_naively(folder, X, dict(row.options), environment=dict(row.environment))

    assert seen.providers == [CPU]
    np.testing.assert_allclose(seen.y, dense_answer(X), rtol=1e-6)
    assert "Falling back to ['CPUExecutionProvider'] and retrying." in seen.printed


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_ours_refuses_with_the_reason(
    cann: Cann, folder: Path, row: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in row.environment:
        monkeypatch.setenv(name, value)
    config = ModelConfig(gears_batch=GEARS, cann_options=row.ours or None)

    refused = pytest.raises((LoadFailed, DeviceLost), match=row.refusal)
    with refused, cann.loaded(folder, config):
        pass


def test_device_that_is_not_named_is_not_looked_for(folder: Path, cann: Cann) -> None:
    """Ours names it always: the row "no device" above."""
    seen = run_naively(folder, X, {}, environment={"ASCENDSIM_DEVICES": "0"}, enable_fallback=0)
    assert "Invalid device ID" not in seen.text

    with cann.loaded(folder) as (_, spec):
        assert spec.placement["device"] == "npu:0"


def test_wrong_device_id(folder: Path) -> None:
    """Ours is never one: instances take turns on the devices that there are."""
    naive = run_naively(folder, X, {"device_id": "5"})
    assert naive.providers == [CPU]

    strict = run_naively(folder, X, {"device_id": "5"}, enable_fallback=0)
    assert (strict.error, strict.providers) == ("RuntimeError", [])
    assert "Invalid device ID: 5, must be between 0 (inclusive) and 1 (exclusive)" in strict.text


def test_refusing_the_cpu_contradicts_naming_it(folder: Path) -> None:
    """Why ours names CANNExecutionProvider alone."""
    refuse = {"session.disable_cpu_ep_fallback": "1"}

    seen = run_naively(folder, X, {"device_id": "0"}, session=refuse, others=(CPU,))
    assert seen.error == "InvalidArgument"

    alone = run_naively(folder, X, {"device_id": "0"}, session=refuse)
    assert (alone.error, alone.providers[0]) == ("", CANN)


def test_failure_of_a_run_is_no_fallback_and_has_no_code(folder: Path, tmp_path: Path) -> None:
    """onnxruntime's own retry waits for EPFail; the code is on stderr alone."""
    script = tmp_path / "faults"
    script.write_text("aclmdlExecuteAsync 0 -1 507015\n")

    seen = run_naively(folder, X, {"device_id": "0"}, environment={"ASCENDSIM_FAULTS": str(script)})

    assert seen.providers[0] == CANN
    assert (seen.error, "507015" in seen.text) == ("Fail", False)
    assert "CANN failure 507015" in seen.printed


def part_on_cpu() -> bytes:
    """Einsum is not on the provider's list of operators."""
    return (
        Graph(x=("FP32", (None, 4)))
        .constant("w", np.ones((4, 3), np.float32))
        .node("Relu", "x", "t")
        .node("Einsum", "t w", "u", equation="ij,jk->ik")
        .node("Relu", "u", "y")
        .output("y", "FP32", (None, 3))
        .build()
    )


SUBGRAPH = ModelConfig(gears_batch=GEARS, cann_options="enable_cann_subgraph=1")


def test_nodes_on_the_cpu_are_refused_by_name(cann: Cann, tmp_path: Path) -> None:
    folder = write(tmp_path / "parts", part_on_cpu())
    naive = run_naively(folder, X, {"device_id": "0", "enable_cann_subgraph": "1"})
    assert naive.providers[0] == CANN  # not a word of the CPU

    refused = pytest.raises(
        LoadFailed, match=r"run nodes on the CPU, of the operators Einsum \(1\)"
    )
    with refused, cann.loaded(folder, SUBGRAPH):
        pass


def test_nodes_on_the_cpu_are_counted_where_they_may_be(cann: Cann, tmp_path: Path) -> None:
    folder = write(tmp_path / "parts", part_on_cpu())
    relaxed = dataclasses.replace(cann, strict=False)

    with relaxed.loaded(folder, SUBGRAPH) as (instance, spec):
        assert spec.placement["cpu_assigned_nodes"] == "1"
        y = instance.warm_up({"x": X})["y"]

    np.testing.assert_allclose(y, np.maximum(X, 0) @ np.ones((4, 3)), rtol=1e-6)


def test_placement_is_proven(cann: Cann, folder: Path) -> None:
    with cann.loaded(folder) as (_, spec):
        placement = dict(spec.placement)

    assert placement.pop("compile_cache").startswith(str(cann.cache))
    assert placement == {
        "device": "npu:0",
        "provider": CANN,
        "cpu_assigned_nodes": "0",
        "soc": "Ascend310P3",
        "cann": "8.2.RC1",
        "onnxruntime": "1.24.4",
    }


@pytest.fixture
def runtime_only(built: Sim, tmp_path: Path) -> Path:
    """As in an image with CANN's runtime, but not its compiler."""
    folder = tmp_path / "runtime only"
    folder.mkdir()
    for name in LIBRARIES[:2]:
        (folder / name).symlink_to(built.library.parent / name)
    return folder


def test_compiler_of_cann_is_missing(
    cann: Cann, folder: Path, runtime_only: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LD_LIBRARY_PATH", str(runtime_only))
    refused = pytest.raises(LoadFailed, match=r"libfmk_onnx_parser\.so: cannot open")

    with refused, cann.loaded(folder):
        pass


EVERY_OPTION = (
    "arena_extend_strategy=kSameAsRequested; enable_cann_graph=1; enable_cann_subgraph=0; "
    "npu_mem_limit=1073741824; op_select_impl_mode=high_performance; "
    "optypelist_for_implmode=Gelu,Erf; precision_mode=allow_fp32_to_fp16"
)


def test_every_option_that_is_the_user_s_is_taken(cann: Cann, folder: Path) -> None:
    chosen = {pair.split("=")[0].strip() for pair in EVERY_OPTION.split(";")}
    assert chosen == known_options("1.24.4") - {"device_id", "dump_graphs", "dump_om_model"}

    with cann.loaded(folder, ModelConfig(gears_batch=GEARS, cann_options=EVERY_OPTION)) as (one, _):
        np.testing.assert_allclose(one.warm_up({"x": X})["y"], dense_answer(X), atol=1e-6)


@pytest.mark.parametrize("old", ["max_opqueue_num", "do_copy_in_default_stream"])
def test_old_names_are_as_unknown_to_the_wheel_as_to_us(folder: Path, old: str) -> None:
    seen = run_naively(folder, X, {"device_id": "0", old: "1"}, enable_fallback=0)
    assert f'Unknown provider option: "{old}"' in seen.text
    assert old not in known_options("1.24.4")
