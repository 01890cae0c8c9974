# SPDX-License-Identifier: Apache-2.0
"""Asks a Prometheus."""

from __future__ import annotations

import http.client
import json
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit


class Sample(NamedTuple):
    """One line of an answer."""

    labels: dict[str, str]
    value: float


class Prometheus:
    """The one at `address`, http://host:port; proxies are not asked."""

    def __init__(self, address: str) -> None:
        self.address = address

    def query(self, promql: str) -> list[Sample]:
        """The vector of this moment."""
        result = self._data(f"/api/v1/query?{urlencode({'query': promql})}")["result"]
        return [Sample(each["metric"], float(each["value"][1])) for each in result]

    def value(self, promql: str) -> float | None:
        """The one number; None where there is none."""
        samples = self.query(promql)
        assert len(samples) < 2, f"{promql} has {len(samples)} answers"
        return samples[0].value if samples else None

    def _data(self, path: str) -> Any:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=10)
        try:
            connection.request("GET", path)
            answer = json.loads(connection.getresponse().read())
        finally:
            connection.close()
        assert answer["status"] == "success", answer
        return answer["data"]
