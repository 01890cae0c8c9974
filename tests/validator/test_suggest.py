# SPDX-License-Identifier: Apache-2.0
"""Hints may guess; errors may not."""

from __future__ import annotations

import pytest

from velaserve_lint.suggest import misspelt, suggest

KEYS = ["modelUri", "modelFormat", "modelName", "minReplicas", "env"]
TYPES = ["webservice", "worker", "scaler", "env", "hpa", "task", "pvc"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("modelUrl", "modelUri"),
        ("model_uri", "modelUri"),
        ("MODELURI", "modelUri"),
        ("replicas", "minReplicas"),
        ("envs", "env"),
        ("colour", None),
        ("", None),
        ("模型", None),
    ],
)
def test_a_hint_is_the_closest_word(word: str, meant: str | None) -> None:
    assert suggest(word, KEYS) == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("webservce", "webservice"),
        ("webservcei", "webservice"),
        ("web-service", "webservice"),
        ("Worker", "worker"),
        ("wroker", "worker"),
        ("sclaer", "scaler"),
        ("worker2", None),
        ("walker", None),
        ("webserver", None),
        ("vpa", None),
        ("acme-worker", None),
        ("", None),
    ],
)
def test_only_a_slip_of_the_hand_is_an_error(word: str, meant: str | None) -> None:
    assert misspelt(word, TYPES) == meant
