# SPDX-License-Identifier: Apache-2.0
"""Trains the digits classifier and writes every file beside this script.

The data are scikit-learn's bundled handwritten digits: 1,797 images of 8x8 pixels, 0 to 16.
Every fifth image is held back from training. Version 1 is one linear layer; version 2, also
written as TorchScript, has a hidden layer. Each takes `image` float32[N, 8, 8] and answers
`label` int64[N] and `probabilities` float32[N, 10].

    python applications/models/digits/make.py [--out DIR]     (needs onnx, scikit-learn, torch)
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from onnx import NodeProto, TensorProto, checker, helper, numpy_helper, save_model
from sklearn.datasets import load_digits

IMAGE_SHAPE = (8, 8)
PIXELS = 64
DIGITS = 10
BRIGHTEST = 16.0
HELD_BACK_EVERY = 5
STEPS = 800
LEARNING_RATE = 0.01
WEIGHT_DECAY = 1e-3
# onnxruntime 1.18, the oldest supported, reads both.
OPSET = 17
IR_VERSION = 8

FORWARD = """
def forward(self, image: Tensor) -> Tuple[Tensor, Tensor]:
    values = image.reshape(-1, 64) / 16.0
    values = torch.relu(torch.addmm(self.bias_0, values, self.weight_0.t()))
    scores = torch.addmm(self.bias_1, values, self.weight_1.t())
    return scores.argmax(dim=1), scores.softmax(dim=1)
"""

# TorchScript itself has no names and no datatypes.
TORCH_METADATA = """
inputs:
  - {name: image, datatype: FP32, shape: [-1, 8, 8]}
outputs:
  - {name: label, datatype: INT64, shape: [-1]}
  - {name: probabilities, datatype: FP32, shape: [-1, 10]}
"""

FloatArray = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
LabelArray = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


class Images(NamedTuple):
    """Digits and what a person read in them."""

    pixels: FloatArray
    """float32[N, 8, 8], 0 to 16"""
    labels: LabelArray
    """int64[N], 0 to 9"""


class Layer(NamedTuple):
    """One linear layer: x @ weight.T + bias."""

    weight: FloatArray
    """float32[out, in]"""
    bias: FloatArray
    """float32[out]"""


def main() -> None:
    parser = argparse.ArgumentParser(description="train the digits classifier and write its files")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="default: here")
    write_all(parser.parse_args().out)


def write_all(out: Path) -> None:
    training, held_back = split_digits()
    versions = [train(training, hidden=()), train(training, hidden=(64,))]
    for number, layers in enumerate(versions, start=1):
        write_onnx(layers, out / "onnx" / str(number) / "model.onnx")
    write_torchscript(versions[-1], out / "torch" / "1" / "model.pt")
    accuracy = {f"onnx/{n}": score(held_back, layers) for n, layers in enumerate(versions, start=1)}
    write_samples(held_back, accuracy, out / "samples.json")
    print(f"held-back images: {len(held_back.labels)}, accuracy: {accuracy}")


def split_digits() -> tuple[Images, Images]:
    """The images to train with, and every fifth one, which training never sees."""
    digits = load_digits()
    pixels = digits.images.astype(np.float32)
    labels = digits.target.astype(np.int64)
    held_back = np.arange(len(labels)) % HELD_BACK_EVERY == HELD_BACK_EVERY - 1
    return (
        Images(pixels[~held_back], labels[~held_back]),
        Images(pixels[held_back], labels[held_back]),
    )


def train(images: Images, hidden: tuple[int, ...]) -> list[Layer]:
    """Full batches in float64: another processor's rounding changes probabilities, no label."""
    torch.manual_seed(0)
    torch.set_num_threads(1)  # so little work is done later by several, which wait for each other
    network = build_network((PIXELS, *hidden, DIGITS))
    pixels = torch.from_numpy(images.pixels.reshape(-1, PIXELS) / BRIGHTEST).double()
    labels = torch.from_numpy(images.labels)
    optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    for _ in range(STEPS):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network(pixels), labels).backward()
        optimizer.step()
    return [to_layer(part) for part in network if isinstance(part, torch.nn.Linear)]


def build_network(widths: tuple[int, ...]) -> torch.nn.Sequential:
    parts: list[torch.nn.Module] = []
    for width_in, width_out in itertools.pairwise(widths):
        parts += [torch.nn.Linear(width_in, width_out), torch.nn.ReLU()]
    return torch.nn.Sequential(*parts[:-1]).double()


def to_layer(linear: torch.nn.Linear) -> Layer:
    return Layer(linear.weight.detach().float().numpy(), linear.bias.detach().float().numpy())


def score(images: Images, layers: list[Layer]) -> float:
    """The share of images read as a person did."""
    values = images.pixels.reshape(-1, PIXELS) / BRIGHTEST
    for layer in layers[:-1]:
        values = np.maximum(values @ layer.weight.T + layer.bias, 0)
    read = (values @ layers[-1].weight.T + layers[-1].bias).argmax(axis=1)
    return round(float((read == images.labels).mean()), 4)


def write_onnx(layers: list[Layer], path: Path) -> None:
    image = helper.make_tensor_value_info("image", TensorProto.FLOAT, ["N", *IMAGE_SHAPE])
    outputs = [
        helper.make_tensor_value_info("label", TensorProto.INT64, ["N"]),
        helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", DIGITS]),
    ]
    graph = helper.make_graph(onnx_nodes(layers), "digits", [image], outputs, constants(layers))
    opset = helper.make_opsetid("", OPSET)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=IR_VERSION)
    checker.check_model(model, full_check=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_model(model, path)


def onnx_nodes(layers: list[Layer]) -> list[NodeProto]:
    nodes = [
        helper.make_node("Reshape", ["image", "rows"], ["flat"]),
        helper.make_node("Div", ["flat", "brightest"], ["values_0"]),
    ]
    last = len(layers) - 1
    for n in range(len(layers)):
        inputs = [f"values_{n}", f"weight_{n}", f"bias_{n}"]
        nodes.append(helper.make_node("Gemm", inputs, [f"linear_{n}"], transB=1))
        if n < last:
            nodes.append(helper.make_node("Relu", [f"linear_{n}"], [f"values_{n + 1}"]))
    nodes.append(helper.make_node("ArgMax", [f"linear_{last}"], ["label"], axis=1, keepdims=0))
    nodes.append(helper.make_node("Softmax", [f"linear_{last}"], ["probabilities"], axis=1))
    return nodes


def constants(layers: list[Layer]) -> list[TensorProto]:
    rows = np.array([-1, PIXELS], dtype=np.int64)
    brightest = np.array(BRIGHTEST, dtype=np.float32)
    tensors = [
        numpy_helper.from_array(rows, "rows"),
        numpy_helper.from_array(brightest, "brightest"),
    ]
    for n, layer in enumerate(layers):
        tensors.append(numpy_helper.from_array(layer.weight, f"weight_{n}"))
        tensors.append(numpy_helper.from_array(layer.bias, f"bias_{n}"))
    return tensors


def write_torchscript(layers: list[Layer], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    TorchDigits(layers).save(str(path), _extra_files={"velaserve.yaml": TORCH_METADATA})


class TorchDigits(torch.jit.ScriptModule):  # type: ignore[misc]  # torch is seen as Any
    """Version 2, compiled from text: tracing would write this file's absolute path into it."""

    def __init__(self, layers: list[Layer]) -> None:
        super().__init__()
        for n, layer in enumerate(layers):
            self.register_buffer(f"weight_{n}", torch.from_numpy(layer.weight))
            self.register_buffer(f"bias_{n}", torch.from_numpy(layer.bias))
        self.define(FORWARD)


def write_samples(held_back: Images, accuracy: dict[str, float], path: Path) -> None:
    """Two held-back images of each digit, for who has no scikit-learn: demo, tests, clients."""
    chosen = [n for digit in range(DIGITS) for n in np.flatnonzero(held_back.labels == digit)[:2]]
    images = [
        f'{{"label": {held_back.labels[n]}, "image": {held_back.pixels[n].astype(int).tolist()}}}'
        for n in chosen
    ]
    facts = {"held_back_images": len(held_back.labels), "accuracy": accuracy}
    head = json.dumps(facts)[:-1]
    path.write_text(f'{head}, "samples": [\n' + ",\n".join(images) + "\n]}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
