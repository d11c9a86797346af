"""What a mail is before anybody reads it: a person's words, or an auto-reply, bounce, list mail, newsletter, calendar."""

from dataclasses import dataclass

from mail.values import ParsedMessage, Thread


@dataclass(frozen=True, slots=True)
class Verdict:
    """`name` is person, auto_reply, bounce, newsletter, list or calendar; `reason` the words for a coordinator."""

    name: str
    reason: str


def verdict(parsed: ParsedMessage, thread: Thread) -> Verdict:
    """Headers first (RFC 3834, 3464, 2369), then form."""
    auto = parsed.header("auto-submitted").lower()
    if parsed.content_type == "multipart/report" or parsed.sender.address.startswith("mailer-daemon@"):
        return Verdict("bounce", "A mail server reports on a mail that it could not deliver.")
    if auto.startswith("auto-replied"):
        return Verdict("auto_reply", "The header Auto-Submitted says auto-replied.")
    return Verdict("person", "")
