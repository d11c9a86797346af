"""An erased person whom a later mail names in its prose alone is covered there, and nobody else is."""

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import undefer

from mail.values import Candidate as ReadCandidate
from mail.values import Contact, Introduction
from service import erasing
from service.db import Database
from service.models import Candidate, InboundMessage, Tombstone
from tests.service.said import Mail, arrive
from tests.service.test_erasing import everything, handed_in, placed

IVO, ABE = "Ivo Brandt <ivo@northfield.example>", "Abe Noll <abe@harborvets.example>"


def gone(db: Database, *, everywhere: bool = True) -> None:
    """Nora Feld, nora@inbox.example, +1 312 555 0101, of Northfield College."""
    nora, _, _ = placed(db)
    with db.begin() as session:
        erasing.erase_candidate(session, nora, "she asked for it", "Rosa", everywhere=everywhere)


def words(db: Database, text: str, *, sender: str = IVO, said: Introduction | None = None) -> str:
    """What is left of a mail's words."""
    number = handed_in(db, Mail(said or Introduction("other"), sender, text=text))
    with db.read() as session:
        message = session.get_one(
            InboundMessage, number, options=[undefer(InboundMessage.reading), undefer(InboundMessage.content)]
        )
        assert message.reading is not None
        left = str(message.reading["message"])
        assert len(left) == len(text)
        return left


@pytest.mark.parametrize(
    "text",
    [
        "By the way, Nora Feld called me again on Tuesday.",
        "The list: FELD, NORA. Nobody else.",
        "Nora M. Feld is looking for work again.",
        "Write to nora@inbox.example, she asked.",
        "Nora Feld is at (312) 555-0101 most days.",
        "We spoke with Nora\n> Feld about it.",
    ],
)
def test_she_is_known_again_in_prose(sqlite_db: Database, text: str) -> None:
    gone(sqlite_db)
    left = words(sqlite_db, text)
    assert "█" in left
    for word in ("Feld", "FELD", "nora@", "555-0101"):
        assert word not in left
    assert "Feld" not in everything(sqlite_db)


@pytest.mark.parametrize(
    "text",
    [
        "Nora and Mr. Feldman came by.",
        "In Harbor City, 555-0101 is the shop's number.",
        "Teddy Okafor and Wanda Kowal start on Monday.",
        "Feld Street is closed; call Nora.",
    ],
)
def test_others_stay(sqlite_db: Database, text: str) -> None:
    gone(sqlite_db)
    assert words(sqlite_db, text) == text


def test_a_namesake_whom_the_network_knows_stays(sqlite_db: Database) -> None:
    gone(sqlite_db)
    text = "Nora Feld of accounting signs for it."
    assert "█" in words(sqlite_db, text)
    with sqlite_db.begin() as session:
        session.add(Candidate(name="Nora Feld", emails=["n.feld@other.example"], phones=[]))
    assert words(sqlite_db, text + " ") == text + " "


def test_a_namesake_of_the_mail_itself_stays(sqlite_db: Database) -> None:
    gone(sqlite_db)
    text = "Nora Feld will meet you."
    contact = Introduction("other", contacts=(Contact("Nora Feld", "Manager", "", "n.feld@other.example", ()),))
    assert words(sqlite_db, text, said=contact) == text
    assert words(sqlite_db, text, sender="Nora Feld <n.feld@lakesidejobs.example>") == text


def test_what_one_organisation_erased_stays_in_the_words_of_another(sqlite_db: Database) -> None:
    gone(sqlite_db, everywhere=False)
    text = "Nora Feld is with us now."
    assert words(sqlite_db, text, sender=ABE) == text
    assert "█" in words(sqlite_db, text)


def test_a_long_list_asks_the_tombstones_a_handful_of_times(sqlite_db: Database) -> None:
    gone(sqlite_db)
    people = tuple(ReadCandidate(f"Pia Sand{chr(97 + n)}", f"pia{n}@inbox.example", ()) for n in range(25))
    said = Introduction(kind="candidate_referral", referring_org="Northfield College", candidates=people)
    asked: list[str] = []
    event.listen(sqlite_db.engine, "before_cursor_execute", lambda c, cursor, statement, *rest: asked.append(statement))
    from service import leaving_out

    with sqlite_db.begin() as session:
        message = session.scalars(select(InboundMessage).options(undefer(InboundMessage.reading))).first()
        assert message is not None
        asked.clear()
        leaving_out.without_erased(session, message, said, 2)
    assert len([statement for statement in asked if "FROM tombstone" in statement]) <= 4


def test_without_tombstones_nothing_is_looked_at(sqlite_db: Database) -> None:
    arrive(sqlite_db, Mail(Introduction("other"), text="Nora Feld called."))
    with sqlite_db.read() as session:
        assert session.scalar(select(Tombstone.id)) is None
    assert "Nora Feld called." in everything(sqlite_db)
