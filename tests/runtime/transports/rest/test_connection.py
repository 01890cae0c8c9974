# SPDX-License-Identifier: Apache-2.0
"""HTTP/1.1 by hand: limits, pipelining, hang-ups, slow readers and nonsense."""

from __future__ import annotations

import json
import re
import socket
import struct
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.server import RunningServer

INFER = json.dumps(
    {"inputs": [{"name": "x", "shape": [1, 4], "datatype": "FP32", "data": [1, 2, 3, 4]}]}
).encode()


@contextmanager
def connected(server: RunningServer) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", server.http_port), timeout=30) as one:
        yield one


def head(path: str, size: int, *more: str) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: test", f"Content-Length: {size}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def infer(*more: str) -> bytes:
    return head("/v2/models/double/infer", len(INFER), *more) + INFER


def read_answer(one: socket.socket) -> tuple[int, bytes]:
    """Status and body of exactly one answer."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += receive(one)
    top, _, body = data.partition(b"\r\n\r\n")
    length = int(top.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += receive(one)
    assert len(body) == length, "more than one answer came"
    return int(top[9:12]), body


def receive(one: socket.socket) -> bytes:
    piece = one.recv(65536)
    assert piece, "the server hung up"
    return piece


def read_all(one: socket.socket) -> bytes:
    pieces = []
    while piece := one.recv(65536):
        pieces.append(piece)
    return b"".join(pieces)


def test_one_connection_serves_many_requests(rest: RunningServer) -> None:
    with connected(rest) as one:
        for _ in range(3):
            one.sendall(infer())
            assert read_answer(one)[0] == 200


def test_pipelined_requests_are_answered_in_order(rest: RunningServer) -> None:
    with connected(rest) as one:
        nowhere = head("/nowhere", 0)
        one.sendall(b"".join([infer(), nowhere] * 100) + infer("Connection: close"))
        statuses = re.findall(rb"HTTP/1\.1 (\d+)", read_all(one))
        assert statuses == [b"200", b"404"] * 100 + [b"200"]


def test_a_request_in_single_bytes(rest: RunningServer) -> None:
    with connected(rest) as one:
        for byte in infer():
            one.sendall(bytes((byte,)))
        assert read_answer(one)[0] == 200


def test_a_large_body_in_two_halves(rest: RunningServer) -> None:
    rows = 9000
    size = {"binary_data_size": rows * 16}
    entry = {"name": "x", "shape": [rows, 4], "datatype": "FP32", "parameters": size}
    document = {"inputs": [entry], "parameters": {"binary_data_output": True}}
    text = json.dumps(document).encode()
    values = np.arange(rows * 4, dtype=np.float32)
    body = text + values.tobytes()
    length = f"Inference-Header-Content-Length: {len(text)}"
    with connected(rest) as one:
        one.sendall(head("/v2/models/double/infer", len(body), length) + body[:70_000])
        one.sendall(body[70_000:])
        status, answer = read_answer(one)
        assert status == 200, answer[:300]
        np.testing.assert_array_equal(np.frombuffer(answer[-rows * 16 :], "<f4"), values * 3)
        one.sendall(infer())
        assert read_answer(one)[0] == 200


def test_expect_continue(rest: RunningServer) -> None:
    with connected(rest) as one:
        one.sendall(head("/v2/models/double/infer", len(INFER), "Expect: 100-continue"))
        assert receive(one) == b"HTTP/1.1 100 Continue\r\n\r\n"
        one.sendall(INFER)
        assert read_answer(one)[0] == 200


def test_http_1_0_closes(rest: RunningServer) -> None:
    with connected(rest) as one:
        one.sendall(b"GET /v2/health/live HTTP/1.0\r\n\r\n")
        assert b"connection: close" in read_all(one)


def test_an_upgrade_is_answered_over_http_1_1(rest: RunningServer) -> None:
    with connected(rest) as one:
        one.sendall(
            b"GET /v2/health/live HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\n"
            b"Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n"
        )
        assert read_answer(one)[0] == 200
        one.sendall(infer())
        assert read_answer(one)[0] == 200


def test_a_long_head_is_431(rest: RunningServer) -> None:
    for long in (f"X: {'a' * 70_000}", "\r\n".join(f"X-{at}: {'a' * 99}" for at in range(900))):
        with connected(rest) as one:
            one.sendall(infer(long))
            status, body = read_answer(one)
            assert status == 431, body
            assert b"--max-head-bytes" in body


def test_an_endless_header_is_431(rest: RunningServer) -> None:
    with connected(rest) as one:
        one.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 200_000)
        assert read_answer(one)[0] == 431


def test_a_large_body_is_413_and_the_client_can_read_it(rest: RunningServer) -> None:
    size = 3_000_000
    with connected(rest) as one:
        one.sendall(head("/v2/models/double/infer", size))
        one.sendall(b" " * size)
        status, body = read_answer(one)
        assert status == 413, body
        assert b"over the limit of 1048576 bytes" in body


def test_a_large_chunked_body_is_413(rest: RunningServer) -> None:
    with connected(rest) as one:
        chunk = b"%x\r\n%s\r\n" % (100_000, b" " * 100_000)
        top = b"POST /v2/models/double/infer HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        one.sendall(top + chunk * 12)
        assert read_answer(one)[0] == 413


def test_a_refusal_waits_for_the_answers_before_it(rest: RunningServer) -> None:
    with connected(rest) as one:
        one.sendall(infer() + b"nonsense\r\n\r\n")
        data = b""
        while data.count(b"HTTP/1.1") < 2:
            data += receive(one)
        statuses = re.findall(rb"HTTP/1\.1 (\d+)", data)
        assert statuses == [b"200", b"400"]


def test_a_head_that_does_not_come_is_408(rest: RunningServer) -> None:
    with connected(rest) as one:
        one.sendall(b"GET /v2 HT")
        assert read_answer(one)[0] == 408


def test_a_client_that_resets_harms_nobody(rest: RunningServer) -> None:
    for _ in range(20):
        with connected(rest) as one:
            one.sendall(infer())
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert rest.request("GET", "/v2/health/ready").status == 200


def test_a_slow_reader_gets_every_byte_as_it_was(rest: RunningServer) -> None:
    """uvloop keeps written views: an output buffer that is used again would corrupt these."""
    rows = 60_000
    with connected(rest) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        size = {"binary_data_size": rows * 16}
        entry = {"name": "x", "shape": [rows, 4], "datatype": "FP32", "parameters": size}
        text = json.dumps({"inputs": [entry], "parameters": {"binary_data_output": True}}).encode()
        length = f"Inference-Header-Content-Length: {len(text)}"
        sent = []
        for at in range(4):
            values = np.full(rows * 4, at + 1, np.float32)
            sent.append(values)
            body = text + values.tobytes()
            one.sendall(head("/v2/models/double/infer", len(body), length) + body)
        for values in sent:
            answer = read_exactly(one)
            np.testing.assert_array_equal(np.frombuffer(answer[-rows * 16 :], "<f4"), values * 3)


def read_exactly(one: socket.socket) -> bytes:
    """The next answer's body, byte for byte, leaving what follows in the socket."""
    top = b""
    while not top.endswith(b"\r\n\r\n"):
        top += one.recv(1)
    length = int(top.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    body = b""
    while len(body) < length:
        body += one.recv(min(65536, length - len(body)))
    return body


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300) | st.text(max_size=100).map(str.encode))
def test_no_bytes_end_the_server(rest: RunningServer, data: bytes) -> None:
    with connected(rest) as one:
        one.sendall(data)
        one.shutdown(socket.SHUT_WR)
        assert b"500" not in read_all(one)[:12]
    assert rest.process.poll() is None


HEADERS = (
    "Content-Length Transfer-Encoding Content-Encoding Expect Connection Upgrade "
    "Inference-Header-Content-Length Accept-Encoding Velaserve-Timeout-Ms X"
)
tokens = st.sampled_from(HEADERS.split(" "))
words = st.sampled_from(["chunked", "gzip", "0", "-1", "5", "99999999999999999999", "h2c", ""])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["GET", "POST", "PUT", "OPTIONS", "CONNECT"]),
    st.sampled_from(["/v2", "/v2/models/double/infer", "*", "/%", "//", "/v2/models//infer"]),
    st.lists(st.tuples(tokens, words | st.text("abc;,=\x01é", max_size=6)), max_size=5),
    st.binary(max_size=40),
)
def test_no_head_ends_the_server(
    rest: RunningServer, method: str, path: str, headers: list[tuple[str, str]], body: bytes
) -> None:
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    with connected(rest) as one:
        one.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        one.shutdown(socket.SHUT_WR)
        assert b" 500 " not in read_all(one)[:14]
    assert rest.process.poll() is None
    assert rest.request("GET", "/v2/health/live").status == 200
