# SPDX-License-Identifier: Apache-2.0
"""Reads velaserve.yaml: every key and value is checked, every refusal has a position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from velaserve_lint.names import options
from velaserve_runtime.protocol.datatypes import DATATYPES
from velaserve_runtime.protocol.tensors import TensorSpec
from velaserve_runtime.repository.config_reader import ConfigReader
from velaserve_runtime.repository.model_config import (
    OPTION_KEYS,
    ModelConfig,
    SampleTensor,
    WarmUpSample,
)
from velaserve_runtime.repository.version_policy import VersionPolicy

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_lint.place import Path
    from velaserve_runtime.protocol.tensors import Shape

KEYS = tuple(ModelConfig.__dataclass_fields__)
_ANY_SIZE = -1
_LARGEST_SIZE = 2**31 - 1
_MOST_VERSIONS = 2**31 - 1


def parse_config(content: bytes, file: str) -> dict[str, Any]:
    """The fields of ModelConfig that the file sets; Any: each has its own type.

    Raises:
        ConfigError: the file is not YAML, or a key or value is wrong.
    """
    reader = ConfigReader.of(content, file)
    if reader is None:
        return {}
    present = reader.mapping((), KEYS)
    return {
        key: reader.option((key,), options()[key])
        if key in OPTION_KEYS
        else _READERS[key](reader, (key,))
        for key in present
    }


def _batching(reader: ConfigReader, path: Path) -> Literal["auto", "off"]:
    return cast("Literal['auto', 'off']", reader.choice(path, ("auto", "off")))


def _version_policy(reader: ConfigReader, path: Path) -> VersionPolicy:
    kinds = reader.mapping(path, ("latest", "all", "specific"))
    if len(kinds) != 1:
        raise reader.error(path, "expected exactly one of latest, all and specific")
    if "all" in kinds:
        reader.mapping((*path, "all"), ())
        return VersionPolicy("all")
    if "latest" in kinds:
        reader.mapping((*path, "latest"), ("num_versions",))
        count = reader.integer((*path, "latest", "num_versions"), 1, _MOST_VERSIONS)
        return VersionPolicy("latest", num_versions=count)
    reader.mapping((*path, "specific"), ("versions",))
    versions = reader.items((*path, "specific", "versions"))
    numbers = tuple(reader.integer(version, 1, _MOST_VERSIONS) for version in versions)
    return VersionPolicy("specific", versions=numbers)


def _warm_up(reader: ConfigReader, path: Path) -> tuple[WarmUpSample, ...]:
    return tuple(
        {name: _sample_tensor(reader, tensor) for name, tensor in reader.members(sample).items()}
        for sample in reader.items(path)
    )


def _sample_tensor(reader: ConfigReader, path: Path) -> SampleTensor:
    present = reader.mapping(path, ("shape", "data"))
    shape = _shape(reader, (*path, "shape"), smallest=1)
    if "data" not in present:
        return SampleTensor(shape)
    data = reader.choice((*path, "data"), ("zero", "random"))
    return SampleTensor(shape, cast("Literal['zero', 'random']", data))


def _tensors(reader: ConfigReader, path: Path) -> tuple[TensorSpec, ...]:
    specs = tuple(_tensor(reader, item) for item in reader.items(path))
    names = [spec.name for spec in specs]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise reader.error((*path, number, "name"), f"'{name}' is declared twice")
    return specs


def _tensor(reader: ConfigReader, path: Path) -> TensorSpec:
    reader.mapping(path, ("name", "datatype", "shape"))
    return TensorSpec(
        reader.text((*path, "name")),
        reader.choice((*path, "datatype"), tuple(DATATYPES)),
        _shape(reader, (*path, "shape"), smallest=_ANY_SIZE),
    )


def _shape(reader: ConfigReader, path: Path, smallest: int) -> Shape:
    return tuple(reader.integer(item, smallest, _LARGEST_SIZE) for item in reader.items(path))


_READERS: dict[str, Callable[[ConfigReader, Path], object]] = {
    "batching": _batching,
    "version_policy": _version_policy,
    "warm_up": _warm_up,
    "inputs": _tensors,
    "outputs": _tensors,
}
