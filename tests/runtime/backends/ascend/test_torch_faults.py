# SPDX-License-Identifier: Apache-2.0
"""TorchScript on an NPU that fails: the right answer at each call, and never a wrong one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.torch_models import DOUBLE_TENSORS, write_double_torch, write_torch
from support.torch_npu_shim.script import (
    cpu_operator_text,
    error_text,
    memory_text,
    queue_error_text,
)
from velaserve_runtime.backends.ascend.error_codes import ErrorClass, known_codes
from velaserve_runtime.backends.ascend.torch_ascend import TorchAscendInstance
from velaserve_runtime.protocol.errors import (
    DeviceFault,
    DeviceLost,
    DeviceOutOfMemory,
    LoadFailed,
    ModelFailed,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from support.torch_npu_shim.script import Script
    from velaserve_runtime.protocol.errors import VelaserveError

pytestmark = pytest.mark.heavy

AT_RUN = {
    ErrorClass.MEMORY: DeviceOutOfMemory,
    ErrorClass.DEVICE_GONE: DeviceLost,
    ErrorClass.KERNEL: DeviceFault,
}
AT_LOAD = {ErrorClass.MEMORY: DeviceOutOfMemory, ErrorClass.DEVICE_GONE: DeviceLost}
X = np.ones((2, 4), np.float32)


@pytest.fixture
def make(npu: Script, tmp_path: Path) -> Iterator[Callable[[str], TorchAscendInstance]]:
    """Instances of y = 2 x, or of another forward()."""
    made: list[TorchAscendInstance] = []

    def make(forward: str = "return 2 * x") -> TorchAscendInstance:
        folder = tmp_path / str(len(made))
        write_torch(folder, f"def forward(self, x):\n    {forward}\n", DOUBLE_TENSORS)
        file = folder / "model.pt"
        made.append(TorchAscendInstance(file, 0, 1, ((), ()), cpu_operators=False))
        return made[-1]

    assert npu.calls == []
    yield make
    for instance in made:
        instance.close()


def calls_of(npu: Script, do: Callable[[], object]) -> list[str]:
    """The calls that `do` makes, each once."""
    npu.calls.clear()
    do()
    return sorted({call.partition(" ")[0] for call in npu.calls})


def error_of(do: Callable[[], object]) -> VelaserveError:
    with pytest.raises((ModelFailed, LoadFailed, DeviceLost, DeviceOutOfMemory)) as caught:
        do()
    return caught.value


@pytest.mark.parametrize("code", known_codes())
def test_each_call_of_a_run(
    npu: Script, make: Callable[..., TorchAscendInstance], code: int
) -> None:
    instance = make()
    instance.load()
    calls = calls_of(npu, lambda: instance.execute({"x": X}))
    assert len(calls) == 5, calls

    for call in calls:
        npu.fail(call, error_text("aclrtX", code))
        error = error_of(lambda: instance.execute({"x": X}))
        assert type(error) is AT_RUN.get(known_codes()[code], ModelFailed), call
        assert f"aclrtX failed with {code}" in str(error)
        assert "scripted fault" in str(error)
        np.testing.assert_array_equal(instance.execute({"x": X})["y"], 2 * X)


@pytest.mark.parametrize("code", known_codes())
def test_each_call_of_a_load(
    npu: Script, make: Callable[..., TorchAscendInstance], code: int
) -> None:
    instance = make()
    calls = [call for call in calls_of(npu, instance.load) if call != "import"]
    assert len(calls) == 10, calls

    for call in calls:
        npu.fail(call, error_text("aclrtX", code))
        error = error_of(instance.load)
        assert type(error) is AT_LOAD.get(known_codes()[code], LoadFailed), call
        assert f"aclrtX failed with {code}" in str(error)
    instance.load()
    np.testing.assert_array_equal(instance.execute({"x": X})["y"], 2 * X)


def test_no_batch_is_answered_with_what_was_in_memory(
    npu: Script, make: Callable[..., TorchAscendInstance]
) -> None:
    """torch_npu tells one thread that its queue ended, then drops the work of all of them."""
    first, second = make(), make()
    first.load()
    second.load()
    npu.fail("mul", queue_error_text("aclnnMul"), ends_queue=True)

    told = error_of(lambda: first.execute({"x": X}))
    dropped = [error_of(partial(one.execute, {"x": X})) for one in (first, second)]

    assert type(told) is DeviceLost
    assert "the current working operator name is aclnnMul" in str(told)
    assert "scripted fault" in str(told)
    assert [type(error) for error in dropped] == [DeviceLost, DeviceLost]
    assert "this batch was dropped" in str(dropped[1])
    assert type(error_of(make().load)) is DeviceLost


def test_memory_that_does_not_suffice_for_a_batch(
    npu: Script, make: Callable[..., TorchAscendInstance]
) -> None:
    instance = make()
    instance.load()
    npu.fail("mul", memory_text())

    error = error_of(lambda: instance.execute({"x": X}))

    assert type(error) is DeviceOutOfMemory
    assert "Tried to allocate 2.00 GiB" in str(error)
    np.testing.assert_array_equal(instance.execute({"x": X})["y"], 2 * X)


def test_memory_that_does_not_suffice_for_a_model(
    npu: Script, make: Callable[..., TorchAscendInstance]
) -> None:
    npu.memory_bytes = (100, 8 << 20)
    instance = make()

    with pytest.raises(DeviceOutOfMemory, match=r"MiB of device memory, 0\.0 of 8\.0 MiB are free"):
        instance.load()
    assert npu.calls[-1] == "mem_get_info 0"


def test_operator_that_only_the_cpu_has(
    npu: Script, make: Callable[..., TorchAscendInstance]
) -> None:
    instance = make()
    instance.load()
    npu.fail("mul", cpu_operator_text("aten::mul"))

    with pytest.raises(LoadFailed, match=r"'aten::mul' would execute.*--fallback-policy fallback"):
        instance.warm_up({"x": X})


def test_model_that_names_another_device(make: Callable[..., TorchAscendInstance]) -> None:
    instance = make("return x + torch.ones([4], device='cpu')")
    instance.load()

    with pytest.raises(LoadFailed, match=r"on the same device.*the model's code names a device"):
        instance.warm_up({"x": X})


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("return x, x", r"forward\(\) returned 2 tensors, 1 outputs are declared"),
        ("return x.double()", "'y' has the element type float64"),
        ("return {'z': x}", r"gave the outputs \['z'\]"),
    ],
)
def test_answer_that_breaks_the_declaration(
    make: Callable[..., TorchAscendInstance], answer: str, reason: str
) -> None:
    instance = make(answer)
    instance.load()

    with pytest.raises(ModelFailed, match=reason):
        instance.execute({"x": X})
    with pytest.raises(LoadFailed, match=reason):
        instance.warm_up({"x": X})


def test_inputs_of_another_kind(make: Callable[..., TorchAscendInstance]) -> None:
    instance = make()
    instance.load()

    with pytest.raises(ModelFailed, match="torch: "):
        instance.execute({"x": np.zeros((1, 4), np.object_)})


def test_no_device(npu: Script, make: Callable[..., TorchAscendInstance]) -> None:
    npu.devices = 0

    with pytest.raises(DeviceLost, match=r"sees no NPU; look at npu-smi info.*/dev/davinci\*"):
        make().load()


def test_instances_take_turns_on_the_cards(npu: Script, tmp_path: Path) -> None:
    npu.devices = 2
    file = write_double_torch(tmp_path) / "model.pt"

    for number, device in ((0, "npu:0"), (1, "npu:1"), (2, "npu:0")):
        instance = TorchAscendInstance(file, number, 1, ((), ()), cpu_operators=False)
        assert instance.load().placement["device"] == device
        instance.close()


def test_process_that_was_forked(npu: Script, make: Callable[..., TorchAscendInstance]) -> None:
    npu.fail(
        "set_device",
        "Cannot re-initialize NPU in forked subprocess. To use NPU with multiprocessing, you must "
        "use the 'spawn' start method",
    )

    with pytest.raises(LoadFailed, match=r"model\.pt: torch: Cannot re-initialize.*'spawn'"):
        make().load()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "cannot be read: No such file"), (b"\x00 this is no model \xff", "torch: ")],
)
def test_file_that_is_no_model(
    npu: Script, tmp_path: Path, content: bytes | None, reason: str
) -> None:
    file = tmp_path / "model.pt"
    if content:
        file.write_bytes(content)

    with pytest.raises(LoadFailed, match=rf"model\.pt:? {reason}"):
        TorchAscendInstance(file, npu.devices - 1, 1, ((), ()), cpu_operators=False).load()


def test_close_of_a_lost_device(npu: Script, make: Callable[..., TorchAscendInstance]) -> None:
    instance = make()
    instance.load()
    npu.fail("empty_cache", error_text("aclrtFree", 507899))
    instance.close()
    instance.close()
