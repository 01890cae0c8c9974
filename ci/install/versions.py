# SPDX-License-Identifier: Apache-2.0
"""Versions as components write them; a release candidate counts as its release."""

import re

Version = tuple[int, int, int]

_FORM = re.compile(r"v?(\d+)\.(\d+)(?:\.(\d+))?(?:[^\d].*)?")


def parse(text: str) -> Version | None:
    """`v1.34.4+build` or `0.20`; None where no version is in the text: `latest`, a hash."""
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    major, minor, patch = match.groups(default="0")
    return int(major), int(minor), int(patch)


def of_image(image: str) -> Version | None:
    """What the tag of an image's name says."""
    name = image.partition("@")[0].rpartition("/")[2]  # a registry's port is no tag
    return parse(name.partition(":")[2])


def show(version: Version) -> str:
    return ".".join(map(str, version))
