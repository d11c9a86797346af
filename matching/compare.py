"""Two records of one kind side by side, as named levels; and the frequencies of a collection."""

from collections.abc import Iterable

from matching.compare_candidates import candidate_levels
from matching.compare_employers import employer_levels
from matching.forms import CandidateForm, Form, form_of
from matching.frequencies import NOTHING_COUNTED, Frequencies, count
from matching.records import Record

Levels = dict[str, str]


def levels(a: Record, b: Record, frequencies: Frequencies | None = None) -> Levels:
    """Field to level of agreement. Raises TypeError for two records of different kinds."""
    return form_levels(form_of(a), form_of(b), frequencies or NOTHING_COUNTED)


def form_levels(a: Form, b: Form, frequencies: Frequencies) -> Levels:
    """As `levels`, for records that were made ready."""
    if isinstance(a, CandidateForm) and isinstance(b, CandidateForm):
        return candidate_levels(a, b, frequencies)
    if isinstance(a, CandidateForm) or isinstance(b, CandidateForm):
        raise TypeError("an employer and a candidate can't be compared")
    return employer_levels(a, b, frequencies)


def frequencies_of(records: Iterable[Record]) -> Frequencies:
    """Counts of words, of places, and of numbers that stand beside several names, over a whole collection."""
    return form_frequencies((form_of(record), 1) for record in records)


def form_frequencies(forms: Iterable[tuple[Form, int]]) -> Frequencies:
    """As `frequencies_of`, for forms with the number of records that have each."""
    names_of: dict[str, set[str]] = {}
    counted = count((_words(form, names_of), times) for form, times in forms)
    shared = {value: len(names) for value, names in names_of.items() if len(names) > 1}
    return Frequencies(counted.total, counted.words, shared)


def _words(form: Form, names_of: dict[str, set[str]]) -> dict[str, list[str]]:
    if isinstance(form, CandidateForm):
        return {"given_name": list(form.given), "family_name": list(form.family)}
    name = form.names[0].compact[:6] if form.names else ""
    for value in (*form.phones, *form.domains):
        names_of.setdefault(value, set()).add(name)
    return {"employer": [token for name in form.names for token in name.tokens], "place": form.city.split()}
