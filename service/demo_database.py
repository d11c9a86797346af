"""The mark of a demo database: fictional partners in it, so it refuses a real mailbox and a real relay."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service import demo, partners
from service.models import InboundMessage, Organisation, Setting, utcnow

MARK = "demo"


def is_demo(session: Session) -> bool:
    return session.scalar(select(Setting.id).where(Setting.name == MARK).limit(1)) is not None


def began(session: Session) -> datetime:
    """When the database became a demo: its mails are dated back from then, the same at every start."""
    return datetime.fromisoformat(session.scalars(select(Setting.value).where(Setting.name == MARK)).one())


def is_empty(session: Session) -> bool:
    """Nothing of anybody's is in it yet."""
    return not any(session.scalar(select(model.id).limit(1)) for model in (Organisation, InboundMessage))


def begin(session: Session) -> None:
    """Mark an empty database and import the fictional directory; a demo that stands already is left as it is."""
    if is_demo(session):
        return
    session.add(Setting(name=MARK, value=utcnow().isoformat()))
    partners.import_directory(session, demo.directory())
