# SPDX-License-Identifier: Apache-2.0
"""Labels are made of names."""

import pytest

from ci.addon.labels import label


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("image", "Image"),
        ("minReplicas", "Min replicas"),
        ("modelUri", "Model URI"),
        ("cpu", "CPU"),
        ("vnpu", "vNPU"),
        ("serviceUrl", "Service URL"),
        ("scaleToZero", "Scale to zero"),
        ("xgboost", "Xgboost"),
    ],
)
def test_label(name: str, shown: str) -> None:
    assert label(name) == shown
