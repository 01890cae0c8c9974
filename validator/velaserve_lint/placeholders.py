# SPDX-License-Identifier: Apache-2.0
"""Texts that another program fills in before a cluster sees them."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(r"\{\{|\$[A-Za-z_{(]|<[^<>]*>")


def has_placeholder(text: str) -> bool:
    """As Helm, envsubst, kustomize and examples have them: `{{ x }}`, `${X}`, `$(X)`, `<x>`."""
    return _PLACEHOLDER.search(text) is not None
