"""The words by which pay is told to be by the hour, the week, the year, in English, Spanish and Polish."""

import re

UNITS = {
    "hour": r"hours?|hrs?|hora|horas|godz(?:in[ęaey]|\.)?|h",
    "week": r"weeks?|wks?|semana|tydzień|tydz\.?|tygodniowo",
    "year": r"years?|yrs?|annum|annual|annually|año|rok|rocznie",
    "month": r"months?|mo|mes|miesiąc|miesięcznie",
    "day": r"days?|día|dia|dzień|shift|turno",
    "piece": r"mile|milla|piece|unit|seat|head|person|visit|night|load|stop|hire|job",
}
ADVERBS = {
    "hour": r"hourly|por hora|an? hr|godzinowo",
    "week": r"weekly|semanales|por semana|tygodniowo",
    "year": r"annually|annual|yearly|salary|salaried|anuales|al año|rocznie",
    "month": r"monthly|mensuales|miesięcznie",
    "day": r"daily|diarios",
}
_SAYS = {
    unit: re.compile(rf"(?<![^\W\d_])(?:{'|'.join(filter(None, (words, ADVERBS.get(unit))))})(?![^\W\d_])")
    for unit, words in UNITS.items()
}
_PER_HOUR = re.compile(r"p/?h\b")


def unit_of(said: str) -> str | None:
    """The unit that words like "/hr", "a week", "por hora" or a column's heading name."""
    said = said.lower().strip()
    if not said:
        return None
    if _PER_HOUR.search(said):
        return "hour"
    return next((unit for unit, pattern in _SAYS.items() if pattern.search(said)), None)
