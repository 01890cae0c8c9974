# SPDX-License-Identifier: Apache-2.0
"""Start, ready, drain and stop of a real server process."""

from __future__ import annotations

import json
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from support.models import GatedModel, write_double_onnx
from support.server import Answer, RunningServer, running_server, spawn_server

if TYPE_CHECKING:
    from pathlib import Path

BODY = {"inputs": [{"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [1, 2, 3, 4]}]}
IN_FLIGHT = 200


def serve_gated(gated: GatedModel, *flags: str) -> tuple[str, ...]:
    gated.release(1000)
    return (
        "--model-name",
        "slow",
        "--model-dir",
        str(gated.folder),
        "--allow-python-models",
        *flags,
    )


def ask(server: RunningServer) -> Answer:
    return server.infer("slow", BODY)


def metric(server: RunningServer, name: str) -> float:
    text = server.request("GET", "/metrics").body.decode()
    lines = [line for line in text.splitlines() if line.startswith(name)]
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines)


def wait_in_flight(server: RunningServer, count: int) -> None:
    names = ("nv_inference_pending_request_count", "velaserve_requests_running")
    while sum(metric(server, name) for name in names) < count:
        pass


def wait_refusing(server: RunningServer) -> None:
    """Returns when nobody listens any more."""
    while True:
        with suppress(ConnectionResetError):  # accepted by the kernel, not by the server
            try:
                socket.create_connection(("127.0.0.1", server.http_port), timeout=5).close()
            except ConnectionRefusedError:
                return


def wait_event(server: RunningServer, event: str) -> None:
    while not server.find(event):
        assert server.process.poll() is None or server.find(event), server.lines


def test_sigterm_answers_200_requests_in_flight(tmp_path: Path) -> None:
    gated = GatedModel(tmp_path / "slow")
    with running_server(*serve_gated(gated)) as server:
        gated.forget()
        with ThreadPoolExecutor(IN_FLIGHT) as clients:
            answers = [clients.submit(ask, server) for _ in range(IN_FLIGHT)]
            gated.wait_entered()
            wait_in_flight(server, IN_FLIGHT)
            server.process.send_signal(signal.SIGTERM)
            wait_event(server, "draining")
            gated.release(IN_FLIGHT)
            results = [answer.result() for answer in answers]
        assert [result.status for result in results] == [200] * IN_FLIGHT
        assert all(result.json["outputs"][0]["data"] == [2, 4, 6, 8] for result in results)
        assert server.wait() == 0, server.lines
        assert server.find("stopped"), server.lines


def test_the_drain_delay_serves_and_the_end_refuses(tmp_path: Path) -> None:
    gated = GatedModel(tmp_path / "slow")
    with running_server(*serve_gated(gated, "--drain-delay-s", "2")) as server:
        gated.forget()
        with ThreadPoolExecutor(2) as clients:
            late = socket.create_connection(("127.0.0.1", server.http_port), timeout=30)
            server.process.send_signal(signal.SIGTERM)
            wait_event(server, "draining")
            assert server.request("GET", "/v2/health/ready").status == 503
            assert server.request("GET", "/v2/health/live").status == 200
            during = clients.submit(ask, server)
            gated.wait_entered()
            late.sendall(b"GET /v2/models/slow HTTP/1.1\r\n")
            late.sendall(b"Host: x\r\n")
            wait_refusing(server)
            late.sendall(b"X: y\r\n\r\n")
            assert late.recv(65536).startswith(b"HTTP/1.1 200 OK")
            gated.release()
            assert during.result().status == 200
            late.close()
        assert server.wait() == 0
        stopped = server.find("stopped")[0]
        assert stopped["served_while_draining"] == 1


def test_what_comes_after_the_delay_is_refused_and_counted(tmp_path: Path) -> None:
    gated = GatedModel(tmp_path / "slow")
    body = json.dumps(BODY).encode()
    with running_server(*serve_gated(gated)) as server:
        gated.forget()
        with ThreadPoolExecutor(1) as clients:
            held = clients.submit(ask, server)
            gated.wait_entered()
            late = socket.create_connection(("127.0.0.1", server.http_port), timeout=30)
            late.sendall(b"POST /v2/models/slow/infer HTTP/1.1\r\n")
            server.request("GET", "/v2")  # the half request has been read before this one
            server.process.send_signal(signal.SIGTERM)
            wait_refusing(server)
            late.sendall(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
            refusal = late.recv(65536)
            assert refusal.startswith(b"HTTP/1.1 503 "), refusal
            assert b"the server is stopping" in refusal
            gated.release()
            assert held.result().status == 200
            late.close()
        assert server.wait() == 0
        assert server.find("stopped")[0]["refused_while_draining"] == 1


def test_ctrl_c_skips_the_delay_and_a_second_one_stops_at_once(tmp_path: Path) -> None:
    gated = GatedModel(tmp_path / "slow")
    with running_server(*serve_gated(gated, "--drain-delay-s", "600")) as server:
        gated.forget()
        with ThreadPoolExecutor(1) as clients:
            held = clients.submit(ask, server)
            gated.wait_entered()
            server.process.send_signal(signal.SIGINT)
            wait_refusing(server)
            server.process.send_signal(signal.SIGINT)
            assert server.wait() == 130
            with pytest.raises((ConnectionError, OSError)):
                held.result()


def test_ctrl_c_answers_what_is_in_flight(tmp_path: Path) -> None:
    gated = GatedModel(tmp_path / "slow")
    with running_server(*serve_gated(gated)) as server:
        gated.forget()
        with ThreadPoolExecutor(1) as clients:
            held = clients.submit(ask, server)
            gated.wait_entered()
            server.process.send_signal(signal.SIGINT)
            wait_refusing(server)
            gated.release()
            assert held.result().status == 200
        assert server.wait() == 130


def test_a_model_that_hangs_while_it_loads_does_not_hold_the_end(tmp_path: Path) -> None:
    gated = GatedModel(tmp_path / "slow")
    flags = ("--model-dir", str(gated.folder), "--allow-python-models")
    server = spawn_server(*flags)
    gated.wait_entered()  # in the warm-up, and nobody lets it out
    assert server.stop() == 0, server.lines


def test_a_model_that_sleeps_does_not_delay_a_probe(tmp_path: Path) -> None:
    """Order, not time: the probe is answered while the model's batch is held."""
    gated = GatedModel(tmp_path / "slow")
    with running_server(*serve_gated(gated)) as server:
        gated.forget()
        with ThreadPoolExecutor(1) as clients:
            held = clients.submit(ask, server)
            gated.wait_entered()
            for _ in range(20):
                assert server.request("GET", "/v2/health/ready").status == 200
                assert not held.done()
            gated.release()
            assert held.result().status == 200


def test_a_client_that_hangs_up_is_not_run(tmp_path: Path) -> None:
    gated = GatedModel(tmp_path / "slow")
    body = json.dumps(BODY).encode()
    with running_server(*serve_gated(gated, "--max-batch-size", "1")) as server:
        gated.forget()
        with ThreadPoolExecutor(1) as clients:
            held = clients.submit(ask, server)
            gated.wait_entered()
            leaving = [socket.create_connection(("127.0.0.1", server.http_port)) for _ in range(50)]
            for one in leaving:
                one.sendall(
                    b"POST /v2/models/slow/infer HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body)
                    + body
                )
            wait_in_flight(server, 51)
            for one in leaving:
                one.close()
            while metric(server, "nv_inference_pending_request_count") > 0:
                pass
            gated.release(100)
            assert held.result().status == 200
            name = 'nv_inference_request_failure{model="slow",version="1",reason="client_gone"}'
            assert metric(server, name) == 50
            assert metric(server, "nv_inference_exec_count") == 1
            assert metric(server, "velaserve_inflight_bytes") == 0


def test_a_deadline_is_answered_while_the_model_runs(tmp_path: Path) -> None:
    gated = GatedModel(tmp_path / "slow")
    with running_server(*serve_gated(gated)) as server:
        gated.forget()
        answer = server.infer("slow", BODY, **{"Velaserve-Timeout-Ms": "50"})
        assert answer.status == 504, answer
        gated.release()


def test_a_taken_port_is_exit_2(tmp_path: Path) -> None:
    write_double_onnx(tmp_path / "double")
    flags = ("--model-dir", str(tmp_path / "double"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = spawn_server(*flags, "--http-port", str(port))
        assert server.wait() == 2
        assert f"port {port} on 127.0.0.1 is taken" in server.find("fatal")[0]["reason"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\x08\x07nonsense", "model.onnx"),
        (b"", "model.onnx"),
        (None, "model.onnx"),
    ],
)
def test_one_bad_model_ends_the_process_with_the_reason(
    tmp_path: Path, content: bytes | None, text: str
) -> None:
    model = tmp_path / "bad"
    model.mkdir()
    if content is not None:
        (model / "model.onnx").write_bytes(content)
    note = tmp_path / "termination-log"
    note.touch()
    server = spawn_server("--model-dir", str(model), "--termination-log", str(note))
    assert server.wait() == 1, server.lines
    reason = server.find("fatal")[0]["reason"]
    assert text in reason
    assert note.read_text() == reason + "\n"


def test_a_bad_model_in_a_repository_leaves_the_others_serving(tmp_path: Path) -> None:
    write_double_onnx(tmp_path / "double" / "1")
    (tmp_path / "empty").mkdir()
    (tmp_path / "corrupt" / "1").mkdir(parents=True)
    (tmp_path / "corrupt" / "1" / "model.onnx").write_bytes(b"no model")
    (tmp_path / "odd" / "1").mkdir(parents=True)
    write_double_onnx(tmp_path / "odd" / "1")
    (tmp_path / "odd" / "velaserve.yaml").write_text("max_batch_siez: 4\n")
    with running_server("--model-repository", str(tmp_path)) as server:
        assert server.request("GET", "/v2/health/ready").status == 503
        assert server.infer("double", BODY).status == 200
        answer = server.infer("corrupt", BODY)
        assert answer.status == 503
        assert "model.onnx" in answer.json["error"]
        rows = {row["name"]: row for row in server.request("POST", "/v2/repository/index").json}
        assert {name: row["state"] for name, row in rows.items()} == {
            "double": "READY",
            "empty": "UNAVAILABLE",
            "corrupt": "UNAVAILABLE",
            "odd": "UNAVAILABLE",
        }
        assert "did you mean" in rows["odd"]["reason"]
        logged = {line["model"]: line["reason"] for line in server.find("model not loaded")}
        assert logged.keys() == {"empty", "corrupt", "odd"}


def test_onnxruntime_calls_nobody(tmp_path: Path) -> None:
    """Its telemetry would warn that it cannot keep a device id here; every line is our own."""
    write_double_onnx(tmp_path / "double")
    flags = ("--model-dir", str(tmp_path / "double"))
    with running_server(*flags, HOME="/proc/nowhere", ORT_DISABLE_TELEMETRY="0") as server:
        assert server.infer("double", BODY).status == 200
        assert server.stop() == 0
        assert all("level" in line for line in server.lines), server.lines


def test_an_empty_repository_is_up_and_not_ready(tmp_path: Path) -> None:
    with running_server("--model-repository", str(tmp_path)) as server:
        answer = server.request("GET", "/v2/health/ready")
        assert (answer.status, answer.json["error"]) == (503, "no model is served")
