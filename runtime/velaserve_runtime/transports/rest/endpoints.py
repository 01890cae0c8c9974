# SPDX-License-Identifier: Apache-2.0
"""Everything over REST but inference: short answers, made at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from velaserve_runtime.protocol.errors import InvalidRequest, NotReady
from velaserve_runtime.protocol.parameters import refuse_load_parameters
from velaserve_runtime.telemetry.metrics import render_metrics
from velaserve_runtime.transports.rest.http import TEXT_TYPE, Response, json_response
from velaserve_runtime.transports.rest.routes import Endpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from velaserve_runtime.dataplane import DataPlane
    from velaserve_runtime.protocol.metadata import JSON
    from velaserve_runtime.transports.rest.http import HttpRequest
    from velaserve_runtime.transports.rest.routes import Route


def server(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del route, request
    return json_response(plane.server_metadata().to_json())


def live(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del route, request
    return json_response({"live": plane.live()})


def ready(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del route, request
    if plane.ready():
        return json_response({"ready": True})
    return json_response({"ready": False, "error": plane.why_not_ready()}, 503)


def models(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del route, request
    names: list[JSON] = [*dict.fromkeys(entry.name for entry in plane.index())]
    return json_response({"models": names})


def model(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del request
    return json_response(plane.model_metadata(route.model, route.version).to_json())


def model_ready(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del request
    if plane.model_ready(route.model, route.version):
        return json_response({"name": route.model, "ready": True})
    raise NotReady(f"model '{route.model}' is not ready: {plane.why_not_ready(route.model)}")


def config(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del request
    return json_response(plane.model_config(route.model, route.version))


def statistics(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del request
    return json_response({"model_stats": plane.statistics(route.model, route.version)})


def metrics(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del route, request
    return Response(200, (render_metrics(plane).encode(),), TEXT_TYPE)


def index(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    del route
    ready_only = _json_object(request).get("ready", False) is True
    return json_response([entry.to_json() for entry in plane.index(ready_only)])


HANDLERS: Mapping[Endpoint, Callable[[DataPlane, Route, HttpRequest], Response]] = {
    Endpoint.SERVER: server,
    Endpoint.LIVE: live,
    Endpoint.READY: ready,
    Endpoint.MODELS: models,
    Endpoint.MODEL: model,
    Endpoint.MODEL_READY: model_ready,
    Endpoint.CONFIG: config,
    Endpoint.STATISTICS: statistics,
    Endpoint.METRICS: metrics,
    Endpoint.INDEX: index,
}


async def load(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    refuse_load_parameters(_json_object(request).get("parameters"))
    await plane.load(route.model)
    return json_response({"name": route.model, "load": True})


async def unload(plane: DataPlane, route: Route, request: HttpRequest) -> Response:
    await plane.unload(route.model)
    del request
    return json_response({"name": route.model, "unload": True})


OPERATIONS = {Endpoint.LOAD: load, Endpoint.UNLOAD: unload}


def _json_object(request: HttpRequest) -> dict[str, JSON]:
    if not request.body:
        return {}
    try:
        document = orjson.loads(request.body)
    except ValueError as err:
        raise InvalidRequest(f"the body is not valid JSON: {err}") from err
    if not isinstance(document, dict):
        raise InvalidRequest(f"the body must be a JSON object, found {type(document).__name__}")
    return document
