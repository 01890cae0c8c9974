# SPDX-License-Identifier: Apache-2.0
"""VS334 and VS335: schedules."""

from __future__ import annotations

import pytest

from support.findings import an, messages


def cron(schedule: str, more: str = "") -> str:
    return an("batch/v1", "CronJob", f'spec: {{schedule: "{schedule}", {more}}}')


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        ("0 3 * *", "a schedule has 5 fields, found 4"),
        ("0 0 3 * * *", "a schedule has 5 fields, found 6"),
        ("60 3 * * *", "'60' is no minute"),
        ("0 24 * * *", "'24' is no hour"),
        ("0 0 0 * *", "'0' is no day of month"),
        ("0 0 1 13 *", "'13' is no month"),
        ("0 0 * * 7", "'7' is no day of week"),
        ("0 0 * * sunday", "'sunday' is no day of week"),
        ("*/0 * * * *", "'*/0' is no minute"),
        ("5-1 * * * *", "'5-1' is no minute"),
        ("1-2-3 * * * *", "'1-2-3' is no minute"),
        ("1/2/3 * * * *", "'1/2/3' is no minute"),
        ("0 0 1,32 * *", "'32' is no day of month"),
        ("0 0 L * *", "'L' is no day of month"),
        ("CRON_TZ=UTC 0 0 * * *", "the time zone goes into timeZone"),
        (
            "@dayly",
            "'@dayly' is unknown; there are @hourly, @daily, @weekly, @monthly, @yearly, @every 1h",
        ),
        (
            "@every soon",
            "'@every soon' is unknown; there are @hourly, @daily, @weekly, @monthly, "
            "@yearly, @every 1h",
        ),
    ],
)
def test_schedules_that_cannot_be_read(schedule: str, message: str) -> None:
    assert messages("VS334", cron(schedule)) == [message]


@pytest.mark.parametrize(
    "schedule",
    [
        "* * * * *",
        "? ? ? ? ?",
        "*/15 0-6/2 1,15 JAN-mar mon-FRI",
        "5/10 * * * *",
        "@daily",
        "@every 1h30m",
        "0,,30 * * * *",
        "*/90 * * * *",
        "{{ .Values.schedule }}",
        "",
    ],
)
def test_schedules_that_can_be_read(schedule: str) -> None:
    assert messages("VS334", cron(schedule)) == []


def test_a_time_zone_must_be_one() -> None:
    assert messages("VS334", cron("@daily", "timeZone: local")) == ["timeZone must name a zone"]
    assert messages("VS334", cron("@daily", "timeZone: Etc/UTC")) == []


@pytest.mark.parametrize("schedule", ["0 0 30 2 *", "0 0 31 2,4,6 *", "0 0 31 4-4 ?"])
def test_days_that_no_month_has(schedule: str) -> None:
    assert messages("VS335", cron(schedule)) == [f"'{schedule}': there is no such day"]


@pytest.mark.parametrize(
    "schedule",
    ["0 0 29 2 *", "0 0 31 2,3 *", "0 0 30,1 2 *", "0 0 31 2 mon", "0 0 31 2 */2", "@daily", "x"],
)
def test_days_that_come(schedule: str) -> None:
    assert messages("VS335", cron(schedule)) == []


def test_a_deadline_shorter_than_the_controllers_round() -> None:
    assert messages("VS335", cron("@daily", "startingDeadlineSeconds: 9")) == [
        "a deadline of 9 s may pass before the controller looks, every 10 s"
    ]
    assert messages("VS335", cron("@daily", "startingDeadlineSeconds: 10")) == []
