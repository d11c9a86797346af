"""Words about an erased person go: from the bytes and readings of mails, and from every other table with words."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import JSON, String, inspect, select
from sqlalchemy.orm import Session, undefer

from mail.redact import redact
from service import blackout
from service.models import Base, Credit, InboundMessage, OutboundLetter, Participant, Referral

NOT_SWEPT = frozenset(
    "alembic_version employer employer_contact inbound_message match_key organisation organisation_sign partner_service"
    " setting spent_token tombstone user_account web_session candidate pair merge".split()
)
"""Tables that hold no words about candidates, or are looked after by name."""

Cover = Callable[[str], str]


def mails(session: Session, theirs: set[int], wide: Cover, sure: Cover) -> int:
    """Black out every mail that names the person; how many."""
    ids = session.scalars(select(InboundMessage.id).order_by(InboundMessage.id)).all()
    return sum(
        blacken(session, number, wide, sure) if number in theirs else blacken(session, number, sure) for number in ids
    )


def blacken(session: Session, message_id: int, cover: Cover, sender: Cover | None = None) -> bool:
    """The words go from a mail's bytes, its reading and its lines; what made its hash stays known, so that the same
    mail is not taken in anew. False where it names nobody. `sender` covers who wrote, else `cover` does."""
    whole = [undefer(InboundMessage.reading), undefer(InboundMessage.content)]
    message = session.get_one(InboundMessage, message_id, options=whole)
    reading = blackout.over(message.reading, cover)
    lines = {name: cover(getattr(message, name)) for name in ("subject", "error", "source")}
    lines |= {name: (sender or cover)(getattr(message, name)) for name in ("sender_name", "sender_address")}
    raw = message.content.decode("latin-1")
    named = reading != message.reading or cover(raw) != raw
    named = named or any(getattr(message, name) != new for name, new in lines.items())
    content = message.content
    if named:
        content = redact(content, cover)
    elif sender is not None or _unread(message):
        content = _if_it_names(content, cover)
    if not named and content == message.content:
        return False
    message.content, message.reading = content, reading
    for name, new in lines.items():
        setattr(message, name, new)
    for row in session.scalars(select(Participant).where(Participant.message_id == message_id)).all():
        if cover(row.address) != row.address:
            session.delete(row)
        else:
            row.name = (sender or cover)(row.name)
    session.flush()
    session.expire(message, ["content", "reading"])
    return True


def _unread(message: InboundMessage) -> bool:
    """Its words lie only in its bytes, which may be encoded."""
    return not message.reading or bool(message.reading.get("error"))


def _if_it_names(content: bytes, cover: Cover) -> bytes:
    """Covered where a text in it changes; files alone are no reason."""
    seen: list[bool] = []

    def told(text: str) -> str:
        covered = cover(text)
        seen.append(covered != text)
        return covered

    covered = redact(content, told)
    return covered if any(seen) else content


def sweep(session: Session, referrals: set[int], ids: list[int], wide: Cover, sure: Cover) -> int:
    """Every other table with words: wide on what hangs on these records and referrals, sure elsewhere."""
    changed = 0
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if model.__tablename__ in NOT_SWEPT:
            continue
        columns = [c.key for c in inspect(model).column_attrs if _holds_words(c.columns[0])]
        if not columns:
            continue
        for row in session.scalars(select(model).execution_options(yield_per=500)):
            cover = wide if _theirs(row, referrals, ids) else sure
            changed += _cover_row(row, columns, cover)
    session.flush()
    return changed


def _holds_words(column: Any) -> bool:
    free = isinstance(column.type, JSON) or (isinstance(column.type, String) and column.type.length is None)
    return free and not column.unique and column.name not in {"message_id", "event", "in_reply_to"}


def _theirs(row: Any, referrals: set[int], ids: list[int]) -> bool:
    if isinstance(row, Credit):
        return row.placement.candidate_id in ids
    of_candidate = getattr(row, "candidate_id", None) in ids
    of_referral = row.id if isinstance(row, Referral) else getattr(row, "referral_id", None)
    return of_candidate or of_referral in referrals


def _cover_row(row: Any, columns: Iterable[str], cover: Cover) -> bool:
    before = {name: getattr(row, name) for name in columns}
    after = {name: blackout.over(value, cover) for name, value in before.items()}
    for name, value in after.items():
        if value != before[name]:
            setattr(row, name, value)
    if before == after:
        return False
    if isinstance(row, OutboundLetter) and after["recipient"] != before["recipient"] and row.state == "open":
        row.state, row.error = "cancelled", "the person was erased"
    return True
