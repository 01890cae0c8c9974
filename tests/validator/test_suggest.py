# SPDX-License-Identifier: Apache-2.0
"""Hints may guess; errors may not."""

from __future__ import annotations

import pytest

from velaserve_lint.suggest import is_slip_of_name, misspelt, suggest

KEYS = ["modelUri", "modelFormat", "modelName", "minReplicas", "env", "IPv6", "IPv4"]
TYPES = ["webservice", "worker", "scaler", "env", "hpa", "task", "pvc"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("modelUrl", "modelUri"),
        ("model_uri", "modelUri"),
        ("MODELURI", "modelUri"),
        ("replicas", "minReplicas"),
        ("envs", "env"),
        ("nev", "env"),
        ("IP4v", "IPv4"),
        ("vne", None),
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


@pytest.mark.parametrize(
    ("name", "meant", "slip"),
    [
        ("digits-setings", "digits-settings", True),
        ("digits-settings", "dgits-settings", True),
        ("modelcache", "model-cache", True),
        ("app.kubernetes.io/nmae", "app.kubernetes.io/name", True),
        ("csi-mock", "ccsi-mock", True),
        ("csi-mock", "sci-mock", True),
        ("csi-mock", "cs-imock", True),
        ("csi-mock", "csa-mock", False),
        ("job-i", "job-ii", False),
        ("settings", "settings", False),
        ("service", "service1", False),
        ("cache-a", "cache-b", False),
        ("cache-1", "cache-2", False),
        ("zone-east", "zone-west", False),
        ("server", "server-a", False),
        ("digits-dev", "digits-prd", False),
        ("dgits-setings", "digits-settings", False),
        ("letters", "digits", False),
    ],
)
def test_names_of_parts_are_a_slip_apart_in_one_part(name: str, meant: str, slip: bool) -> None:
    assert is_slip_of_name(name, meant) is slip
