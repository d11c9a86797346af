"""What every screen needs of the request: the database's two doors, who looks, where to go back to, what was done."""

from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import current_app, flash, g, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from service.config import Settings
from service.db import Database
from service.models import utcnow
from service.visibility import NotVisible, Viewer

View = TypeVar("View", bound=Callable[..., Any])
Record = TypeVar("Record")


class WrongInput(ValueError):
    """Something typed into a form that can't be used; the message says what it takes."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the app was made with."""

    settings: Settings
    db: Database


def site() -> Site:
    return current_app.extensions["loopin"]


def reading() -> AbstractContextManager[Session]:
    return site().db.read()


def writing() -> AbstractContextManager[Session]:
    """One use case, one transaction."""
    return site().db.begin()


def viewer() -> Viewer:
    return g.viewer


def public(view: View) -> View:
    """Mark a view that needs no sign-in."""
    cast(Any, view).is_public = True
    return view


def open_to_viewers(view: View) -> View:
    """Mark a POST that also people may send who look but don't decide: signing out, one's own sessions."""
    cast(Any, view).for_viewers = True
    return view


def hub_only() -> None:
    """For `before_request` of a screen that shows the whole network. To others it isn't there."""
    if not viewer().is_hub:
        raise NotVisible("There is no such page.")


def inside(path: str) -> str:
    """The path, if it leads to a page of ours; "" for everything that a browser might take for another host."""
    parts = urlsplit(path)
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return path if own and not any(ord(character) < 33 for character in path) and "\\" not in path else ""


def back(default: str) -> Response:
    """See Other: the page that the form came from, or the default."""
    return redirect(inside(request.form.get("back", "")) or default, code=303)


def done(words: str, undo: str = "", **fields: Any) -> None:
    """Say on the next page what was done, with a button that takes it back."""
    _flash({"words": words, "undo": undo, "fields": {key: str(value) for key, value in fields.items()}}, "done")


def wrong(words: str) -> None:
    """Say on the next page why nothing was done."""
    _flash({"words": words, "undo": "", "fields": {}}, "wrong")


def _flash(message: Mapping[str, Any], category: str) -> None:
    flash(cast(str, message), category)  # kept as JSON in the session: any JSON value will do


def on_own(
    own: Callable[[Session, int], Record], by: str, home: str, *, undo: str = ""
) -> Callable[[Callable[..., str]], Callable[..., Response]]:
    """The shape of most POSTs: one's own record, one use case in one transaction, a sentence, the way back.

    The view takes the session, the record that `own` finds by the number `by` of the address, and what else the address
    holds; it returns what was done. `home` and `undo` are endpoints that take the same number.
    """

    def posted_by(view: Callable[..., str]) -> Callable[..., Response]:
        @wraps(view)
        def posted(**values: Any) -> Response:
            number = values.pop(by)
            with writing() as session:
                said = view(session, own(session, number), **values)
            done(said, url_for(undo, **{by: number}) if undo else "")
            return back(url_for(home, **{by: number}))

        return posted

    return posted_by


@contextmanager
def in_a_sentence() -> Generator[None]:
    """Around a use case that refuses with a plain ValueError or LookupError: its words are for the person."""
    try:
        yield
    except (KeyError, IndexError):
        raise
    except (ValueError, LookupError) as error:
        raise WrongInput(str(error)) from error


def whole_number(name: str, *, least: int = 1) -> int:
    """A number out of the form. Raises WrongInput."""
    value = request.form.get(name, "").strip().lstrip("#")
    if not value.isdecimal() or len(value) > 9 or int(value) < least:
        raise WrongInput(f"{name.replace('_', ' ').capitalize()} takes a whole number.")
    return int(value)


def day(value: str, name: str) -> date | None:
    """An ISO date out of a form or a URL, None when empty. Raises WrongInput."""
    if not value.strip():
        return None
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        found = date.min
    if not 1900 <= found.year <= 2200:
        raise WrongInput(f"{name.capitalize()} takes a date such as {date(utcnow().year, 6, 1)}.")
    return found


def later(days: int) -> datetime:
    """Seven in the morning, so many days from now, in the network's own time zone."""
    zone = site().settings.zone
    return datetime.combine(utcnow().astimezone(zone).date() + timedelta(days=days), time(7), zone)


def page_number() -> int:
    value = request.args.get("page", "1")
    return min(int(value), 10_000) if value.isdecimal() and len(value) < 6 and int(value) > 0 else 1


def answers() -> dict[int, str]:
    """Answers to a draft's questions by their id: what was typed, else what was chosen."""
    chosen = {name: value.strip()[:500] for name, value in request.form.items() if value.strip()}
    given = {}
    for kind in ("answer-", "other-"):
        for name, value in chosen.items():
            if name.startswith(kind) and name.removeprefix(kind).isdecimal():
                given[int(name.removeprefix(kind))] = value
    return given
