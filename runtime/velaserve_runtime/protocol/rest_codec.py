# SPDX-License-Identifier: Apache-2.0
"""V2 REST inference bodies: JSON, and JSON followed by binary tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import orjson

from velaserve_runtime.protocol.datatypes import DATATYPES, datatype_of
from velaserve_runtime.protocol.errors import InvalidRequest
from velaserve_runtime.protocol.infer import NO_PARAMETERS, InferRequest, Parameters
from velaserve_runtime.protocol.json_tensors import decode_json, refuse_infinity, to_json
from velaserve_runtime.protocol.parameters import earliest_deadline_s, flag_of, refuse_unprovided
from velaserve_runtime.protocol.raw_tensors import decode_raw, encode_raw
from velaserve_runtime.protocol.refusals import nameless_input, two_sources
from velaserve_runtime.protocol.tensors import Tensor

if TYPE_CHECKING:
    from collections.abc import Callable

    from velaserve_runtime.protocol.infer import InferResponse
    from velaserve_runtime.protocol.metadata import JSON
    from velaserve_runtime.protocol.tensors import Shape

Buffer = bytes | memoryview


class OutputForm(NamedTuple):
    """Which outputs go as binary: by name, else the request's default."""

    by_name: dict[str, bool]
    default: bool

    def binary(self, name: str) -> bool:
        return self.by_name.get(name, self.default)


ALL_JSON = OutputForm({}, default=False)
_NONE = cast("Parameters", NO_PARAMETERS)


class Encoded(NamedTuple):
    """A response body; `json_bytes` is the size of its JSON part when tensors follow, else None."""

    pieces: list[Buffer]
    json_bytes: int | None


def decode_infer(
    body: Buffer,
    json_bytes: int | None,
    model: str,
    version: str,
    deadline_s: float | None = None,
    loads: Callable[[Buffer], object] = orjson.loads,
) -> tuple[InferRequest, OutputForm]:
    """Decodes an inference request body.

    Args:
        body: the whole body; binary tensors become read-only views of it.
        json_bytes: Inference-Header-Content-Length; None = everything is JSON.
        model: the model's name from the path.
        version: the model's version from the path; empty = the newest.
        deadline_s: the wire's deadline on time.monotonic()'s clock.
        loads: the JSON parser.

    Raises:
        InvalidRequest: naming what in the body is wrong.
    """
    raw = memoryview(b"")
    text = body
    if json_bytes is not None:
        if json_bytes > len(body):
            raise InvalidRequest(
                f"Inference-Header-Content-Length is {json_bytes}, the body has {len(body)} bytes"
            )
        view = memoryview(body)
        text, raw = view[:json_bytes], view[json_bytes:]
    document = _parse(text, loads)
    parameters, form = _NONE, ALL_JSON
    outputs: tuple[str, ...] = ()
    if "parameters" in document or "outputs" in document:
        parameters = _parameters(document, "the request")
        outputs, form = _wanted_outputs(document, parameters)
    request = InferRequest(
        model_name=model,
        model_version=version,
        inputs=_decode_inputs(document.get("inputs", []), raw),
        id=_string(document, "id") if "id" in document else "",
        outputs=outputs,
        parameters=parameters,
        deadline_s=earliest_deadline_s(parameters, deadline_s) if parameters else deadline_s,
    )
    return request, form


def encode_infer(response: InferResponse, form: OutputForm) -> Encoded:
    """Encodes an answer; binary tensors follow the JSON in the order of `outputs`.

    Raises:
        InvalidRequest: JSON cannot carry a value; the text says how to ask for it.
    """
    outputs: list[dict[str, object]] = []
    document: dict[str, object] = {
        "model_name": response.model_name,
        "model_version": response.model_version,
        "outputs": outputs,
    }
    if response.id:
        document["id"] = response.id
    raw_tensors: list[Buffer] = []
    for tensor in response.outputs:
        entry: dict[str, object] = {
            "name": tensor.name,
            "datatype": tensor.datatype,
            "shape": tensor.array.shape,
        }
        if form.binary(tensor.name):
            raw = encode_raw(DATATYPES[tensor.datatype], tensor.array)
            raw_tensors.append(raw)
            entry["parameters"] = {"binary_data_size": len(raw)}
        else:
            entry["data"] = to_json(tensor)
        outputs.append(entry)
    text = orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)
    if b"null" in text:
        refuse_infinity(one for one in response.outputs if not form.binary(one.name))
    return Encoded([text, *raw_tensors], len(text) if raw_tensors else None)


def _parse(text: Buffer, loads: Callable[[Buffer], object]) -> dict[str, JSON]:
    try:
        document = loads(text)
    except ValueError as err:
        raise InvalidRequest(f"the body is not valid JSON: {err}; {_hint(bytes(text))}") from err
    if not isinstance(document, dict):
        raise InvalidRequest(f"the body must be a JSON object, found {type(document).__name__}")
    return document


def _hint(text: bytes) -> str:
    if b"NaN" in text or b"Infinity" in text:  # what Python's json module writes for them
        return "JSON has no NaN or Infinity: send null for NaN, or binary data"
    return f"it begins {text[:40].decode(errors='replace')!r}"


def _decode_inputs(entries: JSON, raw: memoryview) -> list[Tensor]:
    if not isinstance(entries, list):
        raise InvalidRequest(f"'inputs' must be a list of tensors, found {type(entries).__name__}")
    inputs: list[Tensor] = []
    start = 0
    for at, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise InvalidRequest(f"inputs[{at}] must be an object, found {type(entry).__name__}")
        tensor, stop = _decode_input(entry, at, raw, start)
        inputs.append(tensor)
        start = stop
    if start != len(raw):
        raise InvalidRequest(
            f"{len(raw)} bytes follow the JSON, but the inputs' binary_data_size add up to {start}"
        )
    return inputs


def _decode_input(
    entry: dict[str, JSON], at: int, raw: memoryview, start: int
) -> tuple[Tensor, int]:
    name = entry.get("name")
    if type(name) is not str or not name:
        raise nameless_input(at)
    datatype = datatype_of(entry.get("datatype"), name)
    shape = _shape(entry.get("shape"), name)
    size_bytes = _binary_size(entry, name)
    data = entry.get("data")
    if size_bytes is None:
        if not isinstance(data, list):
            raise InvalidRequest(
                f"input '{name}' needs 'data' (a list) or the parameter binary_data_size"
            )
        return Tensor(name, datatype.name, decode_json(data, datatype, shape, name)), start
    if data is not None:
        raise two_sources(name, "data", "binary_data_size")
    stop = start + size_bytes
    if stop > len(raw):
        raise InvalidRequest(
            f"input '{name}': binary_data_size is {size_bytes}, "
            f"{len(raw) - start} bytes are left of the body"
        )
    return Tensor(name, datatype.name, decode_raw(datatype, shape, raw[start:stop], name)), stop


def _shape(value: JSON, tensor: str) -> Shape:
    if type(value) is list:
        for size in value:
            if type(size) is not int:
                break
        else:
            return tuple(cast("list[int]", value))
    raise InvalidRequest(
        f"input '{tensor}': 'shape' must be a list of whole numbers, found {value!r:.80}"
    )


def _binary_size(entry: dict[str, JSON], tensor: str) -> int | None:
    if "parameters" not in entry:
        return None
    parameters = _parameters(entry, f"input '{tensor}'")
    size_bytes = parameters.get("binary_data_size")
    if size_bytes is None:
        return None
    if type(size_bytes) is not int or size_bytes < 0:
        raise InvalidRequest(
            f"input '{tensor}': binary_data_size must be a whole number >= 0, found {size_bytes!r}"
        )
    return size_bytes


def _parameters(holder: dict[str, JSON], where: str) -> Parameters:
    value = holder.get("parameters")
    if value is None:
        return _NONE
    if not isinstance(value, dict):
        raise InvalidRequest(f"{where}: 'parameters' must be an object")
    for name, item in value.items():
        if not isinstance(item, str | int | float):
            raise InvalidRequest(f"{where}: parameter '{name}' must be a string, number or boolean")
    refuse_unprovided(value, where)
    return cast("Parameters", value)


def _wanted_outputs(
    document: dict[str, JSON], parameters: Parameters
) -> tuple[tuple[str, ...], OutputForm]:
    binary_by_default = (
        flag_of(parameters, "binary_data_output", False, "the request") if parameters else False
    )
    entries = document.get("outputs")
    if not entries:
        return (), OutputForm({}, binary_by_default) if binary_by_default else ALL_JSON
    if not isinstance(entries, list):
        raise InvalidRequest("'outputs' must be a list of objects with a 'name'")
    names: list[str] = []
    form: dict[str, bool] = {}
    for at, entry in enumerate(entries):
        name = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or type(name) is not str:
            raise InvalidRequest(f"outputs[{at}] must be an object with a 'name'")
        where = f"output '{name}'"
        wanted = _parameters(entry, where)
        form[name] = flag_of(wanted, "binary_data", binary_by_default, where)
        names.append(name)
    return tuple(names), OutputForm(form, binary_by_default)


def _string(document: dict[str, JSON], key: str) -> str:
    value = document.get(key, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InvalidRequest(f"'{key}' must be a string, found {type(value).__name__}")
    return value
