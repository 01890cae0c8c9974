# SPDX-License-Identifier: Apache-2.0
"""Mappings in the properties of components that run models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.cursor import Cursor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.application import Application

_TYPES = frozenset({"inference-graph", "kfserving", "model-serving"})


def parts_with(application: Application, field: str) -> Iterator[Cursor]:
    """The properties themselves, a transformer, a framework's block: those that have the field."""
    for one in application.components:
        if one.definition in _TYPES:
            parts = {"": one.properties, **one.properties}
            for name, part in parts.items():
                if isinstance(part, dict) and field in part:
                    path = (*one.path, "properties", *([name] if name else []))
                    yield Cursor(application.document, path, part)
