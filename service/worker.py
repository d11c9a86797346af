"""The worker: reads stored mail, makes the changes, sends what is due; each a claim and two short transactions."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import func, select
from sqlalchemy.orm import Session, undefer

from mail import smtp
from mail.letter import BadLetter
from mail.values import UnreadableMessage
from service import (
    answers,
    beats,
    calls,
    intake,
    learning,
    lessons,
    letters,
    partners,
    schedule,
    statements,
    suggestions,
)
from service.case import Evidence
from service.config import Settings
from service.db import Database
from service.doors import oauth
from service.evidence import evidence_of
from service.models import InboundMessage, OutboundLetter, utcnow
from service.queue import claim, first_due, put_back, spent
from service.reading import Reader

IDLE = 0.5  # seconds between two looks at an empty queue
TICK = 20.0  # seconds between two looks at clocks
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440, 2880))
UNKNOWN_WAIT = timedelta(minutes=30)
DNS_WAIT = timedelta(seconds=20)

log = structlog.get_logger()


def read_one(db: Database, settings: Settings, reader: Reader) -> bool:
    """Claim, read, apply: two short transactions, none open while reading. False where no mail is due."""
    with db.begin() as session:
        message_id = claim(session, InboundMessage, utcnow())
    if message_id is None:
        return False
    with db.read() as session:
        message = session.get_one(InboundMessage, message_id, options=[undefer(InboundMessage.content)])
        content, cut, tries = message.content, message.cut, message.attempts
        known, own = partners.known(session), partners.trackers(session)
        version, taught = lessons.known(session, known.version)
    try:
        if cut:
            raise UnreadableMessage("It is larger than 35 MB; its headers and the first 256 kB were kept.")
        if tries > InboundMessage.most_tries:
            raise UnreadableMessage("It was tried three times and each time the worker stopped.")
        directory = {**known.data, "lessons": taught}
        document = reader.read(content, directory, directory_version=version)
        if document.get("error"):
            raise UnreadableMessage(str(document["error"]))
        evidence = evidence_of(
            reader, content, settings, own=own, envelope_to=message.envelope_to, envelope_from=message.envelope_from
        )
    except UnreadableMessage as error:
        with db.begin() as session:
            intake.quarantine(session, message_id, str(error))
        log.info("mail quarantined", message=message_id)
        return True
    if evidence.temporary and not message.vouched and not spent(message):
        with db.begin() as session:
            put_back(session.get_one(InboundMessage, message_id), utcnow() + DNS_WAIT, evidence.reason)
        return True
    _foresee(db, reader, directory, version)
    _apply(db, message_id, document, evidence)
    return True


def _foresee(db: Database, reader: Reader, directory: dict[str, Any], version: str) -> None:
    """While the records of one mail are made, the child reads the one that is due next. It is not claimed yet: another
    worker may take it, and the directory may change until then; then it is read again."""
    with db.read() as session:
        first = first_due(InboundMessage, utcnow()).scalar_subquery()
        content = session.scalar(select(InboundMessage.content).where(InboundMessage.id == first))
    if content is not None:
        reader.foresee(content, directory, directory_version=version)


def _apply(db: Database, message_id: int, document: Mapping[str, Any], evidence: Evidence) -> None:
    """All effects and "done" in one transaction; what breaks is tried again, then quarantined with its reason."""
    try:
        with db.begin() as session:
            result = intake.apply(session, message_id, document, evidence)
        log.info("mail read", message=message_id, result=result)
    except Exception as error:
        log.exception("mail could not be applied", message=message_id)
        with db.begin() as session:
            message = session.get_one(InboundMessage, message_id)
            reason = f"The records could not be made ({type(error).__name__})."
            if spent(message):
                intake.quarantine(session, message_id, reason, rule="records could not be made")
            else:
                put_back(message, utcnow() + timedelta(seconds=2 * message.attempts), reason)


def send_one(db: Database, settings: Settings) -> bool:
    """Claim a letter that is due, send it, mark it. False where none is due or the minute's measure is full."""
    with db.begin() as session:
        if not settings.smtp_host or not _room(session, settings):
            return False
        letter_id = claim(session, OutboundLetter, utcnow())
        if letter_id is None:
            return False
        letter = session.get_one(OutboundLetter, letter_id)
        try:
            mail = letters.to_mail(session, letter)
        except BadLetter as error:
            letter.state, letter.error = "failed", str(error)
            return True
        letter.subject = mail.subject
        letter.state = "sending"
    outcome = _deliver(oauth.relay_settings(settings, db), settings, mail.to_bytes(), mail.recipients)
    with db.begin() as session:
        _mark(session.get_one(OutboundLetter, letter_id), *outcome)
    return True


def _room(session: Session, settings: Settings) -> bool:
    """Never more than so many a minute and a day (TRUST.md, Sending mail)."""
    now = utcnow()
    for span, most in (
        (timedelta(minutes=1), settings.letters_a_minute),
        (timedelta(days=1), settings.letters_a_day),
    ):
        sent = select(func.count(OutboundLetter.id)).where(OutboundLetter.sent_at > now - span)
        if (session.scalar(sent) or 0) >= most:
            return False
    return True


def _deliver(
    relay: smtp.RelaySettings, settings: Settings, content: bytes, recipients: tuple[str, ...]
) -> tuple[str, str]:
    """(state, words) of one attempt: sent, open (try again), failed or unknown."""
    try:
        sent = smtp.send(relay, content, settings.from_address, recipients)
    except smtp.Deferred as error:
        return "open", str(error)
    except smtp.Refused as error:
        return "failed", str(error)
    except smtp.Unknown as error:
        return "unknown", str(error)
    refused = "; ".join(f"{address}: {answer}" for address, answer in sent.refused.items())
    return "sent", f"not taken for {refused}" if refused else ""


def _mark(letter: OutboundLetter, state: str, words: str) -> None:
    letter.state, letter.error = state, words
    if state == "sent":
        letter.sent_at = utcnow()
    elif state == "open" and spent(letter):
        letter.state = "failed"
    elif state == "open":
        letter.due = utcnow() + BACK_OFF[min(letter.attempts, len(BACK_OFF)) - 1]
    elif state == "unknown":
        letter.due = utcnow() + UNKNOWN_WAIT


def settle_unknown(session: Session, now: datetime) -> None:
    """Whatever was under way when a worker died, or was cut after DATA, gets one more try after half an hour."""
    for letter in session.scalars(
        select(OutboundLetter).where(OutboundLetter.state.in_(("sending", "unknown")), OutboundLetter.due <= now)
    ).all():
        if letter.state == "sending":
            letter.state, letter.due = "unknown", now + UNKNOWN_WAIT
            letter.error = "The worker stopped while this letter was under way; it may have arrived."
        elif letter.attempts < 2:
            letter.state, letter.due = "open", now
        else:
            letter.state = "failed"


def tick(db: Database, settings: Settings) -> None:
    """Clocks: heartbeat, letters in an unknown state, nudges, reminders and ends of calls, the week's digest, the
    month's statements."""
    with db.begin() as session:
        beats.beat(session, "worker")
        settle_unknown(session, utcnow())
        schedule.nudge(session, utcnow())
        calls.remind(session, utcnow())
        calls.tell_of_ends(session, utcnow())
        schedule.weekly_digest(session, utcnow())
        statements.monthly(session, utcnow())
        statements.confirm_unopposed(session, utcnow())
        schedule.clean_up(session, utcnow())
        tonight = learning.is_due(session, utcnow())
    if tonight:
        _learn(db)


def _learn(db: Database) -> None:
    """The night's refit: tried on a copy that others may read and write beside, then noted."""
    with db.read() as session:
        count, found = len(answers.history(session)), suggestions.refit(session)
        links = {kind: learning.refit_links(session, kind) for kind in learning.LINKS}
    with db.begin() as session:
        log.info(learning.nightly(session, utcnow(), count, found, links))


def run(db: Database, settings: Settings, stop: threading.Event) -> None:
    """Read and send until `stop` is set. Sending waits for a relay, so it has a thread of its own."""
    sender = threading.Thread(target=_loop, args=(lambda: send_one(db, settings), stop, "sending"), daemon=True)
    clock = threading.Thread(target=_clock, args=(db, settings, stop), daemon=True)
    sender.start()
    clock.start()
    with Reader() as reader:
        reader.start()
        with db.read() as session:
            suggestions.coder(session)  # a second's work that the first mail should not wait for
        _loop(lambda: read_one(db, settings, reader), stop, "reading")
    sender.join(timeout=5)


def _loop(act: Callable[[], bool], stop: threading.Event, name: str) -> None:
    """Act as long as there is something to do; trouble (a database that restarts) is waited out."""
    while not stop.is_set():
        try:
            if not act():
                stop.wait(IDLE)
        except Exception:
            log.exception(f"{name} was interrupted")
            stop.wait(2)


def _clock(db: Database, settings: Settings, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            tick(db, settings)
        except Exception:
            log.exception("the clock was interrupted")
        stop.wait(TICK)


def drain(db: Database, settings: Settings, reader: Reader, *, send: bool = True) -> None:
    """Read all that waits to the end, also what is put back for a moment; send what is due."""
    while True:
        while read_one(db, settings, reader) or (send and send_one(db, settings)):
            pass
        with db.read() as session:
            soon = session.scalar(select(func.min(InboundMessage.due)).where(InboundMessage.state == "open"))
        if soon is None:
            return
        threading.Event().wait(min(5.0, max(0.05, (soon - utcnow()).total_seconds())))
