# SPDX-License-Identifier: Apache-2.0
"""Which documents are for us."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.suggest import misspelt

if TYPE_CHECKING:
    from velaserve_lint.document import Document

KIND = "Application"
GROUP = "core.oam.dev"
# What a file has that defines a type or a policy; looked for first, for most have none of it.
_WORDS = ("Definition", "Policy", "openapi-v3-json-schema")
_WORDS_AS_BYTES = tuple(word.encode() for word in _WORDS)
_DEFINING = re.compile(
    r"kind[\"']?\s*:\s*[\"']?(?:(?:Component|Policy|Trait|WorkflowStep)Definition|Policy)\b"
    r"|openapi-v3-json-schema"
)


def is_application(document: Document) -> bool:
    """Whether the document is an Application or, as far as one can tell, was meant to be one.

    Argo CD and kubernetes-sigs have Applications too: the group decides, where there is one.
    """
    data = document.data
    if not isinstance(data, dict):
        return False
    group, kind = _group(data.get("apiVersion")), data.get("kind")
    if group == GROUP or misspelt(group, [GROUP]):
        return kind is None or kind == KIND or misspelt(str(kind), [KIND]) is not None
    return group == "" and kind == KIND


def may_define(content: str | bytes) -> bool:
    """Whether a file is worth reading for the types and policies that it defines."""
    if isinstance(content, bytes):
        if not any(word in content for word in _WORDS_AS_BYTES):
            return False
        content = content.decode("utf-8", "replace")
    return any(word in content for word in _WORDS) and _DEFINING.search(content) is not None


def is_empty(document: Document) -> bool:
    """Whether there is nothing in it, as after a last `---`."""
    return document.data is None


def _group(api_version: object) -> str:
    return api_version.partition("/")[0] if isinstance(api_version, str) else ""
