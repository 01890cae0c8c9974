# SPDX-License-Identifier: Apache-2.0
"""Every key and value of labels and annotations, and what it must look like."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from velaserve_lint import naming
from velaserve_lint.placeholders import has_placeholder
from velaserve_lint.reach import reach
from velaserve_lint.rules.objects.scopes import POD, scopes
from velaserve_lint.rules.objects.selectors import NODE_KEYS, selectors
from velaserve_lint.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor
    from velaserve_lint.manifest import Manifest
    from velaserve_lint.naming import Format
    from velaserve_lint.place import Place

_METADATA = (
    *("metadata", "spec.template.metadata", "spec.jobTemplate.metadata"),
    *("spec.jobTemplate.spec.template.metadata", "spec.volumeClaimTemplates[].metadata"),
    *("spec.predictor", "spec.transformer", "spec.explainer"),
)
_LABEL_KEY = Text("the key of a label", "标签键")
_LABEL_VALUE = Text("the value of a label", "标签值")
_ANNOTATION_KEY = Text("the key of an annotation", "注解键")


class Mark(NamedTuple):
    """A key or a value."""

    place: Place
    text: str
    what: Text
    format: Format

    @property
    def is_fine(self) -> bool:
        return self.format.fits(self.text) or has_placeholder(self.text)


def marks(manifest: Manifest) -> Iterator[Mark]:
    """In metadata, in selectors, and where nodes are chosen."""
    for path in _METADATA:
        for cursor in reach(manifest.root, path):
            yield from _labels(cursor.at("labels"))
            yield from _annotations(cursor.at("annotations"))
    for selector in selectors(manifest):
        yield from _labels(selector.at("matchLabels"))
        yield from _expressions(selector)
    for scope, cursor in scopes(manifest):
        if scope == POD:
            yield from _labels(cursor.at("nodeSelector"))
            yield from _keys(cursor)
        elif scope in ("Service", "ReplicationController"):
            yield from _labels(cursor.at("spec", "selector"))


def _labels(cursor: Cursor) -> Iterator[Mark]:
    for key, value in cursor.entries():
        yield Mark(value.key, key, _LABEL_KEY, naming.KEY)
        yield Mark(value.place, value.text, _LABEL_VALUE, naming.LABEL_VALUE)


def _keys(pod: Cursor) -> Iterator[Mark]:
    for path in (*NODE_KEYS, "tolerations[].key"):
        for at in reach(pod, path):
            if at.text:
                yield Mark(at.place, at.text, _LABEL_KEY, naming.KEY)


def _annotations(cursor: Cursor) -> Iterator[Mark]:
    """Their keys may have capitals in the domain, too."""
    for key, value in cursor.entries():
        yield Mark(value.key, key.lower(), _ANNOTATION_KEY, naming.KEY)


def _expressions(selector: Cursor) -> Iterator[Mark]:
    for expression in selector.at("matchExpressions").items():
        key = expression.at("key")
        if key.text:
            yield Mark(key.place, key.text, _LABEL_KEY, naming.KEY)
        for value in expression.at("values").items():
            yield Mark(value.place, value.text, _LABEL_VALUE, naming.LABEL_VALUE)
