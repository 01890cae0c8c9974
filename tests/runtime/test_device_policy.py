# SPDX-License-Identifier: Apache-2.0
"""A server whose device breaks and comes back, as clients, Kubernetes and Prometheus see it."""

from __future__ import annotations

import re
import threading
from base64 import b64decode
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import grpc
import numpy as np
import pytest

from support.card import SCRIPTED, Card
from support.eventually import eventually
from support.grpc_client import INFER, infer_payload, refusal_of
from support.prometheus import parse
from support.server import spawn_server
from support.wires import payload, request, x
from velaserve_runtime.protocol.grpc_messages import decode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.prometheus import Family
    from support.wires import Wires

HEADER = "velaserve-fallback-from"
BACK_S = 30.0
ON_CARD = {"device": "npu:0", "soc": "Ascend310P3", "gears": "batch"}
LOST = "device ascend is lost: "
CLIENTS = 8
MEANT = {"model": "double", "version": "1", "device": "ascend"}


@pytest.fixture
def card(tmp_path: Path) -> Card:
    return Card(tmp_path)


def computed_on(wires: Wires) -> list[str]:
    """What each wire says of one answer; fails if it is wrong."""
    answer = wires.rest(request(x()))
    assert (answer.status, answer.json["outputs"][0]["data"]) == (200, [2, 4, 6, 8]), answer
    _, call = wires.client.channel.unary_unary(INFER).with_call(payload(request(x())), timeout=60)
    trailers = {entry.key: entry.value for entry in call.trailing_metadata()}
    lacking = (answer.headers.get(HEADER), trailers.get(HEADER))
    assert set(lacking) <= {None, "ascend"}
    return ["cpu" if name else "ascend" for name in lacking]


def placements(wires: Wires) -> list[dict[str, str]]:
    """What metadata say on both wires, and the statistics."""
    metadata = wires.server.request("GET", "/v2/models/double").json
    [stats] = wires.server.request("GET", "/v2/models/double/stats").json["model_stats"]
    told = wires.client.control("ModelMetadata", name="double")
    return [metadata["properties"], stats["placement"], told["properties"]]


def scrape(wires: Wires) -> dict[str, Family]:
    return parse(wires.server.request("GET", "/metrics").body.decode())


def told(wires: Wires) -> dict[str, float]:
    families = scrape(wires)
    return {
        "active": families["velaserve_fallback_active"].value(**MEANT),
        "breaker": families["velaserve_breaker_state"].value(**MEANT),
        "lost": errors(wires)["device_lost"],
    }


def errors(wires: Wires) -> dict[str, float]:
    family = scrape(wires)["velaserve_device_errors_total"]
    reasons = ("device_lost", "device_memory", "device_fault")
    return {reason: family.value(**MEANT, reason=reason) for reason in reasons}


def health(wires: Wires) -> tuple[int, bool]:
    """Of the server, on both wires."""
    ready = wires.client.control("ServerReady").get("ready", False)
    return wires.server.request("GET", "/v2/health/ready").status, ready


def test_degrade_fails_over_says_so_everywhere_and_is_silent_again(card: Card) -> None:
    with card.served("degrade") as wires:
        assert computed_on(wires) == ["ascend", "ascend"]
        assert placements(wires) == [ON_CARD] * 3
        assert told(wires) == {"active": 0, "breaker": 0, "lost": 0}

        card.does("lost")
        assert computed_on(wires) == ["cpu", "cpu"]
        for placement in placements(wires):
            assert placement["device"] == "cpu"
            assert placement["fallback_from"] == "ascend"
            assert SCRIPTED in placement["fallback_reason"]
        assert told(wires)["active"] == 1
        assert told(wires)["breaker"] in (1, 2)
        assert told(wires)["lost"] >= 1
        assert health(wires) == (200, True)

        card.does("")
        on_card = ["ascend", "ascend"]
        eventually(partial(computed_on, wires), on_card.__eq__, BACK_S, "the card is used again")
        assert placements(wires) == [ON_CARD] * 3
        assert {**told(wires), "lost": 0} == {"active": 0, "breaker": 0, "lost": 0}
        events = [line["event"] for line in wires.server.lines]
        assert events.index("model runs on the CPU") < events.index(
            "model runs on its device again"
        )


@pytest.mark.parametrize("order", ["fault", "memory"])
def test_degrade_answers_what_the_device_fails(card: Card, order: str) -> None:
    with card.served("degrade") as wires:
        card.does(order)
        assert computed_on(wires) == ["cpu", "cpu"]
        assert told(wires)["breaker"] == 0, "two are no state"
        card.does("")
        assert computed_on(wires) == ["ascend", "ascend"]


@pytest.mark.parametrize("fallback_policy", ["strict", "fallback"])
def test_a_model_that_lost_its_device_is_not_ready_until_it_is_back(
    card: Card, fallback_policy: str
) -> None:
    with card.served(fallback_policy) as wires:
        card.does("lost")
        (status, why), (code, lost) = refusals(wires, "double")
        assert (status, code) == (503, "UNAVAILABLE")
        assert SCRIPTED in why
        assert lost.startswith(LOST)
        answer = wires.server.request("GET", "/v2/models/double/ready")
        assert (answer.status, LOST in answer.json["error"]) == (503, True), answer
        assert not wires.client.control("ModelReady", name="double").get("ready", False)
        rows = wires.server.request("POST", "/v2/repository/index").json
        assert [(row["name"], row["state"]) for row in rows] == [
            ("double", "UNAVAILABLE"),
            ("other", "READY"),
        ]
        assert LOST in rows[0]["reason"]
        assert all(SCRIPTED in placement["lost"] for placement in placements(wires))
        assert health(wires) == (200, True), "another model serves"

        refusals(wires, "other")
        assert health(wires) == (503, False), "nothing serves"
        answer = wires.server.request("GET", "/v2/health/ready")
        assert re.search(f"double: {LOST}.*; other: {LOST}", answer.json["error"])

        card.does("")
        well = (200, True)
        eventually(partial(health, wires), well.__eq__, BACK_S, "the server is ready again")
        for model in ("double", "other"):
            see = partial(asked, wires, model)
            eventually(see, (200).__eq__, BACK_S, f"{model} serves again")
        assert told(wires)["active"] == 0


def asked(wires: Wires, model: str) -> int:
    return wires.rest(request(x()), model).status


def refusals(wires: Wires, model: str) -> list[tuple[int | str, str]]:
    answer = wires.rest(request(x()), model)
    refusal = wires.client.refusal(INFER, payload(request(x()), model))
    return [(answer.status, answer.json["error"]), (refusal.code, refusal.details)]


@pytest.mark.parametrize(
    ("order", "codes"), [("fault", (500, "INTERNAL")), ("memory", (503, "UNAVAILABLE"))]
)
def test_strict_answers_what_the_device_says(
    card: Card, order: str, codes: tuple[int, str]
) -> None:
    with card.served("strict") as wires:
        card.does(order)
        for _ in range(5):
            told = refusals(wires, "double")
            assert tuple(code for code, _ in told) == codes
            assert all(SCRIPTED in why for _, why in told)
        card.does("")
        assert computed_on(wires) == ["ascend", "ascend"]


def test_strict_ends_a_server_of_one_model_whose_device_is_lost_at_the_start(
    card: Card, tmp_path: Path
) -> None:
    log = tmp_path / "termination-log"
    log.touch()
    card.does("lost")
    flags = ("--model-dir", str(card.models / "double"), "--termination-log", str(log))
    assert spawn_server(*flags, **card.start("strict")).wait() == 1
    reason = log.read_text(encoding="utf-8")
    assert "'double' cannot run on device ascend" in reason
    assert SCRIPTED in reason


class Client:
    """Asks again and again; each answer is right, or an error of the device, or it raises."""

    def __init__(self, wires: Wires, number: int, requests: int) -> None:
        self.answers: Counter[str] = Counter()
        self._wires = wires
        self._number = number
        self._requests = requests
        ask = self._grpc if number % 2 else self._rest
        self.thread = threading.Thread(target=self._work, args=(ask,), daemon=True)
        self.thread.start()

    def _work(self, ask: Callable[[str, list[float]], str]) -> None:
        for turn in range(self._requests):
            values = [self._number, turn, 0.5, -turn]
            self.answers[ask(f"{self._number}-{turn}", values)] += 1

    def _rest(self, name: str, values: list[float]) -> str:
        answer = self._wires.rest(request(x(data=values), id=name))
        if answer.status != 200:
            return f"{answer.status} {answer.json['error']}"
        assert (answer.json["id"], answer.json["outputs"][0]["data"]) == (
            name,
            [2 * value for value in values],
        )
        return "cpu" if HEADER in answer.headers else "ascend"

    def _grpc(self, name: str, values: list[float]) -> str:
        message = infer_payload("double", np.array([values], np.float32), id=name)
        try:
            raw, call = self._wires.client.channel.unary_unary(INFER).with_call(message, timeout=60)
        except grpc.RpcError as err:
            refusal = refusal_of(err)
            return f"{refusal.code} {refusal.details}"
        answer: dict[str, Any] = decode("inference.ModelInferResponse", raw)
        y = np.frombuffer(b64decode(answer["raw_output_contents"][0]), np.float32)
        assert (answer["id"], y.tolist()) == (name, [2 * value for value in values])
        return "cpu" if any(one.key == HEADER for one in call.trailing_metadata()) else "ascend"


def crowd(wires: Wires, requests: int) -> Counter[str]:
    """What eight clients were answered, all together; probes are answered meanwhile."""
    clients = [Client(wires, number, requests // CLIENTS) for number in range(CLIENTS)]
    while any(client.thread.is_alive() for client in clients):
        assert wires.server.request("GET", "/v2/health/live").status == 200
    total = sum((client.answers for client in clients), Counter[str]())
    assert total.total() == requests, total
    return total


def test_degrade_loses_no_request_on_a_shaky_device(card: Card) -> None:
    with card.served("degrade") as wires:
        card.does("shaky")
        answers = crowd(wires, 2_000)
        assert sum(errors(wires).values()) >= 1
    assert answers.keys() == {"ascend", "cpu"}, answers


def test_strict_answers_each_request_on_a_shaky_device_once(card: Card) -> None:
    with card.served("strict") as wires:
        card.does("shaky")
        answers = crowd(wires, 10_000)
        assert sum(errors(wires).values()) >= 1
    others = answers.keys() - {"ascend"}
    assert all(
        re.match(f"(500|503|INTERNAL|UNAVAILABLE) .*({SCRIPTED}|{LOST})", one) for one in others
    )
