"""A text that may report, with what is known around it."""

from dataclasses import dataclass
from datetime import date

from mail.excerpts import Excerpt
from mail.prose.names import NameSpan


@dataclass(frozen=True, slots=True)
class Report:
    """A text that may report, with what is known around it.

    `named` are the names in it, `known` those of quoted lists (first names are resolved among them), `staff` the people
    of the headers, `titles` the quoted needs, `own` the partner who writes; `reply`: only an answer tells of a referral
    as a whole.
    """

    newest: Excerpt
    named: tuple[NameSpan, ...]
    known: tuple[str, ...]
    staff: tuple[str, ...]
    titles: tuple[str, ...]
    language: str
    sent: date
    own: str | None
    reply: bool
