"""More keys for a list that isn't large: what the common slips leave whole when a name has several of them at once.

In a list of up to some ten thousands they cost little and find pairs that no other key finds; in a large one each of
them would be too common.
"""

from collections.abc import Iterable, Iterator

from matching.blocking import less_a_letter, sound
from matching.employer_names import NameForm
from matching.forms import CandidateForm, EmployerForm, Form
from matching.nicknames import head

MOST_LETTERS = 7


def acronyms(forms: Iterable[Form]) -> frozenset[str]:
    """Names of one short word: only where a list has them can initials find anything."""
    names = (name for form in forms if isinstance(form, EmployerForm) for name in form.names[:3])
    return frozenset(name.compact for name in names if len(name.tokens) == 1 and 2 < len(name.compact) <= MOST_LETTERS)


def wide_keys(form: Form, short_names: frozenset[str]) -> tuple[str, ...]:
    """Keys beside those of `blocking.form_keys`; `short_names` are the `acronyms` of the whole list."""
    found = _candidate(form) if isinstance(form, CandidateForm) else _employer(form, short_names)
    return tuple(dict.fromkeys(key[:40] for key in found))


def _employer(form: EmployerForm, short_names: frozenset[str]) -> Iterator[str]:
    number, names, _ = form.street
    if number and form.zip:
        yield f"A:{number} {form.zip}"
    elif names and form.zip:
        yield f"A:{names[0][:5]} {form.zip}"
    for name in form.names[:3]:
        yield from _of_name(name, short_names)


def _of_name(name: NameForm, short_names: frozenset[str]) -> Iterator[str]:
    for text in {name.compact, name.short, max(name.tokens, key=len)}:
        if len(text) >= 9:
            yield f"o:{text[:4]}{text[-4:]}"
        elif text != name.compact:
            yield from (f"x:{less}" for less in less_a_letter(text))
    for letters in name.initials:
        yield from (f"i:{letters[:most]}" for most in range(3, MOST_LETTERS) if letters[:most] in short_names)


def _candidate(form: CandidateForm) -> Iterator[str]:
    given, family = form.given[:2], form.family[:2]
    place, area = form.city[:6], form.zip[:3]
    if len(form.zip) > 5:  # a postcode of letters and digits is a street, five digits are a town
        yield f"P:{form.zip}"
    if place and form.born:
        yield f"Y:{form.born[:4]} {place}"
    for name in (*given, *family):
        if place:
            yield f"C:{sound(name)} {place}"
        if area:
            yield f"Z:{sound(name)} {area}"
    for name in family:
        yield f"F:{name}"
        yield from (f"I:{sound(name)} {first[0]}" for first in given)
    for name in given:
        if place:
            yield f"C:{head(name)[:5]} {place}"
