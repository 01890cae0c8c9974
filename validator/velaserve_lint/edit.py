# SPDX-License-Identifier: Apache-2.0
"""Changes of a text that mend findings; only those that cannot be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from velaserve_lint.place import Span


class Edit(NamedTuple):
    """`old`, which stands at `span` as it is or in quotes, becomes `new`.

    Without them, a plain number or word that stands there is put into quotes.
    """

    span: Span
    old: str | None = None
    new: str | None = None
