# SPDX-License-Identifier: Apache-2.0
"""strict, fallback and degrade, from the model's folder to the instances that serve."""

from __future__ import annotations

import functools
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from support.models import scale, write_double_onnx, write_onnx
from support.scripted import SPEC, Device, Pauses, probes_ended
from velaserve_runtime.backends import policy, registry
from velaserve_runtime.backends.breaker import State
from velaserve_runtime.backends.instance import StandIn, close_all
from velaserve_runtime.backends.recovery import Recovery
from velaserve_runtime.backends.registry import BackendSettings
from velaserve_runtime.protocol.errors import (
    DEVICE_ERRORS,
    ConfigError,
    DeviceFault,
    DeviceLost,
    LoadFailed,
    NoBackend,
    VelaserveError,
)
from velaserve_runtime.protocol.tensors import ModelSpec, TensorSpec
from velaserve_runtime.repository.loading import Loader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from velaserve_runtime.repository.loading import LoadedVersion

REASON = "card 0 does not answer"
BAD_MODEL = LoadFailed("model.om is no offline model")


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> Pauses:
    """Every recovery waits as the test wants it."""
    pauses = Pauses()
    monkeypatch.setattr(policy, "Recovery", functools.partial(Recovery, pause=pauses))
    return pauses


@pytest.fixture
def serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: Pauses
) -> Iterator[Callable[..., LoadedVersion]]:
    """Loads the model in tmp_path, a doubling one if there is none, on that device."""
    versions: list[LoadedVersion] = []

    def load(device: Device, fallback_policy: str, **options: int) -> LoadedVersion:
        if not any(tmp_path.iterdir()):
            write_double_onnx(tmp_path)
        monkeypatch.setitem(registry._OPENERS, "nvidia", {"onnx": device.open, "om": device.open})
        settings = BackendSettings(device="nvidia", fallback_policy=fallback_policy)
        versions.extend(Loader(settings, options).load("m", tmp_path))
        return versions[-1]

    yield load
    for version in versions:
        close_all(version.instances)
    pauses.end()
    probes_ended()


def ask(version: LoadedVersion) -> list[str]:
    """Where each instance answers; fails if an answer is wrong."""
    x = np.arange(8, dtype=np.float32).reshape(2, 4)
    answers = [instance.execute({"x": x}) for instance in version.instances]
    for answer in answers:
        np.testing.assert_array_equal(answer["y"], 2 * x)
    return ["cpu" if isinstance(answer, StandIn) else "device" for answer in answers]


def assert_on_cpu(version: LoadedVersion, reason: str) -> None:
    assert set(ask(version)) == {"cpu"}
    placement = version.placement
    assert (placement.stands_in, placement.device, placement.lost) == (True, "nvidia", "")
    told = placement.properties
    assert told["provider"] == "CPUExecutionProvider"
    assert (told["device"], told["fallback_from"]) == ("cpu", "nvidia")
    assert reason in told["fallback_reason"]


def assert_on_device(version: LoadedVersion) -> None:
    assert set(ask(version)) == {"device"}
    placement = version.placement
    assert (placement.stands_in, placement.device, placement.lost) == (False, "nvidia", "")
    assert placement.properties == SPEC.placement
    assert placement.state is State.CLOSED


@contextmanager
def refused(kind: type[VelaserveError], *words: str) -> Iterator[None]:
    with pytest.raises(kind) as refusal:
        yield
    assert type(refusal.value) is kind
    for word in words:
        assert word in str(refusal.value)


def assert_nothing_is_left(device: Device) -> None:
    assert device.instances
    assert all(instance.closed for instance in device.instances)


at_load_and_warm_up = pytest.mark.parametrize("call", ["load", "warm_up", "execute"])
by_class = pytest.mark.parametrize("kind", DEVICE_ERRORS)


@pytest.mark.parametrize("fallback_policy", ["strict", "fallback", "degrade"])
def test_a_good_device_serves(serve: Callable[..., LoadedVersion], fallback_policy: str) -> None:
    version = serve(Device(), fallback_policy, instance_count=2)
    assert len(version.instances) == 2
    assert_on_device(version)
    assert not version.inline_allowed, "a device would hold up the loop"
    assert (version.spec, version.placement.always_cpu) == (SPEC, False)


@at_load_and_warm_up
@by_class
def test_strict_does_not_serve_what_the_device_does_not_take(
    serve: Callable[..., LoadedVersion], call: str, kind: type[VelaserveError]
) -> None:
    device = Device(SPEC, **{call: {1: kind(REASON)}})
    ways_out = ("fallbackPolicy: fallback", "--fallback-policy fallback", "--device cpu")
    with refused(kind, "model 'm' cannot run on device nvidia", REASON, *ways_out):
        serve(device, "strict")
    assert_nothing_is_left(device)


def test_strict_knows_no_way_out_for_a_bad_model(serve: Callable[..., LoadedVersion]) -> None:
    with pytest.raises(LoadFailed, match=r"^model.om is no offline model$"):
        serve(Device(load={1: BAD_MODEL}), "strict")


@at_load_and_warm_up
@by_class
def test_fallback_serves_on_the_cpu_for_good(
    serve: Callable[..., LoadedVersion], call: str, kind: type[VelaserveError]
) -> None:
    device = Device(SPEC, **{call: {1: kind(REASON)}})
    version = serve(device, "fallback")
    assert_on_cpu(version, REASON)
    assert version.placement.always_cpu
    assert version.inline_allowed
    assert_nothing_is_left(device)


@pytest.mark.parametrize("fallback_policy", ["fallback", "degrade"])
def test_a_model_that_the_device_cannot_load_is_the_cpu_s_for_good(
    serve: Callable[..., LoadedVersion], fallback_policy: str
) -> None:
    version = serve(Device(load={1: BAD_MODEL}), fallback_policy)
    assert_on_cpu(version, str(BAD_MODEL))
    assert version.placement.always_cpu


@pytest.mark.parametrize("fallback_policy", ["fallback", "degrade"])
def test_a_model_that_nothing_can_load_names_both_reasons(
    serve: Callable[..., LoadedVersion], tmp_path: Path, fallback_policy: str
) -> None:
    write_onnx(tmp_path, b"no model")
    both = ("neither on device nvidia, because card 0", "nor on the CPU, because", "model.onnx")
    with refused(LoadFailed, *both):
        serve(Device(load={1: DeviceLost(REASON)}), fallback_policy)


def test_one_reason_is_named_once(
    serve: Callable[..., LoadedVersion], monkeypatch: pytest.MonkeyPatch
) -> None:
    for device in (registry.CPU, "nvidia"):
        monkeypatch.setitem(registry._OPENERS, device, {"onnx": Device(load={1: BAD_MODEL}).open})
    with pytest.raises(LoadFailed, match=r"^model.om is no offline model$"):
        serve(Device(load={1: BAD_MODEL}), "fallback")


def test_a_wrong_configuration_is_wrong_everywhere(serve: Callable[..., LoadedVersion]) -> None:
    with pytest.raises(ConfigError, match=r"^velaserve.yaml:1:1$"):
        serve(Device(load={1: ConfigError("velaserve.yaml:1:1")}), "degrade")


def test_a_second_instance_that_fails_takes_the_first_along(
    serve: Callable[..., LoadedVersion],
) -> None:
    device = Device(load={2: DeviceLost(REASON)})
    version = serve(device, "fallback", instance_count=2)
    assert ask(version) == ["cpu", "cpu"]
    assert_nothing_is_left(device)


@at_load_and_warm_up
@by_class
def test_degrade_serves_on_the_cpu_until_the_device_takes_the_model(
    serve: Callable[..., LoadedVersion], pauses: Pauses, call: str, kind: type[VelaserveError]
) -> None:
    version = serve(Device(SPEC, **{call: {1: kind(REASON)}}), "degrade")
    pauses.wait_begun()
    assert_on_cpu(version, REASON)
    assert (version.placement.state, version.placement.always_cpu) == (State.OPEN, False)
    pauses.end()
    probes_ended()
    assert_on_device(version)


def test_degrade_fails_over_and_comes_back(
    serve: Callable[..., LoadedVersion], pauses: Pauses
) -> None:
    device = Device()
    version = serve(device, "degrade")
    device.broken = DeviceLost(REASON)
    assert_on_cpu(version, REASON)
    pauses.wait_begun()
    pauses.end()
    pauses.wait_begun()
    assert version.placement.errors["device_lost"] == 2
    device.broken = None
    pauses.end()
    probes_ended()
    assert_on_device(version)


@pytest.mark.parametrize("fallback_policy", ["strict", "fallback"])
def test_without_degrade_the_device_alone_answers(
    serve: Callable[..., LoadedVersion], pauses: Pauses, fallback_policy: str
) -> None:
    device = Device()
    version = serve(device, fallback_policy)
    device.broken = DeviceFault(REASON)
    with pytest.raises(DeviceFault, match=REASON):
        ask(version)
    assert (version.placement.lost, version.placement.errors["device_fault"]) == ("", 1)
    device.broken = DeviceLost(REASON)
    with pytest.raises(DeviceLost, match=REASON):
        ask(version)
    assert version.placement.lost == f"device nvidia is lost: {REASON}"
    assert version.placement.properties == {"device": "nvidia", "lost": REASON}
    assert not version.placement.stands_in
    device.broken = None
    pauses.end()
    probes_ended()
    assert_on_device(version)


def test_one_instance_that_is_lost_is_what_is_told_of_the_model(
    serve: Callable[..., LoadedVersion],
) -> None:
    device = Device()
    version = serve(device, "degrade", instance_count=2)
    device.broken = DeviceLost(REASON)
    version.instances[0].execute({"x": np.zeros((1, 4), np.float32)})
    device.broken = None
    assert ask(version) == ["cpu", "device"]
    assert version.placement.stands_in
    assert version.placement.properties["fallback_reason"] == REASON


def test_degrade_wants_the_model_on_the_cpu_too(
    serve: Callable[..., LoadedVersion], tmp_path: Path
) -> None:
    write_onnx(tmp_path, b"no model")
    device = Device()
    with refused(LoadFailed, "not on the CPU", "fallbackPolicy: degrade", "model.onnx", "strict"):
        serve(device, "degrade")
    assert_nothing_is_left(device)


def test_degrade_wants_the_same_tensors_on_the_cpu(
    serve: Callable[..., LoadedVersion], tmp_path: Path
) -> None:
    write_onnx(tmp_path, scale(2.0, (None, 8)))
    device = Device()
    with refused(LoadFailed, "on cpu", "it takes x FP32[-1, 8], not x FP32[-1, 4]"):
        serve(device, "degrade")
    assert_nothing_is_left(device)


def test_a_model_that_changed_meanwhile_does_not_come_back(
    serve: Callable[..., LoadedVersion], pauses: Pauses
) -> None:
    device = Device()
    version = serve(device, "degrade")
    device.broken = DeviceLost(REASON)
    ask(version)
    device.broken = None
    device.spec = ModelSpec((TensorSpec("x", "FP16", (-1, 4)),), SPEC.outputs, "scripted")
    pauses.wait_begun()
    pauses.end()
    pauses.wait_begun()
    assert_on_cpu(version, "it takes x FP16[-1, 4], not x FP32[-1, 4]")
    assert_nothing_is_left(device)


def test_an_offline_model_falls_back_on_the_onnx_model_beside_it(
    serve: Callable[..., LoadedVersion], tmp_path: Path
) -> None:
    write_double_onnx(tmp_path)
    (tmp_path / "model.om").touch()
    version = serve(Device(load={1: DeviceLost(REASON)}), "fallback")
    assert_on_cpu(version, REASON)
    assert version.config_json["default_model_filename"] == "model.onnx"


def test_an_offline_model_alone_cannot_fall_back(
    serve: Callable[..., LoadedVersion], tmp_path: Path
) -> None:
    (tmp_path / "model.om").touch()
    words = (REASON, "model.om is compiled for a device", "beside it, as model.onnx")
    with refused(LoadFailed, *words):
        serve(Device(load={1: DeviceLost(REASON)}), "fallback")
    with refused(LoadFailed, "fallbackPolicy: degrade", *words[1:]):
        serve(Device(), "degrade")
    assert_on_device(serve(Device(), "strict"))


def test_a_server_on_the_cpu_serves_what_the_offline_model_was_made_from(tmp_path: Path) -> None:
    (tmp_path / "model.om").touch()
    with refused(LoadFailed, "model.om is compiled for a device", "serve it on its device"):
        Loader(BackendSettings(), {}).load("m", tmp_path)
    write_double_onnx(tmp_path)
    [version] = Loader(BackendSettings(), {}).load("m", tmp_path)
    assert ask(version) == ["device"], "the CPU is the device here"
    assert (version.placement.device, version.placement.errors) == ("", {})
    assert version.placement.properties["provider"] == "CPUExecutionProvider"
    close_all(version.instances)


def test_no_backend_is_no_way_to_serve_and_a_reason_to_fall_back(tmp_path: Path) -> None:
    write_double_onnx(tmp_path)
    nobody = "no backend of this server runs onnx on nvidia (backends for nvidia: python)"
    with refused(NoBackend, "model 'm' cannot run on device nvidia", nobody, "fallbackPolicy"):
        Loader(BackendSettings(device="nvidia"), {}).load("m", tmp_path)
    settings = BackendSettings(device="nvidia", fallback_policy="degrade")
    [version] = Loader(settings, {}).load("m", tmp_path)
    assert ask(version) == ["cpu"]
    assert version.placement.properties["fallback_reason"] == nobody
    assert version.placement.always_cpu, "nothing to wait for"
    close_all(version.instances)


def test_a_model_in_a_process_of_its_own_is_guarded_from_outside(tmp_path: Path) -> None:
    write_double_onnx(tmp_path)
    settings = BackendSettings(device="nvidia", fallback_policy="fallback")
    [version] = Loader(settings, {"executor": "process"}).load("m", tmp_path)
    assert ask(version) == ["cpu"]
    close_all(version.instances)
