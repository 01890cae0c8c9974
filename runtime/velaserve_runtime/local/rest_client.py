# SPDX-License-Identifier: Apache-2.0
"""One REST call to a server on this machine; no proxy is asked."""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING

from velaserve_runtime.local import messages
from velaserve_runtime.local.errors import BAD_APPLICATION, LocalError

if TYPE_CHECKING:
    from velaserve_runtime.local.server_process import Address
    from velaserve_runtime.protocol.metadata import JSON

TIMEOUT_S = 30.0


def call(address: Address, path: str, body: JSON = None) -> dict[str, JSON]:
    """POSTs `body` as JSON, or GETs when there is none.

    Raises:
        LocalError: no answer, or none with status 200 and a JSON object.
    """
    connection = http.client.HTTPConnection(
        address.reachable_host, address.http_port, timeout=TIMEOUT_S
    )
    try:
        if body is None:
            connection.request("GET", path)
        else:
            connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        response = connection.getresponse()
        return _answer(response.status, response.read())
    except (OSError, http.client.HTTPException, ValueError) as err:
        raise LocalError(
            BAD_APPLICATION,
            messages.REQUEST_FAILED,
            wire="REST",
            address=address.rest + path,
            reason=str(err),
        ) from err
    finally:
        connection.close()


def _answer(status: int, body: bytes) -> dict[str, JSON]:
    if status != http.client.OK:
        raise ValueError(f"status {status}: {body.decode('utf-8', 'replace')}")
    answer = json.loads(body)
    if not isinstance(answer, dict):
        raise ValueError(f"expected a JSON object, found {body[:100]!r}")
    return answer
