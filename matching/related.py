"""Two records that are not one, but have to do with each other: branch, parent, staffing agency, d/b/a, household."""

from matching.forms import CandidateForm, EmployerForm, Form
from matching.words import STAFFING_WORDS

Levels = dict[str, str]
_SAME_NAME = {"equal", "order", "joined", "one slip"}


def form_relation(a: Form, b: Form, found: Levels) -> str | None:
    """How two records that were made ready are related: "branch", "parent", "staffing agency", "d/b/a", "twins",
    "household", or None where nothing says so."""
    if isinstance(a, CandidateForm) or isinstance(b, CandidateForm):
        return household_relation(found)
    if _agency(a) != _agency(b) and found["name"] not in _SAME_NAME:
        return "staffing agency" if found["street"] == "same" or found["phone"] == "same" else None
    if _different_sites(found):
        return "branch"
    if _doing_business_as(a, b):
        return "d/b/a"
    if (
        found["name"] == "inside"
        and found["domain"] in {"same", "same word"}
        and found["street"] in {"other", "other number"}
    ):
        return "parent"
    return None


def household_relation(found: Levels) -> str | None:
    """ "twins", "household", or None: of two people, as their levels say."""
    return _HOUSEHOLD.get(found["household"])


_HOUSEHOLD = {
    "twins": "twins",
    "family": "household",
    "generations": "household",
    "same name but other birth date": "household",
}


def _agency(form: EmployerForm) -> bool:
    return any(token in STAFFING_WORDS for name in form.names for token in name.tokens)


def _different_sites(found: Levels) -> bool:
    """One name, but numbers or sides that differ, or other streets without a phone in common."""
    if found["name"] == "nothing shared" or found["name"] == "missing":
        return False
    if found["number"] == "other" or found["side"] == "other":
        return found["first word"] in {"same", "similar"} or found["domain"] == "same"
    elsewhere = found["street"] in {"other", "other number"} and found["phone"] != "same"
    return elsewhere and (found["name"] in _SAME_NAME or found["domain"] == "same")


def _doing_business_as(a: EmployerForm, b: EmployerForm) -> bool:
    """The names are one only by what stands behind d/b/a in one of them, while the names in front differ."""
    x, y = a.names, b.names
    if not x or not y or x[0].tokens == y[0].tokens:
        return False
    return any(p.tokens == q.tokens and "dba" in {p.kind, q.kind} for p in x for q in y)
