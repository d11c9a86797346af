"""Needs (job orders) read out of a mail's texts: the entry point, `read_needs`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mail.directory import Directory
from mail.values import Fact, Need


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
    """A need with the facts behind it; `Fact.field` is relative to the need ("title", "openings", "wage_min"...).

    `referred` is False where the words say that the reader keeps this need to themselves or it is wanted by nobody.
    """

    need: Need
    facts: tuple[Fact, ...] = ()
    referred: bool = True


def read_needs(
    parts: Sequence[TextPart],
    *,
    sent: date,
    directory: Directory | None = None,
    employer: str | None = None,
    language: str = "en",
) -> list[ReadNeed]:
    """The needs of a mail, in the order in which they are first named.

    `parts` come newest words first, attachments after the texts they hang on; each text at most once. `sent` anchors
    relative dates; a part's own `sent` goes before it. `employer` (a name, if known) is never read as a title or place.
    """
    return []
