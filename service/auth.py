"""Who is signed in: links by mail that work once, sessions that can be revoked, the first user."""

import secrets
from datetime import timedelta
from hashlib import sha256

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from service.config import Settings
from service.models import Attempt, AuditEntry, Organisation, OutboundLetter, SpentToken, User, WebSession, utcnow
from service.visibility import Viewer

LINK_MINUTES = 15
SESSION_DAYS = 14
TOKEN_DAYS = 365
ATTEMPTS = 5  # an address, in LINK_MINUTES (TRUST.md: login 5 in 15 min)
ATTEMPTS_A_HOST = 30  # many people may share one address behind a proxy
AHEAD = timedelta(minutes=50)  # the queue is taken by due: somebody waits for this letter, nobody for the news
NOBODY = "operator@localhost"
ROLES = ("viewer", "coordinator", "admin", "hub", "site_admin")


class TooManyAttempts(ValueError):
    """More tries than the limit; the message says how long to wait."""


class BadLink(ValueError):
    """A sign-in link that does not work any more; the message says why."""


class WrongUser(ValueError):
    """An account that can't be made; the message says what is missing."""


def first_user(session: Session, settings: Settings) -> User:
    """LOOPIN_OPERATOR, else the hub's first coordinator, else operator@localhost; made where nobody is there yet."""
    email = settings.operator.strip().lower()
    if not email:
        found = session.scalar(select(User).where(User.role == "hub", User.disabled.is_(False)).order_by(User.id))
        if found is not None:
            return found
        email = NOBODY
    user = session.scalar(select(User).where(User.email == email))
    if user is None:
        user = User(email=email, name="Hub coordinator", role="hub")
        session.add(user)
        session.flush()
    return user


def sign_in_link(session: Session, settings: Settings, email: str = "") -> str:
    """A link that signs in once within 15 minutes. Raises BadLink where nobody has that address.

    Without an address: for the first user, who is made when there is none. For `loopin run`, which prints it.
    """
    user = _user(session, email) if email else first_user(session, settings)
    if user is None:
        raise BadLink(f"Nobody with the address {email} may sign in.")
    token = _signer(settings).dumps({"user": user.id, "once": secrets.token_urlsafe(16)})
    return f"{settings.base_url}/sign-in/{token}"


def ask_for_link(session: Session, settings: Settings, email: str, host: str) -> None:
    """Queue a letter with a link, if somebody has that address; strangers learn nothing. Raises TooManyAttempts."""
    email = email.strip().lower()[:200]
    _count(session, email, ATTEMPTS)
    _count(session, f"host {host}", ATTEMPTS_A_HOST)
    user = _user(session, email)
    if user is not None:
        _letter(session, settings, user, sign_in_link(session, settings, email))


def read_link(session: Session, settings: Settings, token: str) -> User:
    """Whom a link would sign in; changes nothing. Raises BadLink."""
    try:
        payload = _signer(settings).loads(token, max_age=LINK_MINUTES * 60)
    except SignatureExpired as error:
        raise BadLink("This link is older than 15 minutes. Ask for a new one.") from error
    except BadSignature as error:
        raise BadLink("This link is not whole. Copy all of it, or ask for a new one.") from error
    if session.scalar(select(SpentToken.id).where(SpentToken.token_hash == digest(token))):
        raise BadLink("This link was used already. Ask for a new one.")
    user = session.get(User, payload["user"])
    if user is None or user.disabled:
        raise BadLink("This account is closed.")
    return user


def sign_in(session: Session, settings: Settings, token: str) -> str:
    """Spend the link; the key of a new session. Raises BadLink."""
    user = read_link(session, settings, token)
    session.add(SpentToken(token_hash=digest(token)))
    session.execute(delete(WebSession).where(WebSession.expires_at < utcnow()))
    session.add(AuditEntry(who=user.email, what="signed in"))
    return open_session(session, user.id, SESSION_DAYS)


def open_session(session: Session, user_id: int, days: int) -> str:
    """A random key; the table keeps its hash. Also the bearer token of the API, with more days."""
    key = secrets.token_urlsafe(32)
    session.add(WebSession(user_id=user_id, key_hash=digest(key), expires_at=utcnow() + timedelta(days=days)))
    session.flush()
    return key


def viewer_of(session: Session, key: str) -> Viewer | None:
    """Who holds this key; None when it is unknown, expired, revoked or the account closed."""
    if not key:
        return None
    user = session.scalar(
        select(User)
        .join(WebSession, WebSession.user_id == User.id)
        .where(WebSession.key_hash == digest(key), WebSession.expires_at > utcnow(), User.disabled.is_(False))
    )
    return Viewer(user.id, user.name, user.email, user.role, user.organisation_id) if user else None


def sign_out(session: Session, key: str) -> None:
    session.execute(delete(WebSession).where(WebSession.key_hash == digest(key)))


def revoke_all(session: Session, user_id: int) -> None:
    """Every browser and every API token of a person."""
    session.execute(delete(WebSession).where(WebSession.user_id == user_id))


def add_user(session: Session, email: str, name: str, role: str, organisation_id: int | None, who: str) -> User:
    """A new account. Raises WrongUser."""
    email = email.strip().lower()
    if email.count("@") != 1 or email.startswith("@") or "." not in email.rpartition("@")[2] or " " in email:
        raise WrongUser("An account needs an e-mail address.")
    if role not in ROLES:
        raise WrongUser("An account needs one of the roles: " + ", ".join(ROLES) + ".")
    if organisation_id is None and role in {"viewer", "coordinator", "admin"}:
        raise WrongUser("A viewer, coordinator or admin needs an organisation.")
    if organisation_id is not None and session.get(Organisation, organisation_id) is None:
        raise WrongUser("There is no such organisation.")
    if session.scalar(select(User.id).where(User.email == email)):
        raise WrongUser(f"{email} has an account already.")
    user = User(email=email, name=name.strip()[:120], role=role, organisation_id=organisation_id)
    session.add(user)
    session.add(AuditEntry(who=who, what="added a user", record=email, details={"role": role}))
    session.flush()
    return user


def set_disabled(session: Session, user_id: int, disabled: bool, who: str) -> User:
    """Close or reopen an account; closing ends its sessions. Raises WrongUser."""
    user = session.get(User, user_id)
    if user is None:
        raise WrongUser("There is no such account.")
    user.disabled = disabled
    if disabled:
        revoke_all(session, user_id)
    session.add(AuditEntry(who=who, what="closed an account" if disabled else "reopened an account", record=user.email))
    return user


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _user(session: Session, email: str) -> User | None:
    return session.scalar(select(User).where(User.email == email.strip().lower(), User.disabled.is_(False)))


def _signer(settings: Settings) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings.secret(), salt="loopin sign-in")


def _count(session: Session, who: str, most: int) -> None:
    since = utcnow() - timedelta(minutes=LINK_MINUTES)
    tries = select(func.count()).select_from(Attempt)
    tries = tries.where(Attempt.kind == "sign_in", Attempt.who == who, Attempt.at > since)
    if (session.scalar(tries) or 0) >= most:
        raise TooManyAttempts("Too many tries. Wait a quarter of an hour, then ask again.")
    session.add(Attempt(kind="sign_in", who=who))
    session.flush()


def _letter(session: Session, settings: Settings, user: User, link: str) -> None:
    """A letter that is due at once and says nothing else."""
    text = (
        f"Open this link to sign in to Loopin:\n\n{link}\n\n"
        f"It works once, for {LINK_MINUTES} minutes. If you did not ask for it, do nothing: it signs nobody in alone.\n"
    )
    name = secrets.token_hex(16)
    session.add(
        OutboundLetter(
            event=f"sign_in:{name}",
            kind="sign_in",
            recipient=user.email,
            message_id=f"<sign-in.{name}@{settings.from_address.rpartition('@')[2]}>",
            subject="Your link to sign in to Loopin",
            text=text,
            due=utcnow() - AHEAD,
        )
    )
