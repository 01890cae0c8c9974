# SPDX-License-Identifier: Apache-2.0
"""Mending a file: only what cannot be wrong, and nothing else changes."""

from __future__ import annotations

import codecs

import pytest

from velaserve_lint import lint
from velaserve_lint.fixing import difference, mended
from velaserve_lint.rules.examples import APPLICATION, changed


def fixed(content: bytes) -> bytes:
    return mended(content, lint(content).findings)


@pytest.mark.parametrize(
    "bad",
    [
        changed("modelUri", "modelUrl"),
        changed("modelUri", "'model_uri'"),
        changed("type: model-serving", "type: model-servign"),
        changed("minReplicas", "minReplics").replace("modelUri", "modelURI"),
    ],
)
def test_a_slip_of_the_hand_is_mended(bad: str) -> None:
    assert fixed(bad.encode()).decode().replace("'", "") == APPLICATION


@pytest.mark.parametrize(
    ("bad", "good"),
    [("    - name: digits", '"8080"'), ("    - name: digits", '"yes"'), ("app: x", '"1e3"')],
)
def test_a_text_that_looks_like_something_else_is_quoted(bad: str, good: str) -> None:
    text = changed("  name: digits\nspec:", "  name: digits\n  labels: {app: x}\nspec:")
    key, _, old = bad.rpartition(" ")
    wrong = text.replace(bad, f"{key} {good[1:-1]}", 1)

    assert f"{key} {good}" in fixed(wrong.encode()).decode(), old


@pytest.mark.parametrize(
    "bad",
    [
        changed("modelUri: pvc://models/digits/onnx\n", "modelUri: x\n        modelUrl: z\n"),
        changed("minReplicas: 2", "minReplicas: two"),
        changed("minReplicas", "replicas"),
    ],
    ids=["the right key is there", "no text is wanted", "a guess"],
)
def test_what_could_be_wrong_is_left(bad: str) -> None:
    assert fixed(bad.encode()) == bad.encode()


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    windows = changed("modelUri", "modelUrl").replace("\n", "\r\n").encode()

    after = fixed(codecs.BOM_UTF8 + windows)
    assert after == codecs.BOM_UTF8 + APPLICATION.replace("\n", "\r\n").encode()


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", b"a: \xff"])
def test_what_is_not_utf_8_is_left(content: bytes) -> None:
    assert fixed(content) == content


def test_the_difference_is_a_patch() -> None:
    before = changed("modelUri", "modelUrl").encode()

    assert difference(before, fixed(before), "app.yaml").splitlines()[:2] == [
        "--- a/app.yaml",
        "+++ b/app.yaml",
    ]
    assert "-        modelUrl: pvc" in difference(before, fixed(before), "app.yaml")
