# SPDX-License-Identifier: Apache-2.0
"""Answers pods that ask for a Service by its name, where the cluster has no DNS."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ci.cluster.settings import Settings
    from support.kube import Kube

DOMAIN = "svc.cluster.local"
_PORT, _HEAD, _ADDRESS = 53, 12, 1
_FOUND, _UNKNOWN = 0x8580, 0x8583  # an answer with authority; the second: no such name
_POLL_S = 0.5


@contextmanager
def names(local: Settings, kube: Kube) -> Iterator[None]:
    """Pods that start meanwhile know each Service as NAME.NAMESPACE, and as that in DOMAIN."""

    def find(name: str) -> str | None:
        return _cluster_ip(kube, name)

    told = local.state / "resolv.conf"
    before = told.read_text(encoding="utf-8")
    with _answering(local.node_ip, find):
        told.write_text(f"nameserver {local.node_ip}\nsearch {DOMAIN}\n", encoding="utf-8")
        try:
            yield
        finally:
            told.write_text(before, encoding="utf-8")


def _cluster_ip(kube: Kube, name: str) -> str | None:
    service, _, namespace = name.removesuffix(f".{DOMAIN}").partition(".")
    if not name.endswith(f".{DOMAIN}") or "." in namespace:
        return None
    found = kube.find("Service", service, namespace)
    return str(found["spec"]["clusterIP"]) if found else None


@contextmanager
def _answering(address: str, find: Callable[[str], str | None]) -> Iterator[None]:
    stopped = threading.Event()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind((address, _PORT))
        server.settimeout(_POLL_S)
        thread = threading.Thread(target=_serve, args=(server, find, stopped), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stopped.set()
            thread.join()


def _serve(
    server: socket.socket, find: Callable[[str], str | None], stopped: threading.Event
) -> None:
    while not stopped.is_set():
        try:
            question, asker = server.recvfrom(512)
        except TimeoutError:
            continue
        server.sendto(answer(question, find), asker)


def answer(message: bytes, find: Callable[[str], str | None]) -> bytes:
    """To a question for one name (RFC 1035 4.1); of what is no IPv4 address, nothing is known."""
    name, end = _name(message)
    kind = struct.unpack_from("!H", message, end)[0]
    address = find(name)
    flags = _FOUND if address else _UNKNOWN
    records = b""
    if address and kind == _ADDRESS:
        # The name: as in the question, which is behind the head. Class 1, 5 seconds, 4 bytes.
        records = struct.pack("!HHHIH", 0xC00C, _ADDRESS, 1, 5, 4) + socket.inet_aton(address)
    head = message[:2] + struct.pack("!HHHHH", flags, 1, bool(records), 0, 0)
    return head + message[_HEAD : end + 4] + records


def _name(message: bytes) -> tuple[str, int]:
    """The name in question, and where it ends."""
    labels, place = [], _HEAD
    while length := message[place]:
        labels.append(message[place + 1 : place + 1 + length].decode("ascii"))
        place += 1 + length
    return ".".join(labels).lower(), place + 1
