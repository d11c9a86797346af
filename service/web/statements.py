"""Statements of credit: an organisation's month with the mail that proves each line, and until when one may object."""

from collections.abc import Iterable
from datetime import date

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from service import statements, visibility
from service.models import InboundMessage, Organisation, utcnow
from service.statements import Statement
from service.web.files import table
from service.web.site import back, done, hub_only, in_a_sentence, reading, viewer, writing
from service.web.words import spoken

blueprint = Blueprint("statements", __name__)
COLUMNS = (
    "candidate",
    "employer",
    "start",
    "organisation",
    "part",
    "state",
    "claimed",
    "proof",
    "also credited",
    "note",
)


def _organisation(session: Session) -> Organisation | None:
    """One's own; to the hub the one that is asked for, None for all. Raises NotVisible."""
    asked = request.args.get("organisation", "")
    if viewer().is_hub:
        return session.get(Organisation, int(asked)) if asked.isdecimal() and len(asked) < 10 else None
    own = session.get(Organisation, viewer().organisation_id) if viewer().organisation_id else None
    if own is None or (asked and asked != str(own.id)):
        raise visibility.NotVisible("There is no such statement.")
    return own


def _month(session: Session) -> str:
    return request.args.get("month", "") or statements.month_of(session, utcnow())


@blueprint.get("/statements")
def page() -> ResponseReturnValue:
    with reading() as session:
        organisation, month = _organisation(session), _month(session)
        with in_a_sentence():
            earlier, later = statements.before(month), statements.after(month)
        statement = statements.of(session, viewer(), organisation, month) if organisation else None
        listed = session.scalars(select(Organisation).order_by(Organisation.name)).all() if viewer().is_hub else []
        rows = [] if statement else _with_credits(session, listed, month)
        this_month = statements.month_of(session, utcnow())
        return render_template(
            "web/statement.html",
            statement=statement,
            rows=rows,
            month=month,
            month_name=f"{date.fromisoformat(month + '-01'):%B %Y}",
            earlier=earlier,
            later=later,
            this_month=this_month,
            organisations=listed,
            organisation_id=organisation.id if organisation else None,
            may_issue=viewer().is_hub and month < this_month and any(one.issued is None for one in rows),
            readable=_readable(session, statement) if statement else set(),
        )


def _with_credits(session: Session, listed: Iterable[Organisation], month: str) -> list[Statement]:
    found = [statements.of(session, viewer(), organisation, month) for organisation in listed]
    return [one for one in found if one.own or one.issued]


def _readable(session: Session, statement: Statement) -> set[int]:
    """The mails of it whose words one may see."""
    ids = [line.message.id for line in (*statement.own, *statement.others) if line.message]
    seen = visibility.messages(viewer()).where(InboundMessage.id.in_(ids), InboundMessage.removed_at.is_(None))
    return set(session.scalars(seen.with_only_columns(InboundMessage.id)))


@blueprint.get("/statements/file")
def as_file() -> ResponseReturnValue:
    ending = request.args.get("as", "csv")
    if ending not in {"csv", "xlsx"}:
        abort(404)
    with reading() as session:
        organisation, month = _organisation(session), _month(session)
        if organisation is None:
            raise visibility.NotVisible("There is no such statement.")
        with in_a_sentence():
            statement = statements.of(session, viewer(), organisation, month)
        rows = [_row(line) for line in (*statement.own, *statement.others)]
    return table(COLUMNS, rows, f"credits-{month}.{ending}")


def _row(line: statements.Line) -> list[object]:
    credit, message = line.credit, line.message
    return [
        line.candidate,
        line.employer,
        str(credit.placement.start_on or ""),
        credit.organisation.name,
        spoken(credit.role),
        spoken(credit.state),
        credit.claimed_at.date().isoformat(),
        f"mail of {(message.sent_at or message.received_at).date()}" if message else "",
        "; ".join(line.others),
        credit.note,
    ]


@blueprint.post("/statements/issue")
def issue() -> ResponseReturnValue:
    hub_only()
    month = request.form.get("month", "")
    with writing() as session, in_a_sentence():
        number = statements.issue(session, month, viewer().label)
    done(f"{number} statement{'' if number == 1 else 's'} issued; the letters wait in the outbox.")
    return back(url_for("statements.page", month=month))
