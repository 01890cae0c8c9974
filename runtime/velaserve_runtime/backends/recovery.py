# SPDX-License-Identifier: Apache-2.0
"""Brings a model back onto its device, in a thread of its own: no request ever waits for it."""

from __future__ import annotations

import logging
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from velaserve_runtime.protocol.errors import DEVICE_ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from velaserve_runtime.backends.breaker import Breaker
    from velaserve_runtime.backends.recipe import Loaded

    Pause = Callable[[threading.Event, float], bool]
    """Waits so many seconds, or until the event; whether the event came."""

LOG = logging.getLogger(__name__)


class Recovery:
    """Probes while the breaker is open: loads and warms up a new instance, as at the start."""

    def __init__(
        self,
        labels: Mapping[str, str],
        breaker: Breaker,
        reopen: Callable[[], Loaded],
        pause: Pause = threading.Event.wait,
    ) -> None:
        """`labels`: model, version and device, for the log."""
        self.errors = {kind.reason: 0 for kind in DEVICE_ERRORS}
        """What probes met, by reason."""
        self._labels = labels
        self._breaker = breaker
        self._reopen = reopen
        self._pause = pause
        self._stopped = threading.Event()

    def begin(
        self, give_back: Callable[[], None] | None, hand_over: Callable[[Loaded], None]
    ) -> None:
        """Calls `give_back` for what is lost, then probes until there is something to hand over.

        Both are called in the thread of the probes, at most once.
        """
        threading.Thread(
            target=self._work, args=(give_back, hand_over), name="velaserve-probe", daemon=True
        ).start()

    def stop(self) -> None:
        """No probe begins any more; one that is under way still hands over."""
        self._stopped.set()

    def _work(
        self, give_back: Callable[[], None] | None, hand_over: Callable[[Loaded], None]
    ) -> None:
        if give_back is not None:
            with suppress(Exception):  # the device is broken: who knows what that raises
                give_back()
        while not self._pause(self._stopped, self._breaker.wait_s):
            fresh = self._probe()
            if fresh is not None:
                hand_over(fresh)
                return

    def _probe(self) -> Loaded | None:
        self._breaker.probe()
        try:
            return self._reopen()
        except Exception as err:  # noqa: BLE001  whatever it raises, the device is not back
            if isinstance(err, DEVICE_ERRORS):
                self.errors[err.reason] += 1
            self._breaker.probe_failed(str(err))
            told = {"reason": str(err), "next_probe_s": self._breaker.wait_s}
            LOG.warning("device is not back", extra={**self._labels, **told})
            return None
