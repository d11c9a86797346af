"""The doors through which mail comes in: each stores and commits, and only then lets the sender forget the mail."""

from collections.abc import Callable

from mail.values import RawMessage
from service import intake
from service.db import Database


def acceptor(db: Database, *, vouched: str = "", tell: bool = True) -> Callable[[RawMessage], tuple[int, bool]]:
    """What a door calls with each mail: (id, is it new), committed when it returns."""

    def accept(raw: RawMessage) -> tuple[int, bool]:
        with db.begin() as session:
            return intake.store(session, raw, vouched=vouched, tell=tell)

    return accept
