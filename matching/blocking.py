"""Keys under which a record is found again: a few short strings a record, each with its kind in front.

Two records that share no key are never compared, so every common slip leaves some key whole; a key that very many
records share finds too much, and is looked up last or not at all. A whole list is paired by the same keys as the index
table, but for two kinds: the index asks rare keys alone, so it has more of them, and none of words common everywhere.
"""

from matching.employer_names import NameForm
from matching.forms import CandidateForm, EmployerForm, Form, form_of
from matching.frequencies import shipped
from matching.nicknames import head
from matching.records import Record

MOST_KEYS = 32


def keys(record: Record) -> tuple[str, ...]:
    """Those of the index: at most MOST_KEYS different ones of at most 40 characters, the most telling kinds first."""
    form = form_of(record)
    if isinstance(form, CandidateForm):
        return form_keys(form)
    common = shipped("employer")
    told = [key for key in _employer(form) if key[:2] != "w:" or common.get(key[2:], 0.0) < COMMON]
    return _bounded(told + [key for name in form.names[:3] for key in _ends(name)])


def form_keys(form: Form) -> tuple[str, ...]:
    """Those by which a whole list is paired, of a record that was made ready."""
    return _bounded(_candidate(form) if isinstance(form, CandidateForm) else _employer(form))


def _bounded(found: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key[:40] for key in found))[:MOST_KEYS]


def _employer(form: EmployerForm) -> list[str]:
    found = [f"d:{host}" for host in form.domains[:3]]
    found += [f"p:{number[-7:]}" for number in form.phones[:3]]
    number, names, _ = form.street
    if number and names:
        found.append(f"a:{number} {names[0][:5]}")
    found += [f"n:{name}" for form_name in form.names[:3] for name in (form_name.compact, form_name.short) if name]
    found += [f"c:{label[:8]}" for label in form.labels[:2] if len(label) >= 6]
    for name in form.names[:3]:
        found += _name_keys(name)
    return found


def _name_keys(name: NameForm) -> list[str]:
    """The name run together, its ends, its letters; initials; words; pairs of beginnings; short names less a letter."""
    found = []
    if len(name.compact) >= 6:
        found += [f"c:{name.compact[:8]}", f"e:{name.compact[-8:]}"]
    if len(name.compact) >= 5:
        found.append(f"q:{''.join(sorted(set(name.compact)))}")
    found += [f"i:{letters[:10]}" for letters in name.initials if len(letters) > 2]
    if len(name.tokens) == 1 and 2 < len(name.compact) < 8:
        found.append(f"i:{name.compact}")
    words = _long_words(name)
    found += [f"w:{word}" for word in words]
    found += [f"b:{'+'.join(sorted((x[:4], y[:4])))}" for i, x in enumerate(words) for y in words[i + 1 :]][:4]
    if len(name.compact) < 10:
        found += [f"x:{less}" for less in less_a_letter(name.compact)]
    return found


def _long_words(name: NameForm) -> list[str]:
    return sorted(set(name.tokens), key=lambda word: (-len(word), word))[:4]


def _ends(name: NameForm) -> list[str]:
    """Beginning and end of rare words; the end of one word with the beginning of another: a slip spoils one of them."""
    words = _long_words(name)
    common = shipped("employer")
    rare = [word for word in words if len(word) >= 7 and common.get(word, 0.0) < COMMON][:2]
    found = [key for word in rare for key in (f"h:{word[:5]}", f"t:{word[-5:]}")]
    return found + [f"y:{x[-3:]}+{y[:3]}" for x in words for y in words if x != y and len(x) > 3][:6]


COMMON = 0.0005
"""Share of records with a word, of the shipped table, from which the word alone finds too much."""


def less_a_letter(word: str) -> list[str]:
    """Two short names that differ by one slip share one of these: "minim" and "mimim" are both "miim"."""
    if len(word) < 4:
        return []
    return [word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))]


def _candidate(form: CandidateForm) -> list[str]:
    found = [f"m:{address}" for address in form.emails[:3]] + [f"p:{number[-7:]}" for number in form.phones[:3]]
    number, names, _ = form.street
    if number and names:
        found.append(f"a:{number} {names[0][:5]}")
    given, family, born = form.given, form.family, form.born
    everyone = [*given[:2], *family[:2]]
    for name in everyone:
        found.append(f"f:{sound(name)} {born[:4]}")
        found.append(f"g:{head(name)[:4]} {born[5:]}" if len(born) == 10 else f"g:{head(name)[:4]} {form.zip}")
    if len(born) == 10:
        found.append(f"t:{born}")
    if given and family:
        found.append("n:" + "+".join(sorted((head(given[0])[:6], family[-1][:6]))))
        found.append("s:" + "+".join(sorted((sound(given[0]), sound(family[-1])))))
    found += [f"z:{sound(name)} {form.zip}" for name in everyone if form.zip]
    return found


_SOUNDS = str.maketrans("bfpvcgjkqsxzdtlmnr", "111122222222334556")


def sound(name: str) -> str:
    """Soundex-like: the first letter and up to three sounds, without vowels and repeats."""
    coded = name.translate(_SOUNDS)
    kept = name[:1]
    last = coded[:1]
    for code in coded[1:]:
        if code.isdigit() and code != last:
            kept += code
        last = code
    return kept[:4]
