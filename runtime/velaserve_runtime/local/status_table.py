# SPDX-License-Identifier: Apache-2.0
"""Which model is where, as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.text_table import text_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from velaserve_runtime.local.console import Console
    from velaserve_runtime.local.supervisor import Running


def status_table(servers: Sequence[Running], console: Console) -> str:
    head = (
        console.say(messages.COLUMN_COMPONENT),
        console.say(messages.COLUMN_MODEL),
        console.say(messages.COLUMN_FORMAT),
        "REST",
        "gRPC",
        console.say(messages.COLUMN_STATE),
    )
    ready = console.say(messages.STATE_READY)
    rows = [
        (
            each.model.component,
            each.model.name,
            each.model.format,
            each.address.rest,
            each.address.grpc,
            ready,
        )
        for each in servers
    ]
    return text_table([head, *rows])
