# SPDX-License-Identifier: Apache-2.0
"""The Application around the properties: which fields it has, and of which types."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from velaserve_lint.package_data import json_of
from velaserve_lint.rules import schema_rules
from velaserve_lint.violations import Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.document import Document
    from velaserve_lint.finding import Finding


def check(document: Document) -> Iterator[Finding]:
    """What is wrong with the document as an Application, whatever its types are."""
    for violation in _validator().violations(document, document.data, ()):
        yield from schema_rules("1")[violation.keyword].check(violation)


@functools.cache
def _validator() -> Validator:
    return Validator(json_of("envelope/application.json"))
