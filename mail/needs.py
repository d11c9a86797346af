"""Needs (job orders) read out of a mail's texts: the entry point, `read_needs`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mail.directory import Directory
from mail.jobs.drafts import Draft
from mail.jobs.passage import Passage, read_passage
from mail.jobs.settle import settle
from mail.prose.language import language_of
from mail.values import Fact, Need

_MOST_CHARACTERS = 60_000
"""What stands deeper in a text is no job order that a person would find."""


@dataclass(frozen=True, slots=True)
class TextPart:
    """A named text of the parse document: "subject", "message", "reply", "chain[0]" (its body), "attachment:NAME".

    `sent` is the date of that text where it differs from the mail's own (a forwarded mail's date).
    `author_partner` tells that a partner, not the employer, wrote it.
    """

    name: str
    text: str
    sent: date | None = None
    author_partner: bool = False


@dataclass(frozen=True, slots=True)
class ReadNeed:
    """A need with the facts behind it; `Fact.field` is relative to the need ("title", "openings", "wage_min"...)."""

    need: Need
    facts: tuple[Fact, ...] = ()


def read_needs(
    parts: Sequence[TextPart],
    *,
    sent: date,
    directory: Directory | None = None,
    employer: str | None = None,
    language: str | None = None,
) -> list[ReadNeed]:
    """The needs of a mail, in the order in which they are first named.

    `parts` come newest words first, attachments after the texts they hang on; each text at most once. `sent` anchors
    relative dates; a part's own `sent` goes before it. `employer` (a name, if known) is never read as a title or place,
    nor are the partners of the `directory` read as places.
    """
    known = directory.partners if directory else ()
    others = frozenset(name.lower() for partner in known for name in (partner.name, *partner.aliases))
    bodies = [part for part in _oldest_first(parts) if part.name != "subject"]
    passages = [_passage(part, sent, language, employer, others) for part in bodies]
    drafts: list[Draft] = []
    for passage in passages:
        read_passage(passage, drafts)
    subject = next((part for part in parts if part.name == "subject"), None)
    if subject is not None:
        headline = _passage(subject, sent, language, employer, others)
        passages.append(headline)
        if not drafts:
            read_passage(headline, drafts)
    settle(drafts, passages)
    return [ReadNeed(draft.need(), draft.all_facts()) for draft in drafts if not draft.gone]


def _oldest_first(parts: Sequence[TextPart]) -> list[TextPart]:
    """Attached lists first, then the texts from the oldest to the newest: what comes later mends what came before."""
    attached = [part for part in parts if part.name.startswith("attachment")]
    return attached + [part for part in reversed(parts) if not part.name.startswith("attachment")]


def _passage(part: TextPart, sent: date, language: str | None, employer: str | None, others: frozenset[str]) -> Passage:
    text = part.text[:_MOST_CHARACTERS]
    spoken = language_of(text, language or "en")
    return Passage(part.name, text, part.sent or sent, spoken, part.author_partner, employer or "", others)
