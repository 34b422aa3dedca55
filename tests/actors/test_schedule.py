"""Crons are due when their authors expect, also in the two strange nights of the year."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.schedule import CATCH_UP_LIMIT, BadScheduleError, Schedule, missed
from storage.records import CatchUp


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def following(schedule: Schedule, moment: str, count: int) -> list[str]:
    found: list[str] = []
    now = at(moment)
    for _ in range(count):
        due = schedule.next_after(now)
        assert due is not None
        found.append(f"{due:%Y-%m-%d %H:%M}")
        now = due
    return found


@pytest.mark.parametrize(
    ("expression", "after", "due"),
    [
        ("*/15 * * * *", "2026-03-01T10:07", "2026-03-01 10:15"),
        ("0 9 * * MON-FRI", "2026-11-20T10:00", "2026-11-23 09:00"),
        ("0 0 L * *", "2026-02-01T00:00", "2026-02-28 00:00"),
        ("0 0 * * 5L", "2026-11-01T00:00", "2026-11-27 00:00"),
        ("0 12 * * 1#2", "2026-11-01T00:00", "2026-11-09 12:00"),
        ("@hourly", "2026-11-21T10:00", "2026-11-21 11:00"),
        ("@Weekly", "2026-11-21T10:00", "2026-11-22 00:00"),
        ("0 0 29 2 *", "2026-01-01T00:00", "2028-02-29 00:00"),
        ("  5   4  *  *  * ", "2026-01-01T00:00", "2026-01-01 04:05"),
    ],
)
def test_when_it_is_due(expression: str, after: str, due: str) -> None:
    assert following(Schedule(expression), after, 1) == [due]


@pytest.mark.parametrize(
    ("expression", "skipped", "twice"),
    [
        ("30 2 * * *", ["01:00"], ["00:30"]),
        ("0,30 2 * * *", ["01:00"], ["00:00", "00:30"]),
        ("0-30/15 2 * * *", ["01:00"], ["00:00", "00:15", "00:30"]),
        ("*/30 2 * * *", [], ["00:00", "00:30", "01:00", "01:30"]),
        ("15 */2 * * *", ["02:15"], ["00:15", "01:15"]),
    ],
)
def test_only_a_fixed_hour_and_minute_are_made_up_for(expression: str, skipped: list[str], twice: list[str]) -> None:
    schedule = Schedule(expression, "Europe/Berlin")

    def of_the_night(day: datetime) -> list[str]:
        moments = schedule.between(day, day + timedelta(hours=3, minutes=30))
        return [f"{moment:%H:%M}" for moment in moments]

    assert of_the_night(datetime(2026, 3, 28, 23, 30, tzinfo=UTC)) == skipped
    assert of_the_night(datetime(2026, 10, 24, 23, 30, tzinfo=UTC)) == twice


def test_a_fixed_hour_that_the_night_skips_runs_when_the_hour_is_over() -> None:
    # In Berlin 02:30 does not exist on 29 March 2026: at 02:00 clocks show 03:00, which is 01:00 UTC.
    nightly = Schedule("30 2 * * *", "Europe/Berlin")

    assert following(nightly, "2026-03-27T12:00", 3) == ["2026-03-28 01:30", "2026-03-29 01:00", "2026-03-30 00:30"]


def test_a_fixed_hour_that_the_night_has_twice_runs_once() -> None:
    nightly = Schedule("30 2 * * *", "Europe/Berlin")

    assert following(nightly, "2026-10-24T12:00", 2) == ["2026-10-25 00:30", "2026-10-26 01:30"]


def test_every_half_hour_follows_elapsed_time_through_the_night_that_has_an_hour_twice() -> None:
    often = Schedule("*/30 * * * *", "Europe/Berlin")

    assert following(often, "2026-10-24T23:45", 5) == [
        "2026-10-25 00:00", "2026-10-25 00:30", "2026-10-25 01:00", "2026-10-25 01:30", "2026-10-25 02:00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("", "has 0 fields, it needs 5: minute, hour"),
        ("* * * *", "has 4 fields"),
        ("* * * * * *", "has a field for seconds"),
        ("61 * * * *", "bad minute"),
        ("0 0 30 2 *", "bad day of month"),
        ("@often", "there is no '@often'; there are @yearly"),
        ("0 " * 200, "characters, 200 are allowed"),
        ("0 0 * * MÖN", "bad day of week"),
    ],
)
def test_what_cannot_be_followed_is_refused_by_name(expression: str, why: str) -> None:
    with pytest.raises(BadScheduleError, match=why):
        Schedule(expression)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/localtime", "\0"])
def test_a_time_zone_that_does_not_exist_is_refused_by_name(zone: str) -> None:
    with pytest.raises(BadScheduleError, match="there is no time zone"):
        Schedule("@daily", zone)


@pytest.mark.parametrize(
    ("catch_up", "moments"),
    [
        (CatchUp.SKIP, []),
        (CatchUp.ONCE, ["13:00"]),
        (CatchUp.ALL, ["10:00", "11:00", "12:00", "13:00"]),
    ],
)
def test_what_was_missed_is_made_up_for_by_policy(catch_up: CatchUp, moments: list[str]) -> None:
    due, now = at("2026-11-21T10:00"), at("2026-11-21T13:20")

    made_up = missed(Schedule("@hourly"), catch_up, due, now, timedelta(days=1))

    assert [f"{moment:%H:%M}" for moment in made_up] == moments


def test_what_lies_before_the_window_is_given_up() -> None:
    made_up = missed(
        Schedule("@hourly"), CatchUp.ALL, at("2026-11-01T00:00"), at("2026-11-21T13:20"), timedelta(hours=2)
    )

    assert [f"{moment:%H:%M}" for moment in made_up] == ["12:00", "13:00"]


def test_a_year_of_minutes_is_not_made_up_for_one_by_one() -> None:
    made_up = missed(
        Schedule("* * * * *"), CatchUp.ALL, at("2026-11-20T00:00"), at("2026-11-21T00:00"), timedelta(days=400)
    )

    assert len(made_up) == CATCH_UP_LIMIT
    assert made_up[-1] == at("2026-11-21T00:00")


def test_a_job_that_is_not_due_yet_has_missed_nothing() -> None:
    assert (
        missed(Schedule("@daily"), CatchUp.ALL, at("2026-11-22T00:00"), at("2026-11-21T13:20"), timedelta(days=1)) == []
    )


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001  hypothesis adds the zone
    st.sampled_from(["*/7 * * * *", "0 3 * * *", "30 2 * * SUN", "0 0 1 * *"]),
    st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
)
def test_the_next_moment_always_lies_ahead(moment: datetime, expression: str, zone: str) -> None:
    now = moment.replace(tzinfo=UTC)

    due = Schedule(expression, zone).next_after(now)

    assert due is not None
    assert due > now
