"""Sealed tokens of letters: which letter an answer belongs to, and the one safe link in it."""

from datetime import date, datetime

from mail import token
from service.config import Settings
from service.models import OutboundLetter, utcnow


def keys(settings: Settings) -> list[bytes]:
    return [settings.secret().encode()]


def today() -> date:
    return utcnow().date()


def for_letter(settings: Settings, letter: OutboundLetter) -> str:
    """The token of a letter: it names the referral and the letter, and by the letter who was written to."""
    made = letter.created_at.date() if isinstance(letter.created_at, datetime) else today()
    claim = token.Token(token.TokenKind.REFERRAL, letter.referral_id or 0, letter.id, made + token.LIFE)
    return token.seal(keys(settings), claim)


def message_id(settings: Settings, letter: OutboundLetter) -> str:
    domain = settings.from_address.rpartition("@")[2]
    return token.message_id(for_letter(settings, letter), str(letter.id), domain)


def answer_url(settings: Settings, letter: OutboundLetter) -> str:
    """The page where the recipient of this letter may answer without an account: GET shows, POST acts."""
    return f"{settings.base_url}/answer/{for_letter(settings, letter)}"


def profile_url(settings: Settings, letter: OutboundLetter) -> str:
    """The page where a partner looks after its own lines of the directory."""
    return f"{settings.base_url}/profile/{for_letter(settings, letter)}"


def opened(settings: Settings, text: str) -> token.Token:
    """Raises mail.token.BadToken, mail.token.ExpiredToken, each with a sentence."""
    return token.read(keys(settings), text, today())
