"""What a person corrects in a referral: Change links and answers to questions. Each leaves an event, and may teach."""

import re
from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from mail.plain import introduction_from_json
from service import (
    call_answers,
    call_lists,
    identities,
    outbox,
    partners,
    recording,
    referrals,
    renaming,
    standing,
    suggestions,
    teaching,
    updates,
)
from service.leaving_out import without_erased
from service.models import Employer, InboundMessage, Need, Question, Referral, utcnow
from terms.kinds import Pathway, Population, WageUnit


class WrongValue(ValueError):
    """A value that the field can't take; the message says what it takes."""


def change(session: Session, referral_id: int, field: str, value: str, who: str) -> None:
    """Set one field of a referral: "subject", "employer.name", "need:ID.openings", "need.add", "need.remove:ID",
    "party.add:ROLE" (value: an organisation's name), "party.remove:ID", "contact:ID.name", "contact:ID.title",
    "candidate:ID.name". What was corrected is kept and learnt from. Raises WrongValue, UnknownReferral."""
    referral = referrals.find(session, referral_id)
    stood = _stood(session, referral, field)
    before = _set(session, referral, field, value.strip(), who)
    after = _now(session, referral, field, value.strip())
    if before == after:
        return
    personal = field.startswith("candidate")
    words = f"{_spoken(field)}: {before or 'nothing'} → {after or 'nothing'}"
    referrals.note(
        session, referral, "corrected", "a candidate's name" if personal else words, who, details={"field": field}
    )
    teaching.correct(session, stood, _plain(field), before, after, who, referral=referral, personal=personal)


def _spoken(field: str) -> str:
    words = re.sub(r"party\.add:(\w+)", r"\1 organisation", field)
    words = re.sub(r"(need|contact):\d+\.", r"\1, ", words)
    return re.sub(r":\d+$", "", words).replace("_", " ").replace(".", " ").replace(":", " ")


def _plain(field: str) -> str:
    """The field without numbers, as corrections are kept and taught by: "need.openings", "party.receiving"."""
    kind, _, rest = field.partition(":")
    if kind == "party.add":
        return f"party.{rest}"
    return f"{kind}.{rest.partition('.')[2]}" if "." in rest else kind


_ROLES = {"receiving": "receiving_orgs[0]", "referring": "referring_org"}


def _stood(session: Session, referral: Referral, field: str) -> standing.Stood:
    """Where the value was read that is about to be changed."""
    kind, _, rest = field.partition(":")
    number, _, column = rest.partition(".")
    need = next((need for need in referral.needs if str(need.id) == number), None)
    if kind in {"need", "need.remove"} and need is not None:
        return standing.of_need(session, referral, need, column or "title")
    if kind == "contact" and (contact := renaming.contact_of(referral, number)):
        return standing.of_contact(session, referral, contact.email, column)
    if kind == "party.add" or field == "employer.name":
        return standing.of_field(session, referral, _ROLES.get(rest, "") if rest else field)
    party = next((party for party in referral.parties if str(party.id) == rest), None)
    if kind == "party.remove" and party is not None and party.role in _ROLES:
        return standing.of_field(session, referral, _ROLES[party.role])
    return standing.of_mail(session, referral)


def _now(session: Session, referral: Referral, field: str, value: str) -> str:
    """The value as it is kept, where that is not what was typed."""
    kind, _, rest = field.partition(":")
    number, _, column = rest.partition(".")
    if field == "employer.name" and referral.employer:
        return referral.employer.name
    if kind == "party.add":
        organisation = partners.by_name(session, value)
        return organisation.name if organisation else value
    need = next((need for need in referral.needs if kind == "need" and str(need.id) == number), None)
    if need is not None and column == "wage":
        return _wage_words(need)
    if need is not None and column == "occupation":
        return f"{need.occupation_code} {need.title}"
    if need is not None and column == "receiving":
        return need.receiving.name if need.receiving else ""
    return value


def _set(session: Session, referral: Referral, field: str, value: str, who: str) -> str:
    """Change it and return what was there."""
    name, _, rest = field.partition(":")
    if field == "subject":
        before, referral.subject = referral.subject, value
        return before
    if field == "employer.name":
        return _set_employer(session, referral, value)
    if field == "need.add":
        if not value:
            raise WrongValue("A need has a title.")
        referral.needs.append(Need(title=value))
        session.flush()
        return ""
    if name == "party.add":
        return _add_party(session, referral, rest, value, who)
    if name in {"party.remove", "need.remove"}:
        return _remove(referral, name, rest)
    number, _, column = rest.partition(".")
    if name == "need" and number.isdigit():
        return _set_need(session, referral, int(number), column, value)
    if name in {"contact", "candidate"}:
        return _rename(session, referral, name, number, column, value)
    raise WrongValue(f"A referral has no field {field!r}.")


def _set_employer(session: Session, referral: Referral, value: str) -> str:
    """Another name is another employer, or a known one; only a wrong spelling on this referral alone is a rename."""
    if not value:
        raise WrongValue("An employer has a name.")
    before = referral.employer.name if referral.employer else ""
    if value == before:
        return before
    domains = list(referral.employer.domains) if referral.employer else []
    resolved = identities.resolve(session, Employer(name=value, domains=domains, confirmed=True))
    assert isinstance(resolved.record, Employer)
    referral.employer = resolved.record
    return before


def _add_party(session: Session, referral: Referral, role: str, value: str, who: str) -> str:
    if role not in {"referring", "receiving", "copied", "support_services", "education", "funding"}:
        raise WrongValue(f"{role!r} is no part that an organisation can take.")
    organisation = partners.by_name(session, value)
    if organisation is None:
        if not value:
            raise WrongValue("Name the organisation.")
        organisation = partners.welcome(session, value, "other", who)
    referrals.join(session, referral, organisation.id, role)
    return ""


def _remove(referral: Referral, name: str, record_id: str) -> str:
    if name == "party.remove":
        for party in referral.parties:
            if str(party.id) == record_id:
                referral.parties.remove(party)
                return party.organisation.name
    for need in referral.needs:
        if name == "need.remove" and str(need.id) == record_id:
            referral.needs.remove(need)
            return need.title
    raise WrongValue("That is not on this referral any more.")


def _rename(session: Session, referral: Referral, name: str, number: str, column: str, value: str) -> str:
    if not value and column == "name":
        raise WrongValue("A person has a name.")
    contact = renaming.contact_of(referral, number) if name == "contact" and column in {"name", "title"} else None
    if contact is not None:
        return renaming.rename_contact(contact, column, value)
    candidate = renaming.candidate_of(session, referral, number) if name == "candidate" and column == "name" else None
    if candidate is not None:
        return renaming.rename_candidate(session, candidate, value)
    raise WrongValue("That person is not on this referral any more.")


def _set_need(session: Session, referral: Referral, need_id: int, column: str, value: str) -> str:
    need = next((need for need in referral.needs if need.id == need_id), None)
    if need is None:
        raise WrongValue("That need is not on this referral any more.")
    if column == "wage":
        return _set_wage(need, value)
    if column == "occupation":
        return _set_occupation(session, need, value)
    if column == "receiving":
        return _set_receiving(session, referral, need, value)
    if column not in _READ:
        raise WrongValue(f"A need has no field {column!r}.")
    before = getattr(need, column)
    setattr(need, column, _READ[column](value))
    if column == "openings":
        need.left = need.openings
    if column == "title":
        recording.give_occupation(session, need, standing.of_mail(session, referral).organisation_id)
    return ", ".join(before) if isinstance(before, list) else str(before if before is not None else "")


def _set_occupation(session: Session, need: Need, value: str) -> str:
    """A code such as 53-7051, or words that name one."""
    before = f"{need.occupation_code} {need.title}" if need.occupation_code else ""
    coder = suggestions.coder(session)
    code = value.partition(" ")[0] if coder.title_of(value.partition(" ")[0]) else ""
    found = None if code or not value else next(iter(coder.code(value, limit=1)), None)
    if value and not code and found is None:
        raise WrongValue("An occupation is a code such as 53-7051, or a job title that has one.")
    need.occupation_code = code or (found.code if found else "")
    need.occupation_title = coder.title_of(need.occupation_code) if need.occupation_code else ""
    need.occupation_confidence = 1.0 if need.occupation_code else None
    return before


def _set_receiving(session: Session, referral: Referral, need: Need, value: str) -> str:
    """Which of the receiving organisations takes this need."""
    before = need.receiving.name if need.receiving else ""
    organisation = partners.by_name(session, value)
    if value and (organisation is None or organisation.name not in referral.party_names("receiving")):
        raise WrongValue("A need is for one of the receiving organisations of its referral.")
    need.receiving = organisation
    return before


def _number(value: str) -> int | None:
    if not value:
        return None
    if not value.isdigit() or not 0 < int(value) < 100_000:
        raise WrongValue("Openings are a number like 12, or nothing.")
    return int(value)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise WrongValue("A date looks like 2027-03-31.") from error


def _title(value: str) -> str:
    if not value:
        raise WrongValue("A need has a title.")
    return value


def _one_of(words: type[Pathway], value: str) -> str | None:
    if value and value not in set(words):
        raise WrongValue("It is one of: " + ", ".join(words) + ".")
    return value or None


def _populations(value: str) -> list[str]:
    wanted = [part.strip() for part in value.split(",") if part.strip()]
    if not set(wanted) <= set(Population):
        raise WrongValue("Populations are: " + ", ".join(Population) + ".")
    return wanted


_READ: dict[str, Callable[[str], object]] = {
    "title": _title,
    "openings": _number,
    "location": lambda value: value or None,
    "start_on": _day,
    "shift": lambda value: value or None,
    "pathway": lambda value: _one_of(Pathway, value),
    "populations": _populations,
    "requirements": lambda value: [part.strip() for part in value.split(";") if part.strip()],
    "industry": lambda value: value[:200],
    "languages": lambda value: [part.strip() for part in re.split("[;,]", value) if part.strip()],
}

_WAGE = re.compile(
    r"\$?\s*(\d{1,7}(?:\.\d{1,2})?)(?:\s*(?:-|–|to)\s*\$?\s*(\d{1,7}(?:\.\d{1,2})?))?\s*(?:/|an?|per)?\s*(\w*)"
)


def _set_wage(need: Need, value: str) -> str:
    before = _wage_words(need)
    if not value:
        need.wage_min = need.wage_max = need.wage_unit = None
        return before
    found = _WAGE.fullmatch(value.replace(",", ""))
    unit = found.group(3) or need.wage_unit or WageUnit.HOUR if found else ""
    if found is None or unit not in set(WageUnit):
        raise WrongValue("A wage looks like 19.50, 19-22 an hour or 46000 a year.")
    need.wage_min = float(found.group(1))
    need.wage_max = float(found.group(2) or found.group(1))
    need.wage_unit = str(unit)
    return before


def _wage_words(need: Need) -> str:
    if need.wage_min is None:
        return ""
    span = f"{need.wage_min:g}" if need.wage_min == need.wage_max else f"{need.wage_min:g}-{need.wage_max:g}"
    return f"{span} a {need.wage_unit or 'hour'}"


def answer_question(session: Session, question_id: int, answer: str, who: str) -> Referral:
    """Settle one question of a referral that counts already. Raises WrongValue, LookupError."""
    question = session.get(Question, question_id)
    if question is None or question.settled_at is not None:
        raise LookupError("That question was settled already.")
    question.answer, question.settled_at = answer.strip(), utcnow()
    settle(session, question.referral, question, who)
    referrals.note(session, question.referral, "answered", f"{question.words} {question.answer or 'no'}", who)
    return question.referral


def settle(session: Session, referral: Referral, question: Question, who: str) -> None:
    """Do what the answer to a question says. An empty answer changes nothing. Raises WrongValue."""
    if not question.answer:
        return
    kind, _, number = question.field.partition(":")
    if kind == "mail":
        if question.answer.lower().startswith("y"):
            _take_their_word(session, referral, int(number))
    elif kind == "list":
        call_lists.settle(session, int(number), question.answer)
    elif kind == "need.keep":
        if question.answer.lower().startswith("no"):
            change(session, referral.id, f"need.remove:{number}", "", who)
    elif question.field == "kind":
        _counts(session, referral, question.answer, who)
    elif question.field == "sender":
        _welcome_sender(session, referral, question.answer, who)
    elif question.field in {"referring", "receiving"}:
        change(session, referral.id, f"party.add:{question.field}", question.answer, who)
    elif question.field == "need.add":
        change(session, referral.id, "need.add", question.answer, who)
    elif question.field:
        answer = "" if question.answer.lower() == "not said" else question.answer
        change(session, referral.id, question.field, answer, who)


def _counts(session: Session, referral: Referral, answer: str, who: str) -> None:
    """A mail whose like are said to be no referrals is one: against that lesson, or for the one that says so."""
    first = session.get(InboundMessage, referral.first_message_id) if referral.first_message_id else None
    if first is not None and answer.lower().startswith("y"):
        teaching.correct(session, standing.of_kind(session, first), "kind", "asked", "referral", who, referral=referral)


def _take_their_word(session: Session, referral: Referral, message_id: int) -> None:
    """What a mail says of this referral counts, because a coordinator believes who wrote it."""
    message = session.get_one(InboundMessage, message_id)
    said = introduction_from_json((message.reading or {}).get("introduction") or {"kind": "other"})
    who = f"{message.sender_name} <{message.sender_address}>".strip()
    sender_id = outbox.organisation_of(session, message)
    said = without_erased(session, message, said, sender_id)
    if call_answers.take_their_word(session, referral, message, said, who):
        return
    recording.add_candidates(session, referral, message, said, sender_id)
    for question in updates.apply(session, referral, message, said, sender_id, who):
        referrals.ask(referral, question)


def _welcome_sender(session: Session, referral: Referral, name: str, who: str) -> None:
    """The stranger who wrote is a partner from now on, and refers here."""
    message = session.get(InboundMessage, referral.first_message_id) if referral.first_message_id else None
    organisation = partners.welcome(session, name, "other", who, address=message.sender_address if message else "")
    referrals.join(session, referral, organisation.id, "referring")
    teaching.welcomed(session, organisation, message, who)
