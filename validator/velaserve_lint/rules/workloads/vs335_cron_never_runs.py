# SPDX-License-Identifier: Apache-2.0
"""VS335: a CronJob that does not run, or may miss its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.finding import Severity
from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import CRON_JOB
from velaserve_lint.rules.workloads.cron import never_comes
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest

_ROUND = 10  # seconds between two looks of the controller at a CronJob


class CronNeverRuns(ManifestRule):
    """The 31st of February, or a deadline shorter than the controller's round."""

    id = "VS335"
    slug = "cron-never-runs"
    severity = Severity.WARNING
    since = "0.1.0"
    source = "Kubernetes' documentation, concepts/workloads/controllers/cron-jobs"
    title = Text("a CronJob that does not run", "不会运行的 CronJob")
    why = Text(
        "It is accepted, and nothing says why no Job comes.",
        "会被接受，但不会有任何提示说明为何没有 Job。",
    )
    fix = Text(
        "Choose a day that there is; give the deadline 10 s or more.",
        "请选择存在的日期；期限至少设为 10 秒。",
    )
    messages = sentences(
        never=Text("'{schedule}': there is no such day", "'{schedule}'：不存在这样的日期"),
        deadline=Text(
            "a deadline of {deadline} s may pass before the controller looks, every {round} s",
            "控制器每 {round} 秒检查一次，{deadline} 秒的期限可能在此之前就已过去",
        ),
    )
    kinds = frozenset({"CronJob"})
    bad = but(CRON_JOB, "15 3 * * 1-5", "15 3 31 2 *")
    good = CRON_JOB

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        schedule = manifest.spec.at("schedule")
        deadline = manifest.spec.at("startingDeadlineSeconds")
        if schedule.text and never_comes(schedule.text):
            yield cls.finding(schedule.place, "never", schedule=schedule.text)
        if deadline.number is not None and 0 <= deadline.number < _ROUND:
            yield cls.finding(deadline.place, "deadline", deadline=deadline.number, round=_ROUND)
