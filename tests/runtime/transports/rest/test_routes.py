# SPDX-License-Identifier: Apache-2.0
"""From method and target to endpoint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velaserve_runtime.protocol.errors import InvalidRequest, MethodNotAllowed, PathNotFound
from velaserve_runtime.transports.rest.routes import Endpoint, Route, find_route

MISSING_METHOD = b"PATCH"


@pytest.mark.parametrize(
    ("method", "target", "route"),
    [
        (b"GET", b"/v2", Route(Endpoint.SERVER)),
        (b"GET", b"/v2/", Route(Endpoint.SERVER)),
        (b"GET", b"/metrics", Route(Endpoint.METRICS)),
        (b"GET", b"/v2/health/live", Route(Endpoint.LIVE)),
        (b"GET", b"/v2/health/ready", Route(Endpoint.READY)),
        (b"HEAD", b"/v2/health/ready", Route(Endpoint.READY)),
        (b"GET", b"/v2/models", Route(Endpoint.MODELS)),
        (b"GET", b"/v2/models/stats", Route(Endpoint.STATISTICS)),
        (b"GET", b"/v2/models/m", Route(Endpoint.MODEL, "m")),
        (b"GET", b"/v2/models/m/ready", Route(Endpoint.MODEL_READY, "m")),
        (b"GET", b"/v2/models/m/config", Route(Endpoint.CONFIG, "m")),
        (b"GET", b"/v2/models/m/stats", Route(Endpoint.STATISTICS, "m")),
        (b"POST", b"/v2/models/m/infer", Route(Endpoint.INFER, "m")),
        (b"GET", b"/v2/models/m/versions/7", Route(Endpoint.MODEL, "m", "7")),
        (b"GET", b"/v2/models/m/versions/7/ready", Route(Endpoint.MODEL_READY, "m", "7")),
        (b"GET", b"/v2/models/m/versions/7/config", Route(Endpoint.CONFIG, "m", "7")),
        (b"GET", b"/v2/models/m/versions/7/stats", Route(Endpoint.STATISTICS, "m", "7")),
        (b"POST", b"/v2/models/m/versions/7/infer", Route(Endpoint.INFER, "m", "7")),
        (b"POST", b"/v2/repository/index", Route(Endpoint.INDEX)),
        (b"POST", b"/v2/repository/models/m/load", Route(Endpoint.LOAD, "m")),
        (b"POST", b"/v2/repository/models/m/unload", Route(Endpoint.UNLOAD, "m")),
        (b"GET", b"/v2/models/m?x=/y", Route(Endpoint.MODEL, "m")),
        (b"GET", b"/v2/models/a%2Fb%20%E4%B8%AD", Route(Endpoint.MODEL, "a/b 中")),
        (b"GET", b"/v2/models/stats/config", Route(Endpoint.CONFIG, "stats")),
    ],
)
def test_every_endpoint_has_its_path(method: bytes, target: bytes, route: Route) -> None:
    assert find_route(method, target) == route


def test_every_endpoint_is_in_the_table_above() -> None:
    (mark,) = test_every_endpoint_has_its_path.pytestmark  # type: ignore[attr-defined]  # pytest's
    assert {route.endpoint for *_, route in mark.args[1]} == set(Endpoint)


@pytest.mark.parametrize(
    "target",
    [
        b"",
        b"/",
        b"*",
        b"/v1/models/m:predict",
        b"/v2/models//infer",
        b"/v2/models/m/versions//infer",
        b"/v2/models/m/versions",
        b"/v2/models/m/infer/more",
        b"/v2/models/m/nonsense",
        b"/v2/repository",
        b"/v2/repository/models//load",
        b"/v2/repository/models/m/reload",
        b"/v2/health",
        b"/V2",
    ],
)
def test_other_paths_are_not_found(target: bytes) -> None:
    with pytest.raises(PathNotFound, match="GET /v2 says what this server is"):
        find_route(b"GET", target)


@pytest.mark.parametrize(
    ("method", "target", "allowed"),
    [
        (b"GET", b"/v2/models/m/infer", "POST"),
        (b"HEAD", b"/v2/models/m/infer", "POST"),
        (b"GET", b"/v2/repository/index", "POST"),
        (b"POST", b"/v2", "GET"),
        (b"DELETE", b"/v2/models/m", "GET"),
        (b"OPTIONS", b"/metrics", "GET"),
    ],
)
def test_another_method_is_told_the_right_one(method: bytes, target: bytes, allowed: str) -> None:
    with pytest.raises(MethodNotAllowed, match=f"use {allowed}$") as refused:
        find_route(method, target)
    assert refused.value.allowed == allowed


def test_a_path_that_is_not_utf_8_is_a_bad_request() -> None:
    with pytest.raises(InvalidRequest, match="is not UTF-8"):
        find_route(b"GET", b"/v2/models/%ff")


@given(st.binary(max_size=100))
def test_any_target_is_found_or_refused(target: bytes) -> None:
    with pytest.raises((PathNotFound, MethodNotAllowed, InvalidRequest)):
        find_route(MISSING_METHOD, target)
