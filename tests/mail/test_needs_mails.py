"""Job orders out of whole mails of many trades, clients and tones, against what a careful reader wrote down."""

import email
import json
import re
from datetime import date
from pathlib import Path

import pytest

from mail.message import parse_message
from mail.needs import ReadNeed, TextPart, read_needs
from mail.parties.rosters import attached_texts
from mail.thread import take_apart

MAILS = sorted((Path(__file__).parent / "mails" / "needs").glob("*.eml"))


def parts_of(content: bytes) -> tuple[list[TextPart], date]:
    parsed = parse_message(content)
    thread = take_apart(parsed)
    parts = [TextPart("subject", parsed.subject), TextPart("message", thread.message or thread.reply_text)]
    for number, turn in enumerate(thread.turns):
        parts.append(TextPart(f"chain[{number}]", turn.text, date.fromisoformat(turn.date[:10]) if turn.date else None))
    parts += [TextPart(text.part, text.text) for text in attached_texts(parsed)[0]]
    return parts, date.fromisoformat(parsed.date[:10])


def words(title: str) -> set[str]:
    singular = (
        word[:-1] if word.endswith("s") and len(word) > 3 else word for word in re.findall(r"\w+", title.lower())
    )
    return set(singular)


def same_title(expected: dict, need: ReadNeed) -> bool:
    said = words(need.need.title)
    titles = [expected["title"], *expected.get("title_accept", [])]
    return any(words(title) <= said and len(said) <= len(words(title)) + 3 for title in titles)


def wrong(expected: dict, need: ReadNeed) -> list[str]:
    """The fields of a need that were read differently from what its author meant."""
    got, found = need.need, []
    if got.openings not in {expected["openings"], *expected.get("openings_accept", [])}:
        found.append("openings")
    if (got.wage_min, got.wage_max) != (expected["wage_min"], expected["wage_max"]):
        found.append("wage")
    if got.start_date != expected["start_date"] and not expected.get("start_optional"):
        found.append("start_date")
    places = [expected["location"], *expected.get("location_accept", [])]
    if expected["location"] and not any(place and place.split(",")[0] in (got.location or "") for place in places):
        found.append("location")
    if expected.get("pathway") and got.pathway != expected["pathway"]:
        found.append("pathway")
    if set(expected.get("populations", [])) - set(got.populations):
        found.append("populations")
    return found


def mistakes(path: Path) -> tuple[int, list[str]]:
    """How many values the mail holds, and what was read wrong."""
    parts, sent = parts_of(path.read_bytes())
    wanted = json.loads(path.with_suffix(".expected.json").read_text())["introduction"]["needs"]
    got = read_needs(parts, sent=sent)
    found: list[str] = []
    for expected in wanted:
        match = next((need for need in got if same_title(expected, need)), None)
        if match is None:
            found += [] if expected.get("need_optional") else [f"{path.stem}: {expected['title']} not found"]
        else:
            got.remove(match)
            found += [f"{path.stem}: {expected['title']}: {field}" for field in wrong(expected, match)]
    found += [f"{path.stem}: {need.need.title} is no need" for need in got]
    return 5 * len(wanted), found


def test_nineteen_of_twenty_values_are_read_as_their_author_meant_them():
    values, found = 0, []
    for path in MAILS:
        count, bad = mistakes(path)
        values, found = values + count, found + bad
    assert len(MAILS) >= 40
    assert len(found) < values * 0.05, "\n".join(found)


@pytest.mark.parametrize("path", MAILS[::7], ids=lambda path: path.stem)
def test_every_value_stands_where_its_fact_says(path: Path):
    parts, sent = parts_of(path.read_bytes())
    texts = {part.name: part.text for part in parts}
    for need in read_needs(parts, sent=sent):
        for fact in need.facts:
            shown = texts[fact.part][fact.start : fact.end]
            assert re.sub(r"\s+", " ", shown).strip() == re.sub(r"\s+", " ", fact.words).strip(), fact
            assert 0 < fact.confidence < 1


def test_the_mails_are_mails():
    assert all(email.message_from_bytes(path.read_bytes())["Message-ID"] for path in MAILS)
