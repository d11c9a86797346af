"""What a mail is before its words are read: a person's own, or an auto-reply, bounce, newsletter, calendar answer."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from mail.values import ParsedMessage, Thread


@dataclass(frozen=True, slots=True)
class Verdict:
    """`name` is person, auto_reply, bounce, receipt, calendar, newsletter, notice or list; `reason` in words.

    A list is people's words that came over a mailing list; a notice is what a program sent (a web form, a tracker).
    """

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Mail:
    parsed: ParsedMessage
    message: str
    headers: dict[str, str]

    def header(self, name: str) -> str:
        return self.headers.get(name, "").lower()

    @property
    def report(self) -> str:
        kind = self.header("content-type")
        return kind if kind.startswith("multipart/report") else ""


_DAEMON = re.compile(r"^(?:mailer-daemon|mail-daemon|postmaster|microsoftexchange[0-9a-f]{6,})\b", re.I)
_UNDELIVERED = re.compile(
    r"undeliver(?:able|ed)|delivery (?:status notification|has failed|failure|incomplete)|returned (?:mail|"
    r"to sender)|mail delivery (?:failed|system)|"
    r"failure notice|could not be delivered|no se puede entregar|no se pudo entregar|nie można dostarczyć|"
    r"nie dostarczono|unzustellbar",
    re.I,
)
_AUTO_SUBJECT = re.compile(
    r"^\s*(?:automatic reply|auto(?:matic)?[- ]?(?:reply|response|responder)|out of (?:the )?office|ooo\b|"
    r"away from (?:the |my )?office|"
    r"on (?:vacation|leave|holiday)\b|respuesta automática|fuera de (?:la )?oficina|odpowiedź automatyczna|"
    r"automatyczna odpowiedź|"
    r"poza biurem|nieobecność|réponse automatique|absence du bureau|automatische antwort|abwesend|abwesenheitsnotiz|"
    r"risposta automatica|"
    r"resposta automática|automatisch antwoord|autosvar|automaattinen vastaus)\b",
    re.I,
)
_AWAY = re.compile(
    r"\b(?:i am|i'm|i will be|i'll be) (?:currently |now |away |)(?:out of (?:the |my )?office|away from (?:the |"
    r"my )?(?:office|desk)|on (?:annual |medical |maternity |parental |)"
    r"(?:leave|vacation|holiday))|limited access to (?:my )?e-?mail|thank you for (?:your (?:e-?mail|message)|"
    r"contacting)|will (?:respond|reply|return your)|"
    r"estoy fuera de la oficina|estaré fuera|con acceso limitado|regreso el|jestem (?:obecnie )?(?:nieobecn[ya]|"
    r"poza biurem)|przebywam na urlopie|"
    r"for urgent matters|in my absence|en mi ausencia|pod moją nieobecność|do not monitor this",
    re.I,
)
_CALENDAR_SUBJECT = re.compile(
    r"^(?:accepted|declined|tentative(?:ly accepted)?|invitation|updated invitation|canceled event|cancelled event|"
    r"aceptad[oa]|rechazad[oa]|invitación|"
    r"zaakceptowano|odrzucono|zaproszenie|proposed new time|new time proposed):",
    re.I,
)
_CAMPAIGN = (
    "x-campaign",
    "x-campaignid",
    "x-mc-user",
    "x-mailchimp-campaign",
    "x-cc-campaign",
    "x-job",
    "x-mailgun-tag",
    "x-sfmc-stack",
    "x-csa-complaints",
)
_CAMPAIGN_MAILER = re.compile(
    r"mailchimp|constant ?contact|campaign ?monitor|sendinblue|brevo|hubspot|marketo|mailerlite|phplist|govdelivery|"
    r"klaviyo",
    re.I,
)
_BULK_FORM = re.compile(
    r"view (?:this (?:e-?mail|message|newsletter) )?in (?:your |a )?(?:web ?)?browser|\bunsubscribe\b|"
    r"update your (?:e-?mail )?preferences|manage (?:your )?subscription",
    re.I,
)


def verdict(parsed: ParsedMessage, thread: Thread) -> Verdict:
    """The first rule that holds: headers (RFC 3464, 3834, 8098, 5546, 2369), then form. Always answers."""
    mail = _Mail(parsed, thread.message, dict(reversed(parsed.headers)))
    for name, reason, holds in _RULES:
        if holds(mail):
            return Verdict(name, reason)
    return Verdict("person", "")


def _is_delivery_report(mail: _Mail) -> bool:
    return "delivery-status" in mail.report or bool(mail.header("x-failed-recipients"))


def _is_bounce_by_form(mail: _Mail) -> bool:
    nobody = mail.header("return-path") == "<>" or bool(_DAEMON.match(mail.parsed.sender.address))
    return nobody and bool(_UNDELIVERED.search(mail.parsed.subject) or _UNDELIVERED.search(mail.message[:1500]))


def _is_calendar(mail: _Mail) -> bool:
    own = "text/calendar" in mail.header("content-type") or "calendarmessage" in mail.header("content-class")
    part = any(
        file.content_type == "text/calendar" and _METHOD.search(file.content[:3000]) for file in mail.parsed.attachments
    )
    return own or (
        part and bool(_CALENDAR_SUBJECT.match(mail.parsed.subject) or mail.header("auto-submitted").startswith("auto"))
    )


_METHOD = re.compile(rb"^METHOD:(?:REPLY|REQUEST|COUNTER|CANCEL)", re.M | re.I)


def _says_auto_replied(mail: _Mail) -> bool:
    auto = mail.header("auto-submitted")
    return auto.startswith("auto-replied") or any(
        mail.header(name) not in ("", "no")
        for name in ("x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply-from")
    )


def _is_vacation(mail: _Mail) -> bool:
    """Exchange says only auto-generated (2019 and Online) or nothing, and marks the subject."""
    if not _AUTO_SUBJECT.match(mail.parsed.subject):
        return False
    marked = mail.header("auto-submitted").startswith("auto") or mail.header("x-ms-exchange-inbox-rules-loop")
    return bool(
        marked or mail.header("precedence") in ("auto_reply", "bulk", "junk") or _AWAY.search(mail.message[:800])
    )


def _is_vacation_by_words(mail: _Mail) -> bool:
    words = mail.message[:1200]
    return (
        len(mail.message) < 1200
        and bool(_IS_AWAY.search(words))
        and len({found.lower() for found in _AWAY.findall(words)}) >= 2
    )


_IS_AWAY = re.compile(
    r"out of (?:the |my )?office|on (?:annual |medical |maternity |)(?:leave|vacation)|fuera de la oficina|"
    r"poza biurem|na urlopie|nieobecn",
    re.I,
)


def _is_campaign(mail: _Mail) -> bool:
    if any(mail.header(name) for name in _CAMPAIGN) or _CAMPAIGN_MAILER.search(mail.header("x-mailer")):
        return True
    bulk = mail.header("precedence") in ("bulk", "junk") or bool(mail.header("list-unsubscribe-post"))
    return bulk and bool(mail.header("list-unsubscribe")) and not mail.header("list-post")


def _is_newsletter_by_form(mail: _Mail) -> bool:
    whole = f"{mail.parsed.text[:60_000]} {mail.parsed.html[:60_000]}"
    if _is_list(mail) or mail.header("in-reply-to") or mail.header("x-original-from"):
        return False
    return bool(mail.header("list-unsubscribe")) and len({found.lower() for found in _BULK_FORM.findall(whole)}) >= 1


def _is_generated(mail: _Mail) -> bool:
    return mail.header("auto-submitted").startswith("auto-generated") or (
        mail.header("x-auto-response-suppress") == "all"
        and bool(re.match(r"^(?:no-?reply|do-?not-?reply)", mail.parsed.sender.address))
    )


def _is_list(mail: _Mail) -> bool:
    return bool(
        mail.header("list-post")
        or mail.header("mailing-list")
        or (mail.header("list-id") and mail.header("precedence") == "list")
    )


_RULES: tuple[tuple[str, str, Callable[[_Mail], bool]], ...] = (
    (
        "bounce",
        "A mail server reports that a mail could not be delivered (delivery-status report).",
        _is_delivery_report,
    ),
    (
        "receipt",
        "A receipt for a mail that was read or deleted.",
        lambda mail: "disposition-notification" in mail.report,
    ),
    (
        "bounce",
        "It comes from a mail server, without return address, and speaks of a mail that was not delivered.",
        _is_bounce_by_form,
    ),
    ("calendar", "A calendar sent this invitation or answer.", _is_calendar),
    ("auto_reply", "Its headers say that it was sent as an automatic reply.", _says_auto_replied),
    ("auto_reply", "Its subject and form are those of an out-of-office reply.", _is_vacation),
    (
        "newsletter",
        "It was sent as a campaign to many (its headers name a mailing service or bulk mail).",
        _is_campaign,
    ),
    ("newsletter", "It offers to unsubscribe, as newsletters do.", _is_newsletter_by_form),
    ("auto_reply", "Its words are those of an out-of-office reply.", _is_vacation_by_words),
    ("notice", "A program sent it (Auto-Submitted: auto-generated).", _is_generated),
    ("list", "It came over a mailing list.", _is_list),
)
"""Reasons for which a mail is no person's direct word, in the order they are asked."""
