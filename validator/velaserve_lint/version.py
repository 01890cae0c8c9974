# SPDX-License-Identifier: Apache-2.0
"""The version of what is installed."""

from __future__ import annotations


def installed() -> str | None:
    """None in a checkout that nobody installed; slow, so only when it is asked for."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("velaserve")
    except PackageNotFoundError:
        return None
