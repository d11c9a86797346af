"""A network at work, for tests of pages: introductions, a draft, an answer, hires, a doubtful pair, quarantine."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mail.values import Candidate as ReadCandidate
from mail.values import Contact, Employer, Fact, Hired, Introduction, Learnt, Need, Offer, RawMessage, Status
from service import (
    agreements,
    auth,
    call_answers,
    calls,
    initiatives,
    intake,
    lessons,
    migrations,
    partners,
    placements,
    standing,
    suggestions,
    teaching,
)
from service.db import Database
from service.models import (
    Candidate,
    CopySheet,
    InboundMessage,
    Organisation,
    Pair,
    PartnerService,
    Placement,
    Referral,
    Suggestion,
    User,
)
from service.models import Need as NeedRow
from tests.service.conftest import DIRECTORY, settings_for
from tests.service.said import Mail, arrive

OTHERS = {
    "partners": [
        {
            "name": "Prairie Newcomers Office",
            "domains": ["prairienewcomers.example"],
            "kind": "refugee_agency",
            "description": "Helps newcomers into first jobs, with interpreters on call.",
            "services": [
                {
                    "name": "First jobs",
                    "kind": "hire_support",
                    "occupations": ["packer", "housekeeper", "dishwasher"],
                    "populations": ["refugees", "english_learners"],
                    "languages": ["Spanish", "Polish"],
                    "areas": ["Northfield"],
                    "capacity": 12,
                    "confirmed_on": "2026-11-20",
                }
            ],
            "agreements": [{"with": "Lakeside Jobs Council", "kind": "MOU", "status": "signed", "start": "2026-01-01"}],
        }
    ]
}
PACKERS = (
    "Ivo, please meet Wanda Quist, who runs operations at Brightwater Packing in Northfield.\n\n"
    "Brightwater packs dried fruit for grocers and is adding a second line. They need 12 packing operators at "
    "$18.50 to $20 an hour, starting January 11, and two forklift operators for the evening shift.\n\n"
    "Wanda, Ivo leads the college's short courses. I'll let you two find a time.\n\nDora"
)
WELDERS = (
    "We can't place welders ourselves, but Ostrander Fabrication asked me for 4 MIG welders in Harbor City at $27 an "
    "hour. Who takes this one?\n\nIvo"
)
STRANGER = (
    "Hello, the owner of Tillie's Bakehouse on our street wants to hire somebody for the counter, mornings. "
    "Could one of you call her? Ana Reyes, 312-555-0143.\n\nOur chamber is not on your list, I think."
)
HIRED = "Good news: Brightwater took Marisol Vega and Teddy Okafor, both start on January 11.\n\nIvo"
REPLY = "Yes, we take this one. I'll call Wanda on Monday."


@dataclass(frozen=True)
class Seeded:
    """Numbers of what tests look at."""

    draft: int
    draft_mail: int
    packers: int
    packers_mail: int
    welders: int
    welders_mail: int
    hired_mail: int
    quarantined: int
    pair: int
    placement: int
    suggestion: int
    need: int
    service: int
    lesson: int
    organisations: dict[str, int]
    call: int


def fact(text: str, field: str, value: Any, words: str, confidence: float = 0.95, part: str = "message") -> Fact:
    start = text.index(words)
    return Fact(field, value, confidence, part, start, start + len(words), words)


def seed(db: Database) -> Seeded:
    """Everything through the use cases, as mail and people would bring it."""
    with db.begin() as session:
        partners.import_directory(session, OTHERS)
        ids = {row.name: row.id for row in session.scalars(select(Organisation))}
        for email, name, role, organisation in PEOPLE:
            auth.add_user(session, email, name, role, ids.get(organisation), "the tests")
        council = session.get_one(Organisation, ids["Lakeside Jobs Council"])
        agreements.add(session, council, "Northfield College", "MOU", "the tests")
    packers, packers_mail = _referral(db, _packers())
    arrive(
        db,
        Mail(Introduction("status_update", status=Status(referral="accepted")), **_from_ivo(packers_mail, db, REPLY)),
    )
    _, hired_mail = arrive(db, Mail(_hired(), **_from_ivo(packers_mail, db, HIRED)))
    welders, welders_mail = _referral(db, _welders())
    _, draft_mail = arrive(db, _stranger())
    arrive(db, Mail(Introduction("other"), subject="Our newsletter", text="What is on in November."))
    _referral(db, _housekeepers())
    with db.begin() as session:
        fair = initiatives.add(
            session, initiatives.Entry("event", "Lakeside Fair", starts_on=date(2026, 10, 7)), None, "hub"
        )
        initiatives.take_part(session, fair, ids["Northfield College"], "education", "hub")
        initiatives.mark(session, fair.id, packers, "hub")
        session.add(CopySheet(name="The board's own system", columns=[{"label": "Employer", "field": "employer.name"}]))
        quarantined, _ = intake.store(
            session, RawMessage(b"From: x\r\nSubject: =?x?\r\n\r\n<script>alert(1)</script>", "test")
        )
        intake.quarantine(session, quarantined, "This mail has no sender that could be read.")
    return _numbers(db, ids, packers, packers_mail, hired_mail, welders, welders_mail, draft_mail, quarantined)


PEOPLE = (
    ("hub@hub.example", "Rosa Lind", "hub", ""),
    ("dora@lakesidejobs.example", "Dora Hale", "coordinator", "Lakeside Jobs Council"),
    ("ivo@northfield.example", "Ivo Brandt", "coordinator", "Northfield College"),
    ("look@northfield.example", "Nell Ash", "viewer", "Northfield College"),
    ("sam@harborvets.example", "Sam Pike", "coordinator", "Harbor Veterans Desk"),
    ("site@hub.example", "", "site_admin", ""),
)


def _referral(db: Database, mail: Mail) -> tuple[int, int]:
    _, message_id = arrive(db, mail)
    with db.read() as session:
        return session.get_one(InboundMessage, message_id).referral_id or 0, message_id


def _packers() -> Mail:
    said = Introduction(
        "introduction",
        referring_org="Lakeside Jobs Council",
        receiving_orgs=("Northfield College",),
        sender_org="Lakeside Jobs Council",
        employer=Employer("Brightwater Packing", "https://brightwater.example", "Packs dried fruit for grocers."),
        contacts=(
            Contact("Wanda Quist", "Operations", "Brightwater Packing", "wanda@brightwater.example", ("+13125550120",)),
        ),
        needs=(
            Need("packing operator", 12, 18.5, 20.0, "hour", "Northfield", "2027-01-11", "Northfield College"),
            Need("forklift operator", 2, shift="evening"),
        ),
        candidates=(ReadCandidate("Marisol Vega", "marisol.vega@mail.example", source_org="Northfield College"),),
        facts=(
            fact(PACKERS, "employer.name", "Brightwater Packing", "Brightwater Packing", 0.97),
            fact(PACKERS, "contacts[0].name", "Wanda Quist", "Wanda Quist", 0.96),
            fact(PACKERS, "needs[0].openings", 12, "12", 0.98),
            fact(PACKERS, "needs[0].title", "packing operator", "packing operators", 0.93),
            fact(PACKERS, "needs[0].wage_min", 18.5, "$18.50", 0.91),
            fact(PACKERS, "needs[0].start_date", "2027-01-11", "January 11", 0.72),
            fact(PACKERS, "needs[1].openings", 2, "two", 0.58),
            fact(PACKERS, "needs[1].title", "forklift operator", "forklift operators", 0.9),
        ),
    )
    cc = ("Wanda Quist <wanda@brightwater.example>", "tracker@hub.example")
    return Mail(said, subject="Brightwater Packing <-> Northfield", text=PACKERS, cc=cc, date=_days_ago(6))


def _welders() -> Mail:
    said = Introduction(
        "request",
        referring_org="Northfield College",
        sender_org="Northfield College",
        employer=Employer("Ostrander Fabrication"),
        needs=(Need("MIG welder", 4, 27.0, 27.0, "hour", "Harbor City", populations=("veterans",)),),
        facts=(
            fact(WELDERS, "employer.name", "Ostrander Fabrication", "Ostrander Fabrication"),
            fact(WELDERS, "needs[0].openings", 4, "4"),
            fact(WELDERS, "needs[0].title", "MIG welder", "MIG welders", 0.88),
        ),
    )
    sender = "Ivo Brandt <ivo@northfield.example>"
    return Mail(
        said,
        sender=sender,
        to=("tracker@hub.example",),
        cc=(),
        subject="Welders wanted",
        text=WELDERS,
        date=_days_ago(2),
    )


def _housekeepers() -> Mail:
    said = Introduction(
        "introduction",
        referring_org="Lakeside Jobs Council",
        receiving_orgs=("Prairie Newcomers Office",),
        sender_org="Lakeside Jobs Council",
        employer=Employer("Hotel Marlow"),
        needs=(Need("housekeeper", 6, 17.0, None, "hour", "Northfield", populations=("refugees",)),),
    )
    text = "Please meet Hotel Marlow: six housekeepers at $17."
    return Mail(said, to=("Bea <bea@prairienewcomers.example>",), subject="Hotel Marlow", text=text, date=_days_ago(1))


def _stranger() -> Mail:
    said = Introduction(
        "introduction",
        employer=Employer("Tillie's Bakehouse"),
        contacts=(Contact("Ana Reyes", phones=("+13125550143",)),),
        needs=(Need("counter help", 1, shift="mornings"),),
        facts=(
            fact(STRANGER, "employer.name", "Tillie's Bakehouse", "Tillie's Bakehouse", 0.9),
            fact(STRANGER, "contacts[0].name", "Ana Reyes", "Ana Reyes", 0.85),
            fact(STRANGER, "needs[0].title", "counter help", "somebody for the counter", 0.55),
        ),
        questions=("Who should take this referral?",),
    )
    sender = "Pia Lorenz <pia@eastsidechamber.example>"
    return Mail(
        said,
        sender=sender,
        to=("tracker@hub.example",),
        cc=(),
        subject="Tillie's Bakehouse",
        text=STRANGER,
        date=_days_ago(0),
    )


def _hired() -> Introduction:
    status = Status(
        referral="in_progress", hired=(Hired("Marisol Vega", "packing operator", "2027-01-11"), Hired("Teddy Okafor"))
    )
    return Introduction(
        "status_update",
        status=status,
        facts=(fact(HIRED, "status.hired[0].name", "Marisol Vega", "Marisol Vega", part="reply"),),
    )


def _from_ivo(message_id: int, db: Database, text: str) -> dict[str, Any]:
    with db.read() as session:
        answers = session.get_one(InboundMessage, message_id).message_id
    return {
        "sender": "Ivo Brandt <ivo@northfield.example>",
        "to": ("Dora Hale <dora@lakesidejobs.example>",),
        "subject": "Re: Brightwater Packing <-> Northfield",
        "text": text,
        "answers": answers,
        "date": _days_ago(1),
    }


def _days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days, hours=1)).isoformat(timespec="seconds")


def _numbers(
    db: Database, ids: dict[str, int], packers: int, packers_mail: int, hired_mail: int, welders: int, *rest: int
) -> Seeded:
    welders_mail, draft_mail, quarantined = rest
    with db.begin() as session:
        first = session.scalars(select(Candidate).order_by(Candidate.id)).first()
        assert first is not None
        other = Candidate(
            name="Marisol V. Vega",
            given_name="Marisol",
            family_name="Vega",
            organisation_id=ids["Prairie Newcomers Office"],
        )
        session.add(other)
        session.flush()
        why = [
            {"words": "same name", "weight": 4.1},
            {"words": "same city", "weight": 0.9},
            {"words": "other phone", "weight": -1.6},
        ]
        pair = Pair(kind="candidate", left_id=first.id, right_id=other.id, probability=0.71, why=why)
        session.add(pair)
        for placement in session.scalars(select(Placement)):
            placements.step(
                session, placement.id, "started", "the tests", on=(datetime.now(UTC) - timedelta(days=3)).date()
            )
        need = session.scalar(select(NeedRow).where(NeedRow.referral_id == welders))
        assert need is not None
        suggestions.refresh(session, need.id)
        session.flush()
        return Seeded(
            lesson=_lesson(session, packers, packers_mail),
            draft=session.get_one(InboundMessage, draft_mail).referral_id or 0,
            draft_mail=draft_mail,
            packers=packers,
            packers_mail=packers_mail,
            welders=welders,
            welders_mail=welders_mail,
            hired_mail=hired_mail,
            quarantined=quarantined,
            pair=pair.id,
            placement=session.scalar(select(Placement.id).order_by(Placement.id).limit(1)) or 0,
            suggestion=session.scalar(select(Suggestion.id).where(Suggestion.need_id == need.id).limit(1)) or 0,
            need=need.id,
            service=session.scalar(
                select(PartnerService.id).where(PartnerService.organisation_id == ids["Northfield College"]).limit(1)
            )
            or 0,
            organisations=ids,
            call=_called(session, packers, ids["Prairie Newcomers Office"]),
        )


def _lesson(session: Any, referral_id: int, message_id: int) -> int:
    """Dora said what a packing operator is; a mail was read with it."""
    referral = session.get_one(Referral, referral_id)
    stood = standing.of_need(session, referral, referral.needs[0], "title")
    who = "Dora Hale <dora@lakesidejobs.example>"
    said = "packing line operator"
    kept = teaching.correct(session, stood, "need.title", "packing operator", said, who, referral=referral)
    told = Learnt(kept.lesson_id or 0, "needs[0].title", said, "packing operator", "a correction")
    lessons.used(session, session.get_one(InboundMessage, message_id), Introduction("introduction", learnt=(told,)))
    return kept.lesson_id or 0


def _called(session: Session, referral_id: int, partner_id: int) -> int:
    """The packers' need is put to a partner that takes no part in it; it has sent one person, without consent."""
    need = session.scalars(select(NeedRow).where(NeedRow.referral_id == referral_id).order_by(NeedRow.id)).first()
    assert need is not None
    draft = calls.draft(session, need, 8, "Dora Hale", "Lakeside Jobs Council")
    written = replace(draft, recipients={partner_id: "bea@prairienewcomers.example"})
    call = calls.open_call(session, need.id, written, "Dora Hale <dora@lakesidejobs.example>", name="Dora Hale")
    offer = Offer((ReadCandidate("Zuri Halloway", phones=("+13125550177",), need="packing operator"),))
    call_answers.answer(session, call.asks[0], offer, "Bea <bea@prairienewcomers.example>")
    return call.id


@cache
def _built() -> tuple[Path, Seeded]:
    """Seeded once a process: making records takes longer than copying them."""
    folder = Path(tempfile.mkdtemp(prefix="seeded-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    db = Database(f"sqlite:///{folder / 'loopin.db'}", settings_for(f"sqlite:///{folder / 'loopin.db'}"))
    migrations.upgrade(db)
    with db.begin() as session:
        partners.import_directory(session, DIRECTORY)
    seeded = seed(db)
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return folder / "loopin.db", seeded


def seeded_copy(folder: Path) -> tuple[str, Seeded]:
    """A seeded database of one's own in this folder: its address, and the numbers of what is in it."""
    built, seeded = _built()
    shutil.copy(built, folder / "loopin.db")
    return f"sqlite:///{folder / 'loopin.db'}", seeded


def user_id(db: Database, email: str) -> int:
    with db.read() as session:
        return session.scalar(select(User.id).where(User.email == email)) or 0


def referral_status(db: Database, referral_id: int) -> str:
    with db.read() as session:
        return session.get_one(Referral, referral_id).status
