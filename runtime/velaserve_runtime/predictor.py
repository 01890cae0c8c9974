# SPDX-License-Identifier: Apache-2.0
"""The model behind a transformer, asked over V2 REST with binary tensors."""

from __future__ import annotations

import functools
import http.client
import json
from typing import TYPE_CHECKING, Any

from velaserve_runtime.backends.byte_strings import to_bytes
from velaserve_runtime.protocol.datatypes import datatype_of
from velaserve_runtime.protocol.errors import InvalidRequest, ModelFailed
from velaserve_runtime.protocol.raw_tensors import decode_raw, encode_raw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from velaserve_runtime.protocol.datatypes import Array

TIMEOUT_S = 60.0
_JSON_BYTES = "Inference-Header-Content-Length"


class Predictor:
    """One model of another server; used by one thread at a time, on one kept connection."""

    def __init__(self, host: str, model: str, timeout_s: float = TIMEOUT_S) -> None:
        """`host` may have a port: digits-predictor.default, 127.0.0.1:8080."""
        self.host = host
        self.model = model
        self._connection = http.client.HTTPConnection(host, timeout=timeout_s)

    def infer(self, inputs: Mapping[str, Array]) -> dict[str, Array]:
        """All outputs by name, read-only. BYTES are objects of `bytes`, BF16 the bits as uint16.

        Raises:
            InvalidRequest: the model refuses the inputs.
            ModelFailed: it cannot be reached, or answers with any other error.
        """
        tensors = [self._encode(name, array) for name, array in inputs.items()]
        head = {
            "inputs": [description for description, _ in tensors],
            "parameters": {"binary_data_output": True},
        }
        text = json.dumps(head).encode()
        body = b"".join((text, *(raw for _, raw in tensors)))
        answer, json_bytes = self._ask("POST", "/infer", body, {_JSON_BYTES: str(len(text))})
        return dict(_decode(answer, json_bytes))

    def close(self) -> None:
        self._connection.close()

    @functools.cached_property
    def _datatypes(self) -> dict[str, str]:
        answer, _ = self._ask("GET", "", None, {})
        return {each["name"]: each["datatype"] for each in json.loads(answer)["inputs"]}

    def _encode(self, name: str, array: Array) -> tuple[dict[str, Any], bytes | memoryview]:
        """Any: a JSON object."""
        if name not in self._datatypes:
            raise InvalidRequest(
                f"{self.model} has no input '{name}': {', '.join(self._datatypes)}"
            )
        datatype = datatype_of(self._datatypes[name], name)
        raw = encode_raw(datatype, to_bytes(array) if datatype.name == "BYTES" else array)
        sizes = {"binary_data_size": len(raw)}
        shape = list(array.shape)
        return {"name": name, "datatype": datatype.name, "shape": shape, "parameters": sizes}, raw

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[bytes, int | None]:
        """The body of the answer, and the size of its JSON part where tensors follow."""
        target = f"/v2/models/{self.model}{path}"
        try:
            response = self._send(method, target, body, headers)
            answer = response.read()
        except (OSError, http.client.HTTPException) as err:
            self._connection.close()
            raise ModelFailed(f"predictor {self.host}: {str(err) or type(err).__name__}") from err
        if response.status != http.client.OK:
            raise self._refusal(response.status, answer)
        size = response.headers.get(_JSON_BYTES)
        return answer, None if size is None else int(size)

    def _send(
        self, method: str, target: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """Once more where the kept connection was closed meanwhile: nothing of it was answered."""
        try:
            self._connection.request(method, target, body, headers)
            return self._connection.getresponse()
        except (ConnectionResetError, BrokenPipeError):  # RemoteDisconnected is the former, too
            self._connection.close()
            self._connection.request(method, target, body, headers)
            return self._connection.getresponse()

    def _refusal(self, status: int, answer: bytes) -> InvalidRequest | ModelFailed:
        try:
            reason = json.loads(answer)["error"]
        except (ValueError, KeyError, TypeError):
            reason = answer[:200].decode(errors="replace")
        text = f"predictor {self.host}: {status}: {reason}"
        return InvalidRequest(text) if status == http.client.BAD_REQUEST else ModelFailed(text)


def _decode(answer: bytes, json_bytes: int | None) -> Iterator[tuple[str, Array]]:
    view, at = memoryview(answer), len(answer) if json_bytes is None else json_bytes
    for output in json.loads(bytes(view[:at]))["outputs"]:
        name, datatype = output["name"], datatype_of(output["datatype"], output["name"])
        size = output["parameters"]["binary_data_size"]
        yield name, decode_raw(datatype, tuple(output["shape"]), view[at : at + size], name)
        at += size
