"""Mail that no person wrote to us, and that must never be answered: auto-replies, bounces, lists, our own letters."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from mail.letter import LOOP_HEADER

_DAEMON = re.compile(
    r"[<\s]?(mailer-daemon|postmaster|mail-daemon|no-?reply|do-?not-?reply|bounces?)([+=-][^@\s]*)?@", re.I
)
_SUPPRESSING = frozenset({"all", "oof", "autoreply"})
_ANSWERING = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from", "x-mail-autoreply")
_LIST = ("list-id", "list-post", "list-unsubscribe", "list-help", "list-subscribe", "list-owner", "mailing-list")


@dataclass(frozen=True, slots=True)
class _Mail:
    headers: tuple[tuple[str, str], ...]
    own: frozenset[str]
    envelope_from: str | None

    def all(self, *names: str) -> list[str]:
        return [value.strip() for name, value in self.headers if name in names]

    def first_words(self, name: str) -> set[str]:
        """The value of each header of that name without comment and parameters, lower case."""
        return {re.split(r"[;(\s]", value.lower(), maxsplit=1)[0] for value in self.all(name)}


def automatic(
    headers: Sequence[tuple[str, str]], *, own: Collection[str] = (), envelope_from: str | None = None
) -> str | None:
    """Why this mail must not be answered, in a sentence; None where a person seems to have written it.

    `headers` are (name, value); `own` the tracker's addresses; `envelope_from` as the door knows it.
    """
    mail = _Mail(
        tuple((name.lower(), value) for name, value in headers),
        frozenset(address.lower() for address in own),
        envelope_from,
    )
    return next((reason for reason, applies in REASONS if applies(mail)), None)


def _by_ourselves(mail: _Mail) -> bool:
    return bool(mail.all(LOOP_HEADER.lower())) or any(_bare(value) in mail.own for value in mail.all("from", "sender"))


def _bare(value: str) -> str:
    """The last address of a header, without its plus part; for telling our own only, never for trust."""
    found = re.findall(r"[^\s<>\"(),:;@]{1,128}@[^\s<>\"(),:;@]{1,255}", value[:4000])
    if not found:
        return ""
    local, _, domain = found[-1].lower().partition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _bounce(mail: _Mail) -> bool:
    report = any(
        value.lower().startswith("multipart/report") and "disposition-notification" not in value.lower()
        for value in mail.all("content-type")
    )
    return report or bool(mail.all("x-failed-recipients"))


def _null_sender(mail: _Mail) -> bool:
    return mail.envelope_from == "" or "<>" in (value.replace(" ", "") for value in mail.all("return-path"))


def _receipt(mail: _Mail) -> bool:
    return any("disposition-notification" in value.lower() for value in mail.all("content-type"))


def _auto_submitted(mail: _Mail) -> bool:
    return bool(mail.first_words("auto-submitted") - {"no", ""})


def _answering_machine(mail: _Mail) -> bool:
    return bool(mail.all(*_ANSWERING)) or bool(mail.first_words("precedence") & {"auto_reply", "auto-reply"})


def _unwanted(mail: _Mail) -> bool:
    """[MS-OXCMAIL] 2.2.3.2.14; DR, RN and NRN alone forbid receipts, not answers."""
    words = {word.strip().lower() for value in mail.all("x-auto-response-suppress") for word in value.split(",")}
    return bool(words & _SUPPRESSING)


def _list(mail: _Mail) -> bool:
    """Any list but our own: where the tracker is itself a group, all its mail bears the group's List-Id."""
    if any(_list_of(address, mail) for address in mail.own):
        return False
    return bool(mail.all(*_LIST)) or bool(mail.first_words("precedence") & {"bulk", "junk", "list"})


def _list_of(address: str, mail: _Mail) -> bool:
    identifiers = mail.all("list-id")
    return bool(identifiers) and all(f"<{address.replace('@', '.')}>" in value.lower() for value in identifiers)


def _machine(mail: _Mail) -> bool:
    return any(_DAEMON.search(value[:4000]) for value in mail.all("from"))


REASONS: tuple[tuple[str, Callable[[_Mail], bool]], ...] = (
    ("This is one of Loopin's own letters.", _by_ourselves),
    ("This is a report that a mail could not be delivered.", _bounce),
    ("This is a receipt that a mail was read.", _receipt),
    ("An answering machine sent this mail (Auto-Submitted).", _auto_submitted),
    ("An answering machine sent this mail.", _answering_machine),
    ("This mail has the null sender, which takes no answers.", _null_sender),
    ("Its sender asks for no automatic answers (X-Auto-Response-Suppress).", _unwanted),
    ("This mail came through a list.", _list),
    ("A machine's address sent this mail.", _machine),
)
"""In the order in which they are asked; the first that applies is kept with the mail."""
