# SPDX-License-Identifier: Apache-2.0
"""Keeps Python's cyclic garbage collector from walking through all that the server has loaded.

A full collection holds the GIL for as long as it looks at every object: 10 to 20 ms in a server of
one small model, far more with PyTorch, and it comes when requests come. What was there before the
first request is looked at once, then no more.
"""

from __future__ import annotations

import gc


def settle_heap() -> None:
    """Collects what is garbage now, and takes all the rest for permanent, until the next call."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
