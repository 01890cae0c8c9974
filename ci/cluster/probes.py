# SPDX-License-Identifier: Apache-2.0
"""Asks a component on loopback how it is; proxies are not asked."""

import http.client
import ssl


def answers(address: str, path: str, *, tls: bool = False, any_status: bool = False) -> bool:
    """Whether GET `path` at `address`, host:port, ends with a status below 400, or with any.

    With `tls` the certificate is not looked at: this is a question, not a secret.
    """
    connection: http.client.HTTPConnection
    if tls:
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(address, timeout=2, context=context)
    else:
        connection = http.client.HTTPConnection(address, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 400 or any_status
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
