# SPDX-License-Identifier: Apache-2.0
"""The digits model asked over each wire: float32[1, 8, 8] -> label and its probability."""

from __future__ import annotations

import base64
import itertools
import struct
from typing import TYPE_CHECKING, NamedTuple, cast

from velaserve_runtime.local import messages
from velaserve_runtime.local.errors import BAD_APPLICATION, LocalError
from velaserve_runtime.local.rest_client import TIMEOUT_S, call

if TYPE_CHECKING:
    from velaserve_runtime.local.digit import Digit
    from velaserve_runtime.local.server_process import Address
    from velaserve_runtime.protocol.metadata import JSON

SHAPE = (1, 8, 8)
OUTPUTS = ("label", "probabilities")
NO_PROXY = [("grpc.enable_http_proxy", 0)]
_INFER = "/inference.GRPCInferenceService/ModelInfer"


Output = dict[str, list[float]]
"""One tensor of a V2 answer; only its data are read."""


class Reading(NamedTuple):
    """What the model read in one image."""

    label: int
    probability: float


def read_over_rest(address: Address, model: str, digit: Digit) -> Reading:
    """Asks with JSON.

    Raises:
        LocalError: the request failed.
    """
    image: dict[str, JSON] = {
        "name": "image",
        "datatype": "FP32",
        "shape": [*SHAPE],
        "data": [*_flat(digit)],
    }
    body: JSON = {"inputs": [image], "outputs": [{"name": name} for name in OUTPUTS]}
    answer = call(address, f"/v2/models/{model}/infer", body)
    (label,), probabilities = (each["data"] for each in cast("list[Output]", answer["outputs"]))
    return Reading(int(label), probabilities[int(label)])


def read_over_grpc(address: Address, model: str, digit: Digit) -> Reading:
    """Asks with raw tensor contents.

    Raises:
        LocalError: the call failed.
    """
    import grpc

    from velaserve_runtime.protocol.grpc_messages import decode, message_class

    request = message_class("inference.ModelInferRequest")(
        model_name=model,
        inputs=[{"name": "image", "datatype": "FP32", "shape": SHAPE}],
        outputs=[{"name": name} for name in OUTPUTS],
        raw_input_contents=[struct.pack("<64f", *_flat(digit))],
    )
    try:
        with grpc.insecure_channel(address.grpc, options=NO_PROXY) as channel:
            answer = channel.unary_unary(_INFER)(request.SerializeToString(), timeout=TIMEOUT_S)
    except grpc.RpcError as err:
        at, reason = address.grpc, str(err)
        raise LocalError(
            BAD_APPLICATION, messages.REQUEST_FAILED, wire="gRPC", address=at, reason=reason
        ) from err
    return _reading(decode("inference.ModelInferResponse", answer))


def _reading(answer: dict[str, JSON]) -> Reading:
    contents = cast("list[str]", answer["raw_output_contents"])
    raw_label, raw_probabilities = map(base64.b64decode, contents)
    (label,) = struct.unpack("<q", raw_label)
    return Reading(label, struct.unpack("<10f", raw_probabilities)[label])


def _flat(digit: Digit) -> list[float]:
    return [float(pixel) for pixel in itertools.chain.from_iterable(digit.pixels)]
