# SPDX-License-Identifier: Apache-2.0
"""A model behind the cluster's gateway, asked over both wires."""

from __future__ import annotations

import http.client
import json
import os
from base64 import b64decode
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from ci.tools.tree import ROOT
from support.grpc_client import GrpcClient
from velaserve_runtime.protocol.grpc_messages import message_class

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support.kube import Kube, Object

SAMPLES = json.loads(
    (ROOT / "applications" / "models" / "digits" / "samples.json").read_text(encoding="utf-8")
)["samples"]
FOUR = next(sample for sample in SAMPLES if sample["label"] == 4)
IMAGE = np.array([FOUR["image"]], np.float32)  # float32[1, 8, 8]
_TIMEOUT_S = 30


class Reading(NamedTuple):
    """What a model made of an image, and which version of it."""

    label: int
    version: str


class Answer(NamedTuple):
    """What came back over REST; names of headers are in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str]


class Model:
    """A model at the gateway's `address`, by the `host` of its route."""

    def __init__(self, address: str, host: str, name: str) -> None:
        self.address, self.host, self.name = address, host, name
        port = int(address.rpartition(":")[2])
        self._grpc = GrpcClient(port, ("grpc.default_authority", host))

    def json(self) -> Reading:
        answer = json.loads(self.answer().body)
        return Reading(answer["outputs"][0]["data"][0], answer["model_version"])

    def answer(self) -> Answer:
        """To the image as JSON."""
        document = _document({"data": IMAGE.ravel().tolist()})
        return self._infer(json.dumps(document).encode())

    def binary(self) -> Reading:
        """The image as raw bytes behind the JSON; the answer the same way."""
        raw = IMAGE.tobytes()
        document = _document({"parameters": {"binary_data_size": len(raw)}})
        document["outputs"][0]["parameters"] = {"binary_data": True}
        head = json.dumps(document).encode()
        length = {"Inference-Header-Content-Length": str(len(head))}
        body = self.post(head + raw, length)
        text, label = body[: -np.int64().nbytes], body[-np.int64().nbytes :]
        return Reading(int(np.frombuffer(label, np.int64)[0]), json.loads(text)["model_version"])

    def grpc(self) -> Reading:
        request = message_class("inference.ModelInferRequest")(
            model_name=self.name,
            inputs=[{"name": "image", "datatype": "FP32", "shape": IMAGE.shape}],
            raw_input_contents=[IMAGE.tobytes()],
        )
        payload = request.SerializeToString()
        answer = self._grpc.infer(payload, timeout=_TIMEOUT_S)
        return Reading(_label(answer), answer["model_version"])

    def bitmap(self) -> int:
        """The label of the image as the bitmap of 32x32 pixels that a transformer makes it of."""
        squares = (np.arange(16) < IMAGE[..., np.newaxis]).reshape(8, 8, 4, 4).swapaxes(1, 2)
        tensor = {"name": "bitmap", "datatype": "BOOL", "shape": [1, 32, 32]}
        document = {"inputs": [{**tensor, "data": squares.ravel().tolist()}]}
        outputs = json.loads(self.post(json.dumps(document).encode()))["outputs"]
        return int(*(each["data"][0] for each in outputs if each["name"] == "label"))

    def status(self) -> int:
        """Of a question for the model's metadata."""
        return self._request("GET", "").status

    def metadata(self) -> bytes:
        return self._request("GET", "").body

    def post(self, body: bytes, headers: Mapping[str, str] | None = None) -> bytes:
        """One inference request; fails unless it is answered well."""
        return self._infer(body, headers).body

    def close(self) -> None:
        self._grpc.close()

    def _infer(self, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        answer = self._request("POST", "/infer", body, headers)
        assert answer.status == 200, answer
        return answer

    def _request(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        own = {"Host": self.host, **(headers or {})}
        return _ask(self.address, method, f"/v2/models/{self.name}{path}", body, own)


def ask_graph(address: str, host: str) -> int:
    """The label of the image by a graph, which hands what comes to / to one of its models."""
    document = _document({"data": IMAGE.ravel().tolist()})
    own = {"Host": host, "Content-Type": "application/json"}
    answer = _ask(address, "POST", "/", json.dumps(document).encode(), own)
    assert answer.status == 200, answer
    label: int = json.loads(answer.body)["outputs"][0]["data"][0]
    return label


def _ask(
    address: str, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
) -> Answer:
    """On a connection of its own."""
    connection = http.client.HTTPConnection(address, timeout=_TIMEOUT_S)
    try:
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, response.read(), told)
    finally:
        connection.close()


def address_of(kube: Kube) -> str:
    """host:port of the Gateway that the definition names by default; on loopback, for the load."""
    found = os.environ.get("VELASERVE_GATEWAY", "")
    if not found:
        gateway = kube.get("Gateway", "kserve-ingress-gateway", "kserve")
        [address, *_] = gateway["status"]["addresses"]
        found = f"{address['value']}:{gateway['spec']['listeners'][0]['port']}"
    forward = "forward a port of 127.0.0.1 to the gateway and set VELASERVE_GATEWAY=127.0.0.1:PORT"
    assert found.startswith("127.0.0.1:"), f"the gateway is at {found}: {forward}"
    return found


def host_of(kube: Kube, name: str, namespace: str = "default") -> str:
    [host] = kube.get("HTTPRoute", name, namespace)["spec"]["hostnames"]
    return str(host)


def _document(image: Object) -> Any:
    tensor = {"name": "image", "datatype": "FP32", "shape": IMAGE.shape, **image}
    return {"inputs": [tensor], "outputs": [{"name": "label"}]}


def _label(answer: Object) -> int:
    [position] = [place for place, each in enumerate(answer["outputs"]) if each["name"] == "label"]
    raw = b64decode(answer["raw_output_contents"][position])
    return int(np.frombuffer(raw, np.int64)[0])
