"""Mails as the reader hands them over, for tests of what is made of them."""

from dataclasses import dataclass, field, replace
from typing import Any

from mail.plain import to_json
from mail.values import Introduction, RawMessage
from service import intake
from service.case import Evidence
from service.db import Database
from tests.service.conftest import TRACKER

_numbers = iter(range(1, 10**9))


@dataclass
class Mail:
    """One mail: headers as given, the reading as given."""

    said: Introduction
    sender: str = "Dora Hale <dora@lakesidejobs.example>"
    to: tuple[str, ...] = ("Ivo Brandt <ivo@northfield.example>",)
    cc: tuple[str, ...] = (TRACKER,)
    subject: str = "Introduction"
    text: str = "Please meet each other."
    date: str = "2026-11-02T09:00:00-06:00"
    answers: str = ""
    message_id: str = field(default_factory=lambda: f"<m{next(_numbers)}@mail.example>")

    def document(self) -> dict[str, Any]:
        return {
            "message_id": self.message_id,
            "in_reply_to": self.answers,
            "references": [self.answers] if self.answers else [],
            "date": self.date,
            "subject": self.subject,
            "from": _address(self.sender),
            "to": [_address(entry) for entry in self.to],
            "cc": [_address(entry) for entry in self.cc],
            "message": self.text,
            "reply": {"text": self.text, "quoted": "", "signature": ""},
            "chain": [],
            "introduction": to_json(self.said),
        }


def _address(words: str) -> dict[str, str]:
    name, _, address = words.rpartition("<")
    return {"name": name.strip(), "address": address.rstrip(">")}


PASSED = Evidence("", authenticated=True, refused=False, reason="dmarc=pass")
UNPROVEN = Evidence("", authenticated=False, refused=False, reason="nobody vouches for the sender")
FORGED = Evidence("", authenticated=False, refused=True, reason="dmarc=fail")


def arrive(db: Database, mail: Mail, evidence: Evidence = PASSED, *, tell: bool = True) -> tuple[str, int]:
    """Store and apply one mail: what became of it, and its id."""
    raw = RawMessage(f"{mail.message_id} {next(_numbers)}".encode(), "test")
    with db.begin() as session:
        message_id, _ = intake.store(session, raw, tell=tell)
    with db.begin() as session:
        document = mail.document()
        known = replace(evidence, address=document["from"]["address"])
        return intake.apply(session, message_id, document, known), message_id
