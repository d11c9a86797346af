"""Needs in records: the rows of a table, lines of columns without a heading, the lines of a web form."""

import re
from datetime import date

from mail.jobs.drafts import Draft, content_words
from mail.prose.dates import find_dates
from mail.prose.layout import Segment
from mail.prose.money import find_wages
from mail.prose.nouns import title_of
from mail.prose.numbers import find_counts, value_of
from mail.prose.pay_units import unit_of
from mail.prose.places import find_places
from mail.prose.populations import find_populations, pathway
from mail.prose.tables import Cell, Table, column_of, tables_in
from mail.prose.titles import find_titles
from mail.prose.titles_es_pl import find_titles_abroad
from mail.prose.trades import word_set

_GENERIC_VALUE = re.compile(r"(?i)^(?:n/?a|none|tbd|various|multiple|see (?:below|attached)|-+|open)$")
_PERSON_KEY = re.compile(
    r"(?i)^(?:your |contact |submitted by|main )?(?:name|contact|contact person|contact name|submitted by|first name|"
    r"last name|hiring manager|supervisor|kontakt|contacto|nombre)\b"
)
_PERSONS_TITLE = re.compile(r"(?i)^(?:your|my|contact'?s?|contact person'?s?) (?:job )?(?:title|role|position)$")


def names_a_person(label: str) -> bool:
    """Whether a form's label asks for the writer's own position."""
    return bool(_PERSONS_TITLE.match(label))


class Records:
    """Makes drafts of one part's records."""

    def __init__(self, part: str, sent: date, language: str, drafts: list[Draft]) -> None:
        self.part, self.sent, self.language, self.drafts = part, sent, language, drafts

    def start(self, cell: Cell, block: int, line: int) -> Draft | None:
        """A draft for the title in the cell, None where it names none; a title known from an older part is mended."""
        said = re.sub(r"\s*[(\[](?:[^)\]]*)[)\]]\s*$", "", cell.text).strip(" *-•") or cell.text
        if not re.search(r"[^\W\d_]{2}", said) or len(said) > 80 or _GENERIC_VALUE.match(said):
            return None
        title, head = self._title(said)
        words = content_words(title)
        known = next((draft for draft in self.drafts if draft.part != self.part and draft.words == words), None)
        if known is not None:
            return known
        draft = Draft(title, head, self.part, block, line, 6.0, words=words, sentence=cell.text)
        draft.say("title", title, self.part, cell.start, cell.text, 0.95)
        draft.say("pathway", str(pathway(title, "")), self.part, cell.start, cell.text)
        count = re.search(r"[(\[]\s*(\d{1,3})\s*(?:openings?|positions?)?\s*[)\]]|\bx\s?(\d{1,3})$", cell.text)
        if count:
            draft.say("openings", int(count[1] or count[2]), self.part, cell.start + count.start(), count[0], 0.9)
        self.drafts.append(draft)
        return draft

    def _title(self, said: str) -> tuple[str, str]:
        if self.language != "en":
            mentions = find_titles_abroad(said, said, self.language)
            if mentions and mentions[0].start == 0:
                return mentions[0].title, mentions[0].head
        title = title_of(re.split(r"\s[-–—]\s|\s*,\s", said)[0])
        return title, title.split()[-1] if title else ""

    def fill(self, draft: Draft, name: str, cell: Cell, heading: str = "") -> None:
        """Set the field that a column or form line means from the cell's words."""
        setter = getattr(self, f"_{name}", None)
        if setter is not None and cell.text:
            setter(draft, cell, heading)

    def _openings(self, draft: Draft, cell: Cell, heading: str) -> None:
        counts = [count for count in find_counts(cell.text, self.language) if count.value is not None]
        if counts and counts[0].value and counts[0].value < 2000:
            draft.say("openings", counts[0].value, self.part, cell.start, cell.text, 0.96)

    def _wage(self, draft: Draft, cell: Cell, heading: str) -> None:
        wages = find_wages(cell.text) or find_wages("pay " + cell.text) or find_wages(f"${cell.text}")
        unit = unit_of(heading)
        if unit not in ("hour", "week", "year"):
            unit = None
        if wages and wages[0].unit:
            wage = wages[0]
            sure_unit = wage.unit if unit is None or (wage.sure and unit_of(cell.text)) else unit
            self._say_wage(draft, cell, wage.low, wage.high, sure_unit)
            return
        numbers = [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", cell.text)]
        if numbers and unit:
            self._say_wage(draft, cell, numbers[0], numbers[1] if len(numbers) == 2 else numbers[0], unit)

    def _say_wage(self, draft: Draft, cell: Cell, low: float, high: float, unit: str | None) -> None:
        for name, value in (("wage_min", low), ("wage_max", high), ("wage_unit", unit)):
            draft.say(name, value, self.part, cell.start, cell.text, 0.95)

    def _wage_min(self, draft: Draft, cell: Cell, heading: str) -> None:
        self._wage(draft, cell, heading)

    def _wage_max(self, draft: Draft, cell: Cell, heading: str) -> None:
        wages = find_wages("pay " + cell.text) or find_wages(f"${cell.text}")
        if wages and draft.has("wage_min") and wages[0].high >= draft.values["wage_min"]:
            draft.say("wage_max", wages[0].high, self.part, cell.start, cell.text, 0.95)

    def _location(self, draft: Draft, cell: Cell, heading: str) -> None:
        places = find_places(cell.text, label=True)
        if places:
            best = max(places, key=lambda place: place.weight)
            draft.say("location", best.name, self.part, cell.start, cell.text, 0.93)

    def _start_date(self, draft: Draft, cell: Cell, heading: str) -> None:
        days = find_dates(cell.text, self.sent)
        if days:
            draft.say("start_date", days[0].date, self.part, cell.start, cell.text, 0.94)
        else:
            draft.no_start = True

    def _shift(self, draft: Draft, cell: Cell, heading: str) -> None:
        draft.say("shift", cell.text, self.part, cell.start, cell.text)

    def _requirements(self, draft: Draft, cell: Cell, heading: str) -> None:
        draft.add("requirements", cell.text, self.part, cell.start, cell.text)

    def _populations(self, draft: Draft, cell: Cell, heading: str) -> None:
        for group in find_populations(cell.text):
            draft.add(
                "populations",
                str(group.population),
                self.part,
                cell.start + group.start,
                cell.text[group.start : group.end],
            )

    def _pathway(self, draft: Draft, cell: Cell, heading: str) -> None:
        road = pathway(cell.text, cell.text)
        if road != "job":
            draft.say("pathway", str(road), self.part, cell.start, cell.text)


def read_records(text: str, written: list[Segment], records: Records) -> frozenset[int]:
    """Add the needs of tables and forms; the starts of the segments that were read so."""
    taken: set[int] = set()
    for table in tables_in(text):
        _read_table(table, records)
        taken |= {segment.start for segment in written if table.start <= segment.start < table.end}
    taken |= _read_columns(text, [segment for segment in written if segment.start not in taken], records)
    taken |= _read_form([segment for segment in written if segment.start not in taken], records)
    return frozenset(taken)


def _read_table(table: Table, records: Records) -> None:
    for number, record in enumerate(table.records()):
        draft = records.start(record["title"], -1, number) if "title" in record else None
        for name, cell in record.items():
            if draft is not None and name != "title":
                records.fill(draft, name, cell, table.heading(name))


def _read_columns(text: str, written: list[Segment], records: Records) -> set[int]:
    """Lines of three cells or more, one a title, one a number or a wage: a list whose columns nobody named."""
    taken = set()
    for segment in written:
        line = text[segment.start : segment.end]
        cells = _line_cells(line, segment.start)
        if len(cells) < 3 or segment.label:
            continue
        titled = next((cell for cell in cells if _is_title(cell.text, records.language)), None)
        number = next((cell for cell in cells if _is_count(cell.text, records.language)), None)
        paid = next((cell for cell in cells if find_wages(cell.text)), None)
        if titled is None or (number is None and paid is None):
            continue
        draft = records.start(titled, segment.block, segment.line)
        if draft is None:
            continue
        taken.add(segment.start)
        for name, cell in (("openings", number), ("wage", paid)):
            if cell is not None:
                records.fill(draft, name, cell)
        for cell in cells:
            _fill_by_content(records, draft, cell, (titled, number, paid))
    return taken


def _fill_by_content(records: Records, draft: Draft, cell: Cell, known: tuple[Cell | None, ...]) -> None:
    if cell in known:
        return
    if find_dates(cell.text, records.sent):
        records.fill(draft, "start_date", cell)
    elif find_places(cell.text):
        records.fill(draft, "location", cell)
    elif re.search(r"(?i)shift|days|nights|evenings|weekend|turno|zmiana|\d\s?[ap]m", cell.text):
        records.fill(draft, "shift", cell)


def _is_count(text: str, language: str) -> bool:
    word = re.sub(r"(?i)\s+(?:openings?|positions?|vacancies)$", "", text)
    return len(word) <= 14 and (value_of(word, language) or 1000) < 1000


def _line_cells(line: str, offset: int) -> list[Cell]:
    cells, start = [], 0
    for match in re.finditer(r"\s*\|\s*|\t+|\s{3,}|\s+[–—]\s+", line):
        cells.append(Cell(line[start : match.start()].strip(), offset + start))
        start = match.end()
    cells.append(Cell(line[start:].strip(), offset + start))
    return [cell for cell in cells if cell.text]


def _is_title(text: str, language: str) -> bool:
    if len(text) > 60:
        return False
    found = find_titles(text) if language == "en" else find_titles_abroad(text, text, language)
    return bool(found) and found[-1].end >= len(text.rstrip(" .)")) - 12


def _read_form(written: list[Segment], records: Records) -> set[int]:
    """ "Position 1: ... Openings 1: ..." lines; a value said once holds for every position of the form."""
    lines = [(segment, *_key(segment.label)) for segment in written if segment.label][:_MOST_LINES]
    titled = [line for index, line in enumerate(lines) if line[1] == "title" and _is_job(lines, index)]
    if len(lines) < 3 or not titled:
        return set()
    drafts: dict[int, Draft] = {}
    taken: set[int] = set()
    current: Draft | None = None
    for segment, name, number in lines:
        cell = Cell(segment.text, segment.start)
        if name == "title" and segment.text.strip().isdigit():
            name = "openings"
        if name == "title" and (segment, name, number) not in titled:
            taken |= {segment.start} if not find_counts(segment.text) else set()
            continue
        if (segment, name, number) in titled:
            draft = records.start(cell, segment.block, segment.line)
            if draft is not None:
                current, drafts[number if number else -segment.start - 1] = draft, draft
                taken.add(segment.start)
        elif name in _FORM_FIELDS:
            once = sum(other == name for _, other, _ in lines) == 1
            targets = (
                list(drafts.values())
                if (once and len(titled) > 1) or current is None
                else [drafts.get(number, current)]
            )
            taken |= _fill_form(segment, name, [draft for draft in targets if draft], records)
    for segment, name, _ in lines:
        if name in _FORM_FIELDS and segment.start not in taken:
            taken |= _fill_form(segment, name, [draft for draft in drafts.values() if not draft.has(name)], records)
    return taken


_MOST_LINES = 300
"""Lines of the longest web form."""
_FORM_FIELDS = word_set("""
openings wage wage_min wage_max shift location start_date requirements pathway
""")


def _fill_form(segment: Segment, name: str, targets: list[Draft], records: Records) -> set[int]:
    for draft in targets:
        records.fill(draft, name, Cell(segment.text, segment.start), segment.label)
    return {segment.start} if targets else set()


def _key(label: str) -> tuple[str, int]:
    """What a form's label means, and the number in it: "Hourly wage 2" is the wage of the second position."""
    number = re.search(r"\s*#?(\d{1,2})\s*$", label)
    plain = label[: number.start()] if number else label
    return ("" if _PERSONS_TITLE.match(plain) else column_of(plain)), int(number[1]) if number else 0


def _is_job(lines: list[tuple[Segment, str, int]], index: int) -> bool:
    """Not the title of the contact person, who was named right above; not a list of counted titles."""
    segment = lines[index][0]
    counted = any(count.end < len(segment.text) - 3 for count in find_counts(segment.text) if not count.article)
    if counted or len(segment.text) > 70 or not segment.text.strip() or segment.text.strip().isdigit():
        return False
    above = lines[index - 1][0].label if index else ""
    others = any(other[1] == "title" and position != index for position, other in enumerate(lines))
    return not (_PERSON_KEY.match(above) and (others or not re.match(r"(?i)position|job", segment.label)))
