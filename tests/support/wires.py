# SPDX-License-Identifier: Apache-2.0
"""One server seen through both wires, and V2 requests in the form of either."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from support.grpc_client import INFER, GrpcClient
from velaserve_runtime.protocol.grpc_messages import message_class
from velaserve_runtime.transports.status import status_of

if TYPE_CHECKING:
    from support.server import Answer, RunningServer
    from velaserve_runtime.protocol import errors

Document = dict[str, Any]  # a V2 request in JSON, maybe wrong
TYPED = {"FP32": "fp32_contents", "INT32": "int_contents", "UINT8": "uint_contents"}


class Wires(NamedTuple):
    """One server, seen through both of its wires."""

    server: RunningServer
    client: GrpcClient

    def rest(self, document: Document, model: str = "double", version: str = "") -> Answer:
        path = f"/v2/models/{model}" + (f"/versions/{version}" if version else "")
        return self.server.request("POST", f"{path}/infer", json.dumps(document))

    def rest_raw(self, document: Document, raw: bytes) -> Answer:
        text = json.dumps(document).encode()
        headers = {"Inference-Header-Content-Length": str(len(text))}
        return self.server.request("POST", "/v2/models/double/infer", text + raw, headers)


def x(**changes: object) -> Document:
    base = {"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [1, 2, 3, 4]}
    return {**base, **changes}


def without_data(entry: Document) -> Document:
    return {key: value for key, value in entry.items() if key != "data"}


def request(*inputs: Document, **more: object) -> Document:
    return {"inputs": list(inputs), **more}


def assert_alike(
    wires: Wires, kind: type[errors.VelaserveError], answer: Answer, message: bytes
) -> None:
    refusal = wires.client.refusal(INFER, message)
    expected = status_of(kind.__new__(kind))
    assert (answer.status, refusal.code) == expected, (answer, refusal)
    assert list(answer.json) == ["error"]
    assert refusal.details == answer.json["error"]


def payload(document: Document, model: str = "double", version: str = "") -> bytes:
    """The JSON document as a ModelInferRequest with typed contents."""
    message = message_class("inference.ModelInferRequest")(
        model_name=model,
        model_version=version,
        id=document.get("id", ""),
        parameters=parameters_of(document),
        inputs=[input_of(entry) for entry in document["inputs"]],
        outputs=[
            {"name": entry["name"], "parameters": parameters_of(entry)}
            for entry in document.get("outputs", [])
        ],
    )
    return message.SerializeToString()


def input_of(entry: Document) -> Document:
    return {
        "name": entry["name"],
        "shape": entry["shape"],
        "datatype": entry["datatype"],
        "parameters": parameters_of(entry),
        "contents": {TYPED.get(entry["datatype"], "fp32_contents"): entry["data"]},
    }


def parameters_of(holder: Document) -> dict[str, Document]:
    kinds = {str: "string_param", int: "int64_param"}
    return {
        name: {kinds[type(value)]: value} for name, value in holder.get("parameters", {}).items()
    }
