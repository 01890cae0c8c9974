# SPDX-License-Identifier: Apache-2.0
"""Versions as clusters write them."""

import pytest

from ci.install import versions
from ci.install.versions import Version

DIGEST = "@sha256:" + 64 * "0"


@pytest.mark.parametrize(
    ("text", "version"),
    [
        ("1.10.9", (1, 10, 9)),
        ("v1.10.9", (1, 10, 9)),
        ("v0.20.0-rc1", (0, 20, 0)),
        ("v1.34.4+k3s1", (1, 34, 4)),
        ("v1.33.5-gke.1080000", (1, 33, 5)),
        ("2.18", (2, 18, 0)),
        ("latest", None),
        ("main", None),
        ("20260401", None),
        ("", None),
    ],
)
def test_numbers_are_found(text: str, version: Version | None) -> None:
    assert versions.parse(text) == version


@pytest.mark.parametrize(
    ("image", "version"),
    [
        ("oamdev/vela-core:v1.10.9", (1, 10, 9)),
        ("127.0.0.1:5000/kserve/kserve-controller:v0.20.0", (0, 20, 0)),
        ("kserve/kserve-controller:v0.20.0" + DIGEST, (0, 20, 0)),
        ("127.0.0.1:5000/kserve/kserve-controller", None),
        ("kserve/kserve-controller" + DIGEST, None),
        ("kserve/kserve-controller:latest", None),
    ],
)
def test_only_the_tag_of_an_image_counts(image: str, version: Version | None) -> None:
    assert versions.of_image(image) == version


def test_versions_are_shown_as_people_write_them() -> None:
    assert versions.show((1, 10, 9)) == "1.10.9"
