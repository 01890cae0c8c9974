# SPDX-License-Identifier: Apache-2.0
"""Looks at a release all the while, and keeps what was new."""

from __future__ import annotations

import re
import threading
import time
from typing import TYPE_CHECKING, NamedTuple

from support.eventually import POLL_S

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from support.release import Release


class Moment(NamedTuple):
    """What was seen at a time, in seconds since the watch began."""

    at_s: float
    said: str
    share: int
    """Percent of the requests that the canary gets."""
    pods: int
    """Of the canary, that answer."""


class Watch:
    """Runs with the block; KubeVela keeps each message for a second at least."""

    def __init__(self, release: Release) -> None:
        self.moments: list[Moment] = []
        self._release = release
        self._start = time.monotonic()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._error: Exception | None = None

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()
        if self._error and error is None:
            raise self._error

    def now_s(self) -> float:
        return time.monotonic() - self._start

    def messages(self) -> list[str]:
        """In order, each once in a row; a workflow that begins has none."""
        said = [moment.said for moment in self.moments if moment.said]
        return [one for before, one in zip(["", *said], said, strict=False) if one != before]

    def _look(self) -> None:
        try:
            while not self._stopped.wait(POLL_S):
                self._see()
        except Exception as err:  # noqa: BLE001 the block's thread raises it
            self._error = err

    def _see(self) -> None:
        # The share first: pods that are seen after it may be more, what is said no earlier.
        share, release = self._release.share(), self._release
        moment = Moment(self.now_s(), release.said(), share, release.available())
        if not self.moments or self.moments[-1][1:] != moment[1:]:
            self.moments.append(moment)


def assert_in_order(messages: list[str], patterns: Sequence[str]) -> None:
    """Each message matches the pattern that the one before it did, or the next; none is left."""
    at = 0
    for message in messages:
        if not re.fullmatch(patterns[at], message):
            at += 1
            expected = patterns[at] if at < len(patterns) else "nothing more"
            assert re.fullmatch(expected, message), f"{message!r}, not {expected!r}: {messages}"
    assert at == len(patterns) - 1, f"it never says {patterns[at + 1]!r}: {messages}"
