# SPDX-License-Identifier: Apache-2.0
"""What a model is read from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from velaserve_lint.references.fields import CLAIM, SECRET
from velaserve_lint.references.reference import Key, Reference, reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.cursor import Cursor

_CLAIM = re.compile("pvc://([a-z0-9]([-.a-z0-9]*[a-z0-9])?)(/.*)?")
# KServe v0.20.0 pkg/credentials/service_account_credentials.go
STORAGE_SECRET = "storage-config"  # noqa: S105


def reference_of_uri(uri: Cursor, namespace: str) -> Iterator[Reference]:
    """The claim of pvc://claim/folder."""
    if found := _CLAIM.fullmatch(uri.text):
        yield Reference(CLAIM, namespace, found[1], uri.spot)


def reference_of_storage(
    storage: Cursor, namespace: str, secret: Cursor | None = None
) -> Iterator[Reference]:
    """The Secret whose keys describe storages, and the key that `storage` names.

    Where no `secret` names it, it is storage-config, which is written nowhere.
    """
    key = storage.at("key")
    if secret and secret.text:
        yield from reference(secret, SECRET, namespace, key=key)
    elif key.text:
        needed = Key(key.text, key.spot)
        yield Reference(SECRET, namespace, STORAGE_SECRET, key.spot, key=needed)
