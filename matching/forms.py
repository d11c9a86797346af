"""A record made ready for comparing: every field in its one spelling, computed once and kept."""

from dataclasses import dataclass
from functools import lru_cache

from matching.employer_names import NameForm, name_forms
from matching.normalize import birth_date, email, fold, label, own_domain, phone, street, words, zip_code
from matching.records import CandidateRecord, EmployerRecord, Record
from matching.words import STATES
from terms.words import FREE_MAIL_DOMAINS

Street = tuple[str, tuple[str, ...], str]
KEPT = 20_000
"""Forms that are kept: one record is compared with many."""
MOST_VALUES = 6
"""Phones, domains, addresses of a record that are looked at."""


@dataclass(frozen=True, slots=True)
class EmployerForm:
    names: tuple[NameForm, ...]
    domains: tuple[str, ...]
    labels: tuple[str, ...]
    phones: tuple[str, ...]
    street: Street
    city: str
    state: str
    zip: str


@dataclass(frozen=True, slots=True)
class CandidateForm:
    given: tuple[str, ...]
    family: tuple[str, ...]
    suffix: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    born: str
    street: Street
    city: str
    state: str
    zip: str


Form = EmployerForm | CandidateForm


def form_of(record: Record) -> Form:
    return candidate_form(record) if isinstance(record, CandidateRecord) else employer_form(record)


@lru_cache(maxsize=KEPT)
def employer_form(record: EmployerRecord) -> EmployerForm:
    """Domains of free mail and of shared hosts are left out: they identify nobody."""
    domains = _kept(own_domain(text) for text in record.domains)
    return EmployerForm(
        names=name_forms(record.name, record.aliases),
        domains=domains,
        labels=tuple(label(host) for host in domains),
        phones=_kept(phone(text) for text in record.phones),
        street=street(record.street),
        city=place(record.city),
        state=state(record.state),
        zip=zip_code(record.zip),
    )


@lru_cache(maxsize=KEPT)
def candidate_form(record: CandidateRecord) -> CandidateForm:
    """Jr, Sr, II are taken out of the names into `suffix`."""
    given, one = _without_suffix(words(record.given_name))
    family, other = _without_suffix(words(record.family_name))
    return CandidateForm(
        given=given,
        family=family,
        suffix=one or other,
        emails=_kept(email(text) for text in record.emails),
        phones=_kept(phone(text) for text in record.phones),
        born=birth_date(record.date_of_birth),
        street=street(record.street),
        city=place(record.city),
        state=state(record.state),
        zip=zip_code(record.zip),
    )


_GENERATIONS = {
    "jr": "jr",
    "junior": "jr",
    "ii": "jr",
    "2nd": "jr",
    "sr": "sr",
    "senior": "sr",
    "iii": "iii",
    "3rd": "iii",
    "iv": "iv",
}
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "dr", "rev", "sra"})


def _without_suffix(found: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    kept = tuple(word for word in found if word not in _TITLES) or found
    if len(kept) > 1 and kept[-1] in _GENERATIONS:
        return kept[:-1], _GENERATIONS[kept[-1]]
    return kept[:5], ""


def _kept(values) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))[:MOST_VALUES]


def place(text: str) -> str:
    return " ".join("saint" if word == "st" else "mount" if word == "mt" else word for word in words(text))


def state(text: str) -> str:
    folded = fold(text).strip().strip(".")
    return STATES.get(folded.replace(" ", ""), folded)


def is_free(address: str) -> bool:
    return address.rpartition("@")[2] in FREE_MAIL_DOMAINS
