"""Raw mails as the hub's server hands them over, for tests that go through every door."""

from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from service.models import utcnow
from tests.service.conftest import SERVER, TRACKER

SYLLABLES = ("bra", "ken", "lo", "mi", "sta", "ver", "dun", "pel", "gor", "tha", "qui", "zan", "fro", "wex", "hu", "jo")


def employer_name(number: int) -> str:
    """A company name that shares no word with that of another number below 4096."""
    a, b, c = number // 256 % 16, number // 16 % 16, number % 16
    return f"{SYLLABLES[a]}{SYLLABLES[b]}{SYLLABLES[c]}{SYLLABLES[(a + 5 * b + 7 * c) % 16]}".capitalize()


def raw(
    text: str,
    *,
    sender: str = "Dora Hale <dora@lakesidejobs.example>",
    to: str = "Ivo Brandt <ivo@northfield.example>",
    cc: str = TRACKER,
    subject: str = "Introduction",
    answers: str = "",
    message_id: str = "",
    passed: bool = True,
) -> bytes:
    """One mail; `passed`: the hub's server says that the sender is who they say."""
    mail = EmailMessage()
    domain = sender.rpartition("@")[2].rstrip(">")
    if passed:
        mail["Authentication-Results"] = f"{SERVER}; dmarc=pass header.from={domain}"
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    if cc:
        mail["Cc"] = cc
    mail["Date"] = format_datetime(utcnow())
    mail["Message-ID"] = message_id or make_msgid(domain=domain)
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    mail.set_content(text)
    return mail.as_bytes()


def introduction(number: int, **given: str) -> bytes:
    """Ivo, meet somebody at a company of that number, who needs forklift operators."""
    name = employer_name(number)
    text = (
        f"Hi Ivo,\n\nplease meet Pia Lund at {name} Logistics. {name} Logistics needs {number % 30 + 2} forklift "
        f"operators at $21.50 an hour in Joliet.\nPia's address is pia@{name.lower()}.example. Can Northfield College "
        "help?\n\n"
        "Best,\nDora Hale\nLakeside Jobs Council\n312-555-0142\n"
    )
    return raw(text, subject=f"{name} Logistics needs forklift operators", **given)
