# SPDX-License-Identifier: Apache-2.0
"""The types that --definitions and --allow-type add."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.catalogue import SHIPPED
from velaserve_lint.cli.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_lint.catalogue import Catalogue


def known_types(paths: Sequence[str], allowed: Sequence[str]) -> Catalogue:
    """Those that we ship, and more.

    Raises:
        UsageError: a path cannot be read, or defines nothing.
    """
    catalogue = SHIPPED.allowing(allowed)
    if not paths:
        return catalogue
    from velaserve_lint.definition_files import UnreadableDefinitions, definitions_of

    try:
        for path in paths:
            catalogue = catalogue.plus(definitions_of(path))
    except UnreadableDefinitions as err:
        raise UsageError(err.text, **err.arguments) from err
    return catalogue
