"""A mail as it is shown: in pieces, lit up where values were read, covered where a name is not for the reader."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from service.covering import Cover

_INDEX = re.compile(r"\[(\d{1,4})\]")
_WAGE = re.compile(r"wage[_ ](?:min|max|unit)$")
LABELS = {
    "kind": "Kind of mail",
    "referring_org": "Referring",
    "receiving_orgs": "Receiving",
    "other_orgs": "Also named",
    "sender_org": "Sender's organisation",
    "employer": "Employer",
    "contacts": "Contact",
    "needs": "Need",
    "candidates": "Candidate",
    "status": "Status",
    "shared_placement": "Shared placement",
}
PERSONAL = ("candidates", "status.hired", "status.interviewed", "status.not_hired", "status.retained", "status.ended")


@dataclass(frozen=True, slots=True)
class Value:
    """A fact as the screen lists it. `anchor` is the number of its mark; `part` empty: it was concluded, not read.

    `place` says where in an attachment it stands: "openings.xlsx, row 4"; `line` are the words of that row.
    `learnt` says which correction had a say in it, `lesson` is that lesson's number.
    """

    anchor: int
    field: str
    label: str
    value: str
    confidence: float
    part: str
    personal: bool
    place: str = ""
    line: str = ""
    learnt: str = ""
    lesson: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `values` are those that were read from it."""

    text: str
    values: tuple[Value, ...] = ()

    @property
    def confidence(self) -> float:
        return min(value.confidence for value in self.values)


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the mail with its header lines (of a forwarded or quoted mail) and its pieces."""

    part: str
    title: str
    head: tuple[tuple[str, str], ...]
    pieces: tuple[Piece, ...]
    folded: bool = False


def label(field: str) -> str:
    """`needs[1].openings` as "Need 2: openings"."""
    first, *rest = field.split(".")
    number = _INDEX.search(first)
    name = LABELS.get(_INDEX.sub("", first), _INDEX.sub("", first).replace("_", " "))
    if number and (rest or int(number[1])):
        name += f" {int(number[1]) + 1}"
    tail = " ".join(_INDEX.sub("", word).replace("_", " ") for word in rest)
    return f"{name}: {tail}" if tail else name


def values(reading: Mapping[str, Any]) -> tuple[Value, ...]:
    """The facts of a parse document, in the order of the mail."""
    facts = (reading.get("introduction") or {}).get("facts") or []
    return tuple(_value(number, fact, reading) for number, fact in enumerate(facts, 1))


@dataclass(frozen=True, slots=True)
class Group:
    """What was read of one thing, an employer or a need: in one line."""

    label: str
    values: tuple[Value, ...]

    @property
    def places(self) -> list[tuple[str, str]]:
        """The rows of attachments that it was read from, each with its words."""
        return list(dict.fromkeys((value.place, value.line) for value in self.values if value.place))


def groups(reading: Mapping[str, Any]) -> list[Group]:
    """The values as a person would list them: a line a thing, a wage with its ends and unit as one."""
    found: dict[str, dict[str, list[Value]]] = {}
    for value in values(reading):
        first, _, rest = value.field.partition(".")
        head = first if rest else _INDEX.sub("", first)
        found.setdefault(head, {}).setdefault(_WAGE.sub("wage", rest) or first, []).append(value)
    return [Group(label(head), tuple(_lines(parts))) for head, parts in found.items()]


def _lines(parts: Mapping[str, list[Value]]) -> Iterator[Value]:
    for tail, group in parts.items():
        if tail == "wage":
            yield _wage(group)
        else:
            yield from (replace(value, value=_in_words(tail, value.value)) for value in group)


def _in_words(tail: str, value: str) -> str:
    """A value that says by itself what it is."""
    if tail == "openings":
        return f"{value} opening{'' if value == '1' else 's'}"
    if tail == "start_date":
        return f"from {_day(value)}"
    return (
        value.replace("_", " ")
        if tail in {"populations", "pathway", "reason", "outcome", "referral", "kind"}
        else value
    )


def _day(value: str) -> str:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return value
    return f"{day:%b} {day.day}, {day.year}"


def _wage(group: list[Value]) -> Value:
    """One line out of up to three facts; as sure as the least sure of them."""
    said = {value.field.rpartition(".")[2]: value.value for value in group}
    ends = [said[key] for key in ("wage_min", "wage_max") if key in said]
    words = " to ".join(_money(end) for end in dict.fromkeys(ends))
    unit = f" {'an' if said['wage_unit'] == 'hour' else 'a'} {said['wage_unit']}" if "wage_unit" in said else ""
    sureness = min(value.confidence for value in group)
    return replace(group[0], label=_WAGE.sub("wage", group[0].label), value=words + unit, confidence=sureness)


def _money(number: str) -> str:
    try:
        value = float(number)
    except ValueError:
        return number
    return f"${value:,.0f}" if value == int(value) else f"${value:,.2f}"


def _value(number: int, fact: Mapping[str, Any], reading: Mapping[str, Any]) -> Value:
    field = str(fact.get("field", ""))
    place, line = _in_attachment(reading, fact)
    told = _learnt(reading, field)
    value = fact.get("value")
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Value(
        anchor=number,
        field=field,
        label=label(field),
        value=words.replace("_", " ") if field.endswith(("kind", "pathway", "referral", "reason")) else words,
        confidence=float(fact.get("confidence") or 0.0),
        part=str(fact.get("part") or "") if fact.get("end") else "",
        personal=field.startswith(PERSONAL),
        place=place,
        line=line,
        learnt=_source(told),
        lesson=int(told.get("lesson") or 0),
    )


def _learnt(reading: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    """What was learnt of this value, the last word where there are several."""
    told = (reading.get("introduction") or {}).get("learnt") or []
    return next((one for one in reversed(told) if one.get("field") == field), {})


def _source(told: Mapping[str, Any]) -> str:
    """ "learnt from a correction by Rosa Lind on Nov 3, 2026; the mail says: line op" """
    if not told.get("source"):
        return ""
    instead = told.get("instead")
    plainly = f"; the mail says: {instead}" if instead and instead != told.get("value") else ""
    return f"learnt from {told['source']}{plainly}"


@dataclass(frozen=True, slots=True)
class Told:
    """A lesson's say in a mail that shows in no value: its kind, or a line that was left out."""

    words: str
    lesson: int


def left_out(reading: Mapping[str, Any]) -> list[Told]:
    """What lessons said of a mail beside the values that are listed."""
    told = (reading.get("introduction") or {}).get("learnt") or []
    shown = {value.field for value in values(reading)}
    return [
        Told(f"{label(str(one['field']))}: {one.get('value') or 'not taken'}, {_source(one)}", int(one["lesson"]))
        for one in told
        if one.get("field") not in shown
    ]


def _in_attachment(reading: Mapping[str, Any], fact: Mapping[str, Any]) -> tuple[str, str]:
    """Where in which attachment a fact stands, and the words of that line; empty for what the mail itself says."""
    kind, _, name = str(fact.get("part") or "").partition(":")
    if kind != "attachment":
        return "", ""
    file = next((file for file in reading.get("attachments") or [] if file.get("name") == name), {})
    text, start = str(file.get("text") or ""), int(fact.get("start") or 0)
    number, places = text.count("\n", 0, start), file.get("places") or []
    place = f"{name}, {places[number]}" if number < len(places) else name
    return place, line_at(text, start) if fact.get("end") else str(fact.get("words") or "")


def text_of(reading: Mapping[str, Any], part: str) -> str:
    """The words of one part, as facts count their characters."""
    if part == "subject":
        return str(reading.get("subject") or "")
    return next((text for name, _, _, text, _ in _parts(reading) if name == part), "")


def line_at(text: str, start: int) -> str:
    """The line of a text in which a place lies."""
    return text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0].strip()[:160]


def passages(reading: Mapping[str, Any], cover: Cover) -> list[Passage]:
    """The mail from its newest words down to the oldest forwarded ones."""
    listed = values(reading)
    facts = (reading.get("introduction") or {}).get("facts") or []
    places = [(value, fact) for value, fact in zip(listed, facts, strict=True)]
    found = []
    for part, title, head, text, folded in _parts(reading):
        marks = [
            (int(fact.get("start") or 0), int(fact.get("end") or 0), value)
            for value, fact in places
            if value.part == part
        ]
        shown = tuple(lit(text, marks, cover))
        if any(piece.text.strip() for piece in shown) or head:
            found.append(Passage(part, title, tuple((name, cover(line)) for name, line in head), shown, folded))
    return found


def subject(reading: Mapping[str, Any], cover: Cover) -> list[Piece]:
    facts = (reading.get("introduction") or {}).get("facts") or []
    marks = [
        (int(fact.get("start") or 0), int(fact.get("end") or 0), value)
        for value, fact in zip(values(reading), facts, strict=True)
        if value.part == "subject"
    ]
    return list(lit(str(reading.get("subject") or ""), marks, cover))


def _parts(reading: Mapping[str, Any]) -> Iterator[tuple[str, str, list[tuple[str, str]], str, bool]]:
    chain = reading.get("chain") or []
    reply = reading.get("reply") or {}
    facts = (reading.get("introduction") or {}).get("facts") or []
    used = {fact.get("part") for fact in facts}
    if "reply" in used and reply.get("text"):
        yield "reply", "", [], str(reply["text"]), False
        if reply.get("signature"):
            yield "", "Signature", [], str(reply["signature"]), True
    else:
        yield "message", "", [], str(reading.get("message") or reply.get("text") or ""), False
    for number, turn in enumerate(chain):
        below = str(chain[number + 1].get("body") or "") if number + 1 < len(chain) else ""
        title = "Forwarded mail" if reading.get("forwarded") else "Earlier mail"
        yield (
            f"chain[{number}]",
            title,
            _head(turn),
            _above(str(turn.get("body") or ""), below),
            number > 1 and not reading.get("forwarded"),
        )
    for attachment in reading.get("attachments") or []:
        if isinstance(attachment, Mapping) and attachment.get("text"):
            name = f"attachment:{attachment.get('name', '')}"
            yield name, f"Attachment {attachment.get('name', '')}", [], str(attachment["text"]), name not in used


def _above(body: str, below: str) -> str:
    """What this mail's author wrote: the words of the mail below it stand in a passage of their own."""
    head = next((line for line in below.splitlines() if len(line.strip()) > 12), "")
    place = body.find(head) if head else -1
    return body[:place] if place > 0 else body


def _head(turn: Mapping[str, Any]) -> list[tuple[str, str]]:
    people = {"From": [turn.get("from") or {}], "To": turn.get("to") or [], "Cc": turn.get("cc") or []}
    lines = [(name, ", ".join(filter(None, map(_address, found)))) for name, found in people.items()]
    lines.append(("Date", str(turn.get("date_raw") or turn.get("date") or "")))
    lines.append(("Subject", str(turn.get("subject") or "")))
    return [(name, line) for name, line in lines if line]


def _address(person: Mapping[str, Any]) -> str:
    name, address = str(person.get("name") or ""), str(person.get("address") or "")
    return f"{name} <{address}>" if name and address else name or address


def lit(text: str, marks: Iterable[tuple[int, int, Value]], cover: Cover) -> Iterator[Piece]:
    """Cut the text at marks and covered names. Marks that touch each other become one piece with several values."""
    at = 0
    for start, end, group in _joined(text, marks):
        yield from _plain(text[at:start], cover)
        yield Piece(cover(text[start:end]), group)
        at = end
    yield from _plain(text[at:], cover)


def _plain(text: str, cover: Cover) -> Iterator[Piece]:
    if text:
        yield Piece(cover(text))


def _joined(text: str, marks: Iterable[tuple[int, int, Value]]) -> list[tuple[int, int, tuple[Value, ...]]]:
    """Marks in order, those that overlap as one; what lies outside the text is left out."""
    joined: list[tuple[int, int, tuple[Value, ...]]] = []
    for start, end, value in sorted(marks, key=lambda mark: mark[:2]):
        if not 0 <= start < end <= len(text):
            continue
        if joined and start < joined[-1][1]:
            first, last, group = joined[-1]
            joined[-1] = (first, max(last, end), (*group, value))
        else:
            joined.append((start, end, (value,)))
    return joined
