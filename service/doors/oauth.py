"""Access tokens for IMAP and SMTP: refreshed early, a rotated refresh token is kept (Microsoft 365, Google)."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request

from sqlalchemy import select

from mail.smtp import RelaySettings
from service.config import Settings
from service.db import Database
from service.models import Setting


def relay_settings(settings: Settings, db: Database) -> RelaySettings:
    """How to reach the relay: by password, or, where there is a user without one, by the mailbox's access token."""
    by_token = settings.smtp_user and not settings.smtp_password and settings.imap_oauth_token_url
    return RelaySettings(
        host=settings.smtp_host,
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password,
        oauth=(lambda: access_token(db, settings)) if by_token else None,
        tls=settings.smtp_tls,
    )


EARLY = 300  # seconds before its end that a token is replaced
_kept: dict[str, tuple[str, float]] = {}


class TokenRefused(RuntimeError):
    """The provider gives no token; the message is a sentence for the operator."""


def access_token(db: Database, settings: Settings) -> str:
    """A token that is good for five minutes at least. Raises TokenRefused."""
    token, until = _kept.get(settings.imap_oauth_token_url, ("", 0.0))
    if time.time() < until - EARLY:
        return token
    with db.read() as session:
        stored = session.scalar(select(Setting.value).where(Setting.name == "oauth_refresh_token"))
    answer = _ask(settings, stored or settings.imap_oauth_refresh_token)
    rotated = answer.get("refresh_token")
    if rotated and rotated != stored:
        with db.begin() as session:
            row = session.scalar(select(Setting).where(Setting.name == "oauth_refresh_token"))
            if row is None:
                session.add(Setting(name="oauth_refresh_token", value=rotated))
            else:
                row.value = rotated
    token = str(answer["access_token"])
    _kept[settings.imap_oauth_token_url] = (token, time.time() + float(answer.get("expires_in") or 3600))
    return token


def _ask(settings: Settings, refresh_token: str) -> dict[str, str]:
    """RFC 6749 section 6."""
    form = {
        "grant_type": "refresh_token",
        "refresh_token": refresh_token,
        "client_id": settings.imap_oauth_client_id,
        "client_secret": settings.imap_oauth_client_secret,
        "scope": settings.imap_oauth_scope,
    }
    if not settings.imap_oauth_token_url.startswith(("https://", "http://127.0.0.1")):
        raise TokenRefused("LOOPIN_IMAP_OAUTH_TOKEN_URL must begin with https://.")
    body = urllib.parse.urlencode({key: value for key, value in form.items() if value}).encode()
    try:
        with urllib.request.urlopen(settings.imap_oauth_token_url, body, timeout=30) as response:  # noqa: S310
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        raise TokenRefused(f"The provider refused the mailbox token ({error.code}): sign in anew.") from error
    except (OSError, ValueError) as error:
        raise TokenRefused(f"The token endpoint can't be reached: {error}") from error
    if not isinstance(answer, dict) or "access_token" not in answer:
        raise TokenRefused("The token endpoint answered without an access token.")
    return answer
