# SPDX-License-Identifier: Apache-2.0
"""The cluster's long-running programs, known by pid and start time."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ci.cluster.errors import NotReady
from ci.cluster.processes import children, kill, start_time
from ci.cluster.space import Space, spawn
from ci.cluster.waiting import wait_until

SEARCH_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_LOG_LINES = 15
_KILLED_S = 10.0


@dataclass(frozen=True)
class Daemon:
    """One program; `started` is its start in clock ticks since boot, 0 where it had ended."""

    name: str
    component: str
    pid: int
    started: int
    log: Path

    @property
    def runs(self) -> bool:
        return self.started != 0 and start_time(self.pid) == self.started

    def kill(self) -> None:
        """Kill the child of `pid`, which only brought it into the namespaces and ends with it.

        Raises:
            NotReady: it lives on.
        """
        wait_until(self._killed, _KILLED_S, f"{self.name} is killed")

    def _killed(self) -> bool:
        """Repeated: one that was only just started has no child yet."""
        for child in children(self.pid) if self.runs else ():
            kill(child)
        return not self.runs

    def log_end(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-_LOG_LINES:])


class Daemons:
    """Starts programs and remembers them in the cluster's folder.

    `component` is what the programs that are started now belong to.
    """

    def __init__(self, state: Path, space: Space) -> None:
        self._records = state / "daemons"
        self._logs = state / "log"
        self._space = space
        self._home = state / "home"
        self.component = ""

    def start(
        self,
        name: str,
        program: str | Path,
        arguments: Sequence[str],
        environment: Mapping[str, str] | None = None,
    ) -> Daemon:
        """Start `program`, in place of one of that name.

        It gets none of this shell's variables: a proxy is not for a cluster.
        """
        for other in self.all():
            if other.name == name:
                other.kill()
        self._home.mkdir(exist_ok=True)
        own = {"PATH": SEARCH_PATH, "HOME": str(self._home), "TMPDIR": str(self._home)}
        log = self._logs / f"{name}.log"
        words = self._space.inside([str(program), *arguments])
        pid = spawn(words, log, {**own, **(environment or {})})
        daemon = Daemon(name, self.component, pid, start_time(pid), log)
        record = {**asdict(daemon), "log": str(log)}
        self._records.mkdir(exist_ok=True)
        (self._records / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
        return daemon

    def wait(self, daemon: Daemon, ready: Callable[[], bool], timeout_s: float) -> None:
        """Wait until `ready`.

        Raises:
            NotReady: the program ended, or it took too long; the text has the end of its log.
        """

        def settled() -> bool:
            return ready() or not daemon.runs

        try:
            wait_until(settled, timeout_s, f"{daemon.name} is ready")
        except NotReady as err:
            raise NotReady(f"{err}; the end of {daemon.log}:\n{daemon.log_end()}") from err
        if not ready():
            raise NotReady(f"{daemon.name} ended; the end of {daemon.log}:\n{daemon.log_end()}")

    def all(self) -> list[Daemon]:
        """Every program that was started, the oldest first."""
        found = []
        for path in sorted(self._records.glob("*.json"), key=lambda path: path.stat().st_mtime_ns):
            record = json.loads(path.read_text(encoding="utf-8"))
            found.append(Daemon(**{**record, "log": Path(record["log"])}))
        return found
