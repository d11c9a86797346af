"""Working days: clocks of organisations don't run at the weekend."""

from datetime import datetime, timedelta

SATURDAY = 5


def after_working_days(start: datetime, days: int) -> datetime:
    """The same hour `days` working days later."""
    end = start
    while days:
        end += timedelta(days=1)
        days -= end.weekday() < SATURDAY
    return end
