"""Two records of one kind side by side, as named levels; and the frequencies of a collection."""

from collections.abc import Iterable

from matching.compare_candidates import candidate_levels
from matching.compare_employers import employer_levels
from matching.forms import candidate_form, employer_form
from matching.frequencies import NOTHING_COUNTED, Frequencies, count
from matching.records import CandidateRecord, EmployerRecord, Record

Levels = dict[str, str]


def levels(a: Record, b: Record, frequencies: Frequencies | None = None) -> Levels:
    """Field to level of agreement. Raises TypeError for two records of different kinds."""
    frequencies = frequencies or NOTHING_COUNTED
    if isinstance(a, EmployerRecord) and isinstance(b, EmployerRecord):
        return employer_levels(employer_form(a), employer_form(b), frequencies)
    if isinstance(a, CandidateRecord) and isinstance(b, CandidateRecord):
        return candidate_levels(candidate_form(a), candidate_form(b), frequencies)
    raise TypeError("an employer and a candidate can't be compared")


def frequencies_of(records: Iterable[Record]) -> Frequencies:
    """Counts of words, of places, and of numbers that stand beside several names, over a whole collection."""
    names_of: dict[str, set[str]] = {}
    counted = count(_words(record, names_of) for record in records)
    shared = {value: len(names) for value, names in names_of.items() if len(names) > 1}
    return Frequencies(counted.total, counted.words, shared)


def _words(record: Record, names_of: dict[str, set[str]]) -> dict[str, list[str]]:
    if isinstance(record, CandidateRecord):
        person = candidate_form(record)
        return {"given_name": list(person.given), "family_name": list(person.family)}
    form = employer_form(record)
    name = form.names[0].compact[:6] if form.names else ""
    for value in (*form.phones, *form.domains):
        names_of.setdefault(value, set()).add(name)
    return {"employer": [token for name in form.names for token in name.tokens], "place": form.city.split()}
