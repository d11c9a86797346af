"""Days: those that mails and lists name, and working days, for clocks of organisations don't run at the weekend."""

from datetime import date, datetime, timedelta
from typing import Any

SATURDAY = 5


def after_working_days(start: datetime, days: int) -> datetime:
    """The same hour `days` working days later."""
    end = start
    while days:
        end += timedelta(days=1)
        days -= end.weekday() < SATURDAY
    return end


def iso_day(value: Any) -> date | None:
    """The day of an ISO date; None for nothing, and for what is none."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
