"""A text that may report, with what is known around it."""

import re
from dataclasses import dataclass
from datetime import date

from mail.excerpts import Excerpt
from mail.prose.names import NameSpan


@dataclass(frozen=True, slots=True)
class Report:
    """A text that may report, with what is known around it.

    `named` are the names in it, `known` those of quoted lists (first names are resolved among them), `staff` the people
    of the headers, `titles` the quoted needs, `own` the partner who writes; `reply`: only an answer tells of a referral
    as a whole. `asked`: quoted questions between which it answers (mail.replies.asked).
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
    asked: tuple[tuple[str, str], ...] = ()


_EARNS = re.compile(r"[^\n.;]{0,60}\$ ?\d")
_TAKEN_ON = re.compile(
    r"(?i)(?:\b(?:hired|hiring|placed|promoted|took on|brought on|picked|contrat\w+ a|zatrudni\w+|przyj\w+)\s+$)"
)
_AS = re.compile(r"(?i),?\s+(?:as|como|jako)\s")


def takes_a_job(text: str, start: int, end: int) -> bool:
    """Whether the position beside a name is the job that he got, not the one he speaks for: "Mindy Stahl (crew lead,
    $21/hr)", "hired Ann Lee as shift supervisor"."""
    return bool(_EARNS.match(text, end) or _AS.match(text, end) or _TAKEN_ON.search(text[max(0, start - 20) : start]))
