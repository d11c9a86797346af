"""Where occupations come from: Loopin's own table, and the O*NET and SOC files of a folder that the operator brings.

O*NET is by the US Department of Labor, Employment and Training Administration, used under CC BY 4.0 and read where it
is, never copied; the SOC direct-match titles (BLS) and the CIP-SOC crosswalk (NCES, BLS) are in the public domain.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TABLE = Path(__file__).with_name("occupation_table")
PROGRAMMES = Path(__file__).with_name("programme_table")
_ONET_TITLES = (
    ("Occupation Data.txt", "Title", 3.0),
    ("Sample of Reported Titles.txt", "Reported Job Title", 2.0),
    ("Alternate Titles.txt", "Alternate Title", 1.0),
)
_DIRECT_MATCH = "soc_2018_direct_match_title_file.csv"
_CROSSWALK = "CIP2020_SOC2018_Crosswalk.csv"


class OccupationsUnreadable(ValueError):
    """The folder or file of occupations can't be used; the message is one sentence for the operator."""


@dataclass(slots=True)
class Entry:
    """All that is known of one occupation. `titles` maps a title as written to its weight (official 3, reported 2,
    alternate 1)."""

    code: str  # six digits: "53-7051"
    title: str
    titles: dict[str, float] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)  # tools, certificates, skills
    tasks: list[str] = field(default_factory=list)
    description: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """A kind of training with the occupations that it leads to, the usual ones first where the source knows. `words`:
    what its descriptions speak of."""

    title: str
    codes: tuple[str, ...]
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """Occupations by SOC code, training programmes by CIP code."""

    entries: dict[str, Entry]
    programmes: dict[str, Programme]


def builtin(table: Path = TABLE) -> Sources:
    """Loopin's own table: code, title, then English, Spanish and Polish lay titles and words of the work, separated
    by ";"."""
    entries: dict[str, Entry] = {}
    for path in sorted(table.glob("*.tsv")):
        for row in _rows(path, "\t"):
            entry = Entry(row["code"], row["title"], {row["title"]: 3.0})
            for column in ("english", "spanish", "polish"):
                entry.titles.update(dict.fromkeys(_split(row.get(column)), 2.0))
            entry.words.extend(_split(row.get("words")))
            entries[entry.code] = entry
    return Sources(entries, builtin_programmes())


def builtin_programmes(table: Path = PROGRAMMES) -> dict[str, Programme]:
    """Our own list of training programmes: CIP code, title, occupations, words."""
    return {
        row["cip"]: Programme(row["title"], tuple(row["occupations"].split()), tuple(_split(row["words"])))
        for row in _rows(table / "programmes.tsv", "\t")
    }


def from_folder(folder: Path) -> Sources:
    """The O*NET text files of a folder, joined to six-digit SOC codes, with our own lay titles and words added.

    Raises OccupationsUnreadable where the folder has no "Occupation Data.txt" or a file lacks its columns.
    """
    if not (folder / "Occupation Data.txt").is_file():
        raise OccupationsUnreadable(f'{folder} holds no "Occupation Data.txt" of O*NET')
    entries: dict[str, Entry] = {}
    try:
        _read_onet(folder, entries)
        _read_direct_match(folder / _DIRECT_MATCH, entries)
        programmes = _read_crosswalk(folder / _CROSSWALK) or builtin_programmes()
    except (KeyError, UnicodeDecodeError, csv.Error) as error:
        raise OccupationsUnreadable(f"the occupation files in {folder} can't be read: {error}") from error
    _add_builtin(entries)
    return Sources(entries, programmes)


def _add_builtin(entries: dict[str, Entry]) -> None:
    """Our lay titles and words, which the database lacks: Spanish, Polish, what mails say."""
    for code, own in builtin().entries.items():
        known = entries.setdefault(code, Entry(code, own.title))
        for title, weight in own.titles.items():
            known.titles[title] = max(weight, known.titles.get(title, 0.0))
        known.words.extend(own.words)


def _read_onet(folder: Path, entries: dict[str, Entry]) -> None:
    for row in _rows(folder / "Occupation Data.txt", "\t"):
        entry = entries.setdefault(row["O*NET-SOC Code"][:7], Entry(row["O*NET-SOC Code"][:7], row["Title"]))
        entry.description = f"{entry.description} {row['Description']}".strip()
    for name, column, weight in _ONET_TITLES:
        for row in _rows(folder / name, "\t"):
            _add_title(entries, row["O*NET-SOC Code"][:7], row[column], weight)
    for row in _rows(folder / "Task Statements.txt", "\t"):
        if row["O*NET-SOC Code"][:7] in entries:
            entries[row["O*NET-SOC Code"][:7]].tasks.append(row["Task"])


def _read_direct_match(path: Path, entries: dict[str, Entry]) -> None:
    for row in _rows(path, ","):
        entries.setdefault(row["2018 SOC Code"], Entry(row["2018 SOC Code"], row["2018 SOC Title"]))
        _add_title(entries, row["2018 SOC Code"], row["2018 SOC Direct Match Title"], 2.0)
        entries[row["2018 SOC Code"]].title = row["2018 SOC Title"]


def _read_crosswalk(path: Path) -> dict[str, Programme]:
    titles: dict[str, str] = {}
    codes: dict[str, dict[str, None]] = {}
    for row in _rows(path, ","):
        cip, soc = row["CIP2020Code"].strip('="'), row["SOC2018Code"]
        titles[cip] = row["CIP2020Title"].rstrip(".")
        codes.setdefault(cip, {})
        if not soc.startswith("99"):
            codes[cip][soc] = None
    return {cip: Programme(title, tuple(codes[cip])) for cip, title in titles.items()}


def _add_title(entries: dict[str, Entry], code: str, title: str, weight: float) -> None:
    if code in entries:
        known = entries[code].titles
        known[title] = max(weight, known.get(title, 0.0))


def _rows(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    """Rows of a file, none where it is absent: the database is usable without each of its parts."""
    if not path.is_file():
        return
    with path.open(newline="", encoding="utf-8-sig") as lines:
        yield from csv.DictReader(lines, delimiter=delimiter)


def _split(cell: str | None) -> list[str]:
    return [part.strip() for part in (cell or "").split(";") if part.strip()]
