"""How fast the pages are on a database of many mails: CPU milliseconds of each page, as the hub and as a member.

    python bench/pages.py [--mails 10000] [--url sqlite:///FILE]

The database is made here (two years of mail among thirty organisations), page after page is asked of the real
application in this process, and the best of five askings counts. PostgreSQL: --url postgresql://... (an empty one).
"""

import argparse
import random
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from service import migrations
from service.app import create_app
from service.config import Settings
from service.db import Database
from service.models import (
    Candidate,
    Credit,
    Employer,
    Event,
    InboundMessage,
    Need,
    Organisation,
    Participant,
    PartnerService,
    Party,
    Placement,
    Referral,
    Submission,
    User,
)
from tests.service.web import signed_in

PAGES = ("/monday", "/reports", "/inbox", "/referrals", "/employers", "/candidates", "/placements", "/suggestions")
ORGANISATIONS = 30
TRADES = ("welder", "line cook", "warehouse associate", "nursing assistant", "CDL driver", "machinist", "office clerk")
STATUSES = ("introduced", "acknowledged", "accepted", "in_progress", "declined", "closed", "no_answer_seen", "draft")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--url", help="database to fill; a file of its own where none is given")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = asked.url or f"sqlite:///{Path(folder) / 'loopin.db'}"
        settings = Settings(_env_file=None, database_url=url, secret_key="x" * 40, mail_trust="none")  # ty: ignore
        db = Database(url, settings)
        migrations.upgrade(db)
        with db.begin() as session:
            fill(session, asked.mails)
        app = create_app(settings, db)
        print(f"{asked.mails} mails{'hub, ms':>24}{'member, ms':>14}")
        people = [signed_in(app, db, f"{who}@bench.example") for who in ("hub", "member")]
        for page in PAGES:
            print(f"{page:<22}{timed(people[0], page):>12.0f}{timed(people[1], page):>14.0f}", flush=True)
        db.close()


def timed(person: Any, page: str) -> float:
    """CPU milliseconds, the best of five."""
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        response = person.get(page)
        best = min(best, time.process_time() - begun)
        if response.status_code != 200:
            raise SystemExit(f"{page} answered {response.status_code}")
    return best * 1000


def fill(session: Session, mails: int) -> None:
    """Of every three mails two are new referrals, each with two parties, a need, a history, some with a placement."""
    chance = random.Random(7)
    now = datetime.now(UTC)
    session.execute(insert(Organisation), [{"name": f"Organisation {n:02}"} for n in range(ORGANISATIONS)])
    members = list(session.scalars(select(Organisation.id)))
    session.execute(
        insert(PartnerService),
        [{"organisation_id": member, "name": "job training", "kind": "job_training"} for member in members],
    )
    session.execute(
        insert(User),
        [
            {"email": "hub@bench.example", "name": "Ann Hub", "role": "hub", "organisation_id": None},
            {"email": "member@bench.example", "name": "Max Member", "role": "coordinator", "organisation_id": 1},
        ],
    )
    employers = [{"name": f"Employer {n}", "domains": [f"employer{n}.example"]} for n in range(mails // 4)]
    session.execute(insert(Employer), employers)
    session.execute(
        insert(Candidate),
        [
            {"name": f"Given{n} Family{n}", "given_name": f"Given{n}", "family_name": f"Family{n}",
             "organisation_id": chance.choice(members)}
            for n in range(mails // 3)
        ],
    )  # fmt: skip
    referrals = 2 * mails // 3
    days = sorted((now - timedelta(minutes=chance.randrange(2 * 365 * 1440)) for _ in range(mails)), reverse=False)
    session.execute(insert(Referral), [_referral(chance, days[n * 3 // 2], len(employers)) for n in range(referrals)])
    session.execute(insert(Party), [row for n in range(referrals) for row in _parties(chance, n + 1, members)])
    session.execute(
        insert(Need),
        [
            {"referral_id": n + 1, "title": chance.choice(TRADES), "openings": chance.randrange(1, 20),
             "created_at": days[n * 3 // 2]}
            for n in range(referrals)
        ],
    )  # fmt: skip
    session.execute(insert(InboundMessage), [_message(n, days[n], referrals) for n in range(mails)])
    session.execute(
        insert(Participant),
        [
            {"message_id": n + 1, "address": f"{field}{n % 200}@org.example", "field": field,
             "organisation_id": chance.choice(members)}
            for n in range(mails)
            for field in ("from", "to", "cc")
        ],
    )  # fmt: skip
    session.execute(
        insert(Event),
        [
            {"referral_id": n % referrals + 1, "kind": "mail", "words": "a mail", "message_id": n + 1, "at": days[n]}
            for n in range(mails)
        ],
    )
    _place(session, chance, mails // 3, referrals, members)


def _referral(chance: random.Random, at: datetime, employers: int) -> dict[str, Any]:
    status = chance.choice(STATUSES)
    later = at + timedelta(days=chance.randrange(1, 6))
    return {
        "kind": "introduction",
        "status": status,
        "subject": "Introduction",
        "employer_id": chance.randrange(1, employers + 1),
        "introduced_at": None if status == "draft" else at,
        "acknowledged_at": later if status in ("acknowledged", "accepted", "in_progress", "closed") else None,
        "accepted_at": later if status in ("accepted", "in_progress", "closed") else None,
        "due": later if status in ("introduced", "acknowledged", "accepted") else None,
        "created_at": at,
    }


def _parties(chance: random.Random, referral_id: int, members: list[int]) -> list[dict[str, Any]]:
    one, other = chance.sample(members, 2)
    answer = chance.choice(("", "", "acknowledged", "accepted", "declined"))
    return [
        {"referral_id": referral_id, "organisation_id": one, "role": "referring", "answer": ""},
        {"referral_id": referral_id, "organisation_id": other, "role": "receiving", "answer": answer},
    ]


def _message(number: int, at: datetime, referrals: int) -> dict[str, Any]:
    return {
        "sha256": f"{number:064}",
        "message_id": f"<{number}@bench.example>",
        "words_sha256": f"{number:064}",
        "subject": "Introduction",
        "sender_name": "Pat Sender",
        "sender_address": f"from{number % 200}@org.example",
        "state": "done",
        "result": ("referral", "referral", "update")[number % 3],
        "received_at": at,
        "sent_at": at,
        "done_at": at,
        "looked_at": None if number % 4 == 0 else at,
        "trust": "T3",
        "referral_id": number % referrals + 1,
        "reading": {"introduction": {"kind": "introduction"}},
        "content": b"Subject: Introduction\r\n\r\nWords.\r\n" * 40,
    }


def _place(session: Session, chance: random.Random, placements: int, referrals: int, members: list[int]) -> None:
    candidates = list(session.scalars(select(Candidate.id)))[:placements]
    today = date.today()  # noqa: DTZ011
    rows = [
        {"candidate_id": candidate, "referral_id": number % referrals + 1,
         "status": chance.choice(("started", "retained_30", "retained_90", "hire_reported")),
         "start_on": today - timedelta(days=chance.randrange(700)), "verified_source": chance.choice(("employer", ""))}
        for number, candidate in enumerate(candidates)
    ]  # fmt: skip
    session.execute(
        insert(Submission),
        [{"referral_id": row["referral_id"], "candidate_id": row["candidate_id"], "status": "hired"} for row in rows],
    )
    session.execute(insert(Placement), rows)
    session.execute(
        insert(Credit),
        [
            {"placement_id": number, "organisation_id": member, "role": role, "state": "confirmed"}
            for number in session.scalars(select(Placement.id))
            for member, role in zip(chance.sample(members, 2), ("sent_candidate", "trained"), strict=True)
        ],
    )


if __name__ == "__main__":
    main()
