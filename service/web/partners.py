"""Partners: the directory with what each offers, agreements and stale marks; import with a preview; export."""

import re
from datetime import date

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from service import agreements, choices, partners, profiles, teaching, visibility
from service.models import (
    Agreement,
    AuditEntry,
    Organisation,
    OrganisationSign,
    PartnerService,
    Party,
    Referral,
    utcnow,
)
from service.web.profiles import may_change, today
from service.web.site import WrongInput, back, done, hub_only, reading, viewer, writing
from terms.kinds import PartnerKind

blueprint = Blueprint("partners", __name__)
STALE_DAYS = 7  # S18: a line older than a week is flagged with who should confirm


@blueprint.get("/partners")
def listing() -> ResponseReturnValue:
    words = request.args.get("q", "").strip()[:100].lower()
    with reading() as session:
        found = select(Organisation).options(selectinload(Organisation.services)).order_by(Organisation.name)
        if words:
            alias = select(OrganisationSign.organisation_id).where(
                func.lower(OrganisationSign.value).like(f"%{words}%")
            )
            found = found.where(or_(func.lower(Organisation.name).like(f"%{words}%"), Organisation.id.in_(alias)))
        return render_template(
            "web/partners.html",
            partners=session.scalars(found).all(),
            words=words,
            is_stale=is_stale,
            confirmed_on=confirmed_on,
            stale_days=STALE_DAYS,
        )


def confirmed_on(line: Organisation | PartnerService) -> date | None:
    """When somebody last said that a directory line is right; of a partner: its own word, else its oldest service's."""
    if line.confirmed_on is not None or isinstance(line, PartnerService):
        return line.confirmed_on
    days = [service.confirmed_on for service in line.services]
    return min((day for day in days if day), default=None) if all(days) else None


def is_stale(line: Organisation | PartnerService) -> bool:
    """A directory line that nobody has confirmed for a week."""
    day = confirmed_on(line)
    return day is None or (utcnow().date() - day).days > STALE_DAYS


@blueprint.get("/partners/<int:partner_id>")
def partner(partner_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = session.get(Organisation, partner_id)
        if found is None:
            raise visibility.NotVisible("There is no such partner.")
        theirs = or_(Agreement.organisation_id == partner_id, Agreement.with_id == partner_id)
        together = (
            visibility.referrals(viewer())
            .where(
                Referral.id.in_(select(Party.referral_id).where(Party.organisation_id == partner_id)),
                Referral.status.not_in(("discarded", "duplicate")),
            )
            .order_by(Referral.id.desc())
            .limit(20)
        )
        return render_template(
            "web/partner.html",
            partner=found,
            parent=session.get(Organisation, found.parent_id) if found.parent_id else None,
            agreements=session.scalars(select(Agreement).where(theirs).order_by(Agreement.id)).all(),
            own_agreements={row.id for row in session.scalars(agreements.visible(viewer()).where(theirs))},
            may_agree=viewer().may_decide and bool(viewer().is_hub or viewer().organisation_id),
            today=today(),
            referrals=session.scalars(together).all(),
            is_stale=is_stale,
            confirmed_on=confirmed_on,
            stale_days=STALE_DAYS,
            may_confirm=may_change(partner_id),
            lines=profiles.LINES,
            called=profiles.called(
                session, [code for one in found.services for code in (*one.occupations, *one.programmes)]
            ),
            letters=choices.LETTERS,
            shown_as=choices.SHOWN_AS,
        )


@blueprint.post("/partners/<int:partner_id>/confirm")
def confirm(partner_id: int) -> ResponseReturnValue:
    """What the directory says of a partner is right today."""
    if not may_change(partner_id):
        raise visibility.NotVisible("There is no such page.")
    with writing() as session:
        found = session.get(Organisation, partner_id)
        if found is None:
            raise visibility.NotVisible("There is no such partner.")
        choices.confirm(session, found, today(), viewer().label)
    done("Confirmed as of today.")
    return back(url_for("partners.partner", partner_id=partner_id))


@blueprint.post("/partners/<int:partner_id>/choices")
def choose(partner_id: int) -> ResponseReturnValue:
    """How often letters come, and how others are told who is in touch with an employer."""
    if not may_change(partner_id):
        raise visibility.NotVisible("There is no such page.")
    with writing() as session:
        found = session.get(Organisation, partner_id)
        if found is None:
            raise visibility.NotVisible("There is no such partner.")
        letters, shown_as = request.form.get("letters", ""), request.form.get("shown_as", "")
        choices.choose(session, found, letters, shown_as, viewer().label)
    done("Noted.")
    return back(url_for("partners.partner", partner_id=partner_id))


@blueprint.get("/partners/new")
def form() -> ResponseReturnValue:
    """One partner by hand; with ?partner= a known one, to add what it is also called or writes from."""
    hub_only()
    number = request.args.get("partner", "")
    with reading() as session:
        known = session.get(Organisation, int(number)) if number.isdecimal() and len(number) < 10 else None
        return render_template("web/partner_form.html", partner=known, kinds=list(PartnerKind))


@blueprint.post("/partners/new")
def write_down() -> ResponseReturnValue:
    """Through the import, so that the same rules hold."""
    hub_only()
    entry = {key: request.form.get(key, "").strip()[:2000] for key in ("name", "kind", "description")}
    lists = {key: _several(request.form.get(key, "")) for key in ("aliases", "domains", "addresses")}
    with writing() as session:
        report = partners.import_directory(session, {"partners": [{**entry, **lists}]})
        if report.errors:
            raise WrongInput(report.errors[0].partition(": ")[2].capitalize() + ".")
        found = partners.by_name(session, entry["name"])
        session.add(AuditEntry(who=viewer().label, what="wrote down a partner", record=entry["name"]))
        partner_id = found.id if found else 0
    done("Added." if report.added else "Brought up to date.")
    return back(url_for("partners.partner", partner_id=partner_id))


def _several(value: str) -> list[str]:
    """Values with semicolons, commas or new lines between them."""
    return [part.strip()[:200] for part in re.split(r"[;,\n]", value) if part.strip()][:50]


@blueprint.post("/partners/<int:partner_id>/signs/<int:sign_id>/remove")
def forget_sign(partner_id: int, sign_id: int) -> ResponseReturnValue:
    """It is not called so, or does not write from there: mail is not recognised by it any more."""
    hub_only()
    with writing() as session:
        sign = session.get(OrganisationSign, sign_id)
        if sign is None or sign.organisation_id != partner_id:
            raise visibility.NotVisible("There is no such sign.")
        session.add(
            AuditEntry(
                who=viewer().label, what=f"removed the {sign.kind} {sign.value}", record=f"organisation {partner_id}"
            )
        )
        teaching.sign_forgotten(session, sign, viewer().label)
        session.delete(sign)
        partners.touch(session)
    done("Removed.")
    return back(url_for("partners.partner", partner_id=partner_id))
