# SPDX-License-Identifier: Apache-2.0
"""VS334: a schedule that cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from velaserve_lint.rule import ManifestRule
from velaserve_lint.rules.example_manifests import but
from velaserve_lint.rules.example_neighbours import CRON_JOB
from velaserve_lint.rules.workloads.cron import problem
from velaserve_lint.text import Text, sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from velaserve_lint.finding import Finding
    from velaserve_lint.manifest import Manifest


class CronSchedule(ManifestRule):
    """Five fields, or a word like @daily; the time zone has a field of its own."""

    id = "VS334"
    slug = "cron-schedule"
    since = "0.1.0"
    source = "github.com/robfig/cron v3.0.1; Kubernetes v1.34.4 pkg/apis/batch/validation"
    title = Text("an invalid schedule", "调度表达式不合法")
    why = Text("The API server refuses the object.", "API server 会拒绝该对象。")
    fix = Text(
        "Write minute, hour, day of month, month and day of week, as in '15 3 * * 1-5'.",
        "请写分、时、日、月、星期五个字段，例如 '15 3 * * 1-5'。",
    )
    messages = sentences(
        fields=Text(
            "a schedule has 5 fields, found {part}", "调度表达式有 5 个字段，实有 {part} 个"
        ),
        field=Text("'{part}' is no {field}", "'{part}' 不是合法的 {field}"),
        shortcut=Text(
            "'{part}' is unknown; there are @hourly, @daily, @weekly, @monthly, @yearly, @every 1h",
            "未知的 '{part}'；可用 @hourly、@daily、@weekly、@monthly、@yearly、@every 1h",
        ),
        zone=Text("the time zone goes into timeZone", "时区应写在 timeZone 中"),
        local=Text("timeZone must name a zone", "timeZone 必须写明时区"),
    )
    kinds = frozenset({"CronJob"})
    bad = but(CRON_JOB, "15 3 * * 1-5", "15 3 * *")
    good = CRON_JOB

    @classmethod
    def check(cls, manifest: Manifest) -> Iterator[Finding]:
        schedule, zone = manifest.spec.at("schedule"), manifest.spec.at("timeZone")
        if schedule.text and (found := problem(schedule.text)):
            yield cls.finding(schedule.place, found.message, part=found.part, field=found.field)
        if zone.text.lower() == "local":
            yield cls.finding(zone.place, "local")
