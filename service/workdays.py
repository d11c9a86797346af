"""Days: those that mails and lists name, and working days, for clocks of organisations don't run at the weekend."""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

SATURDAY = 5
Day = TypeVar("Day", date, datetime)


def after_working_days(start: datetime, days: int) -> datetime:
    """The same hour `days` working days later."""
    end = start
    while days:
        end += timedelta(days=1)
        days -= end.weekday() < SATURDAY
    return end


def to_working_day(day: Day, *, back: bool = False) -> Day:
    """The day itself, or from a weekend the Monday after it (`back`: the Friday before it)."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=-1 if back else 1)
    return day


def iso_day(value: Any) -> date | None:
    """The day of an ISO date; None for nothing, and for what is none."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
