"""A partner's services, line by line with Change links; proposed occupations; and the partner's own page by a link."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from service import choices, profile_links, profiles, visibility
from service.models import Organisation, PartnerService, utcnow
from service.web.site import back, done, hub_only, public, reading, site, viewer, writing, wrong
from terms.kinds import Pathway, Population, ServiceKind

blueprint = Blueprint("profiles", __name__)
CHOICES = {"populations": list(Population), "pathways": list(Pathway), "choice": list(ServiceKind)}


def may_change(partner_id: int) -> bool:
    """The hub's coordinators, and those of the partner itself."""
    return viewer().may_decide and (viewer().is_hub or viewer().organisation_id == partner_id)


def today() -> date:
    return utcnow().astimezone(site().settings.zone).date()


def _partner(session: Session, partner_id: int) -> Organisation:
    found = session.get(Organisation, partner_id)
    if found is None or not may_change(partner_id):
        raise visibility.NotVisible("There is no such page.")
    return found


def _service(session: Session, partner_id: int, service_id: int) -> PartnerService:
    found = next((one for one in _partner(session, partner_id).services if one.id == service_id), None)
    if found is None:
        raise visibility.NotVisible("There is no such service.")
    return found


@blueprint.get("/partners/<int:partner_id>/services/new")
def new(partner_id: int) -> ResponseReturnValue:
    with reading() as session:
        partner = _partner(session, partner_id)
        return render_template("web/service_new.html", partner=partner, kinds=CHOICES["choice"])


@blueprint.post("/partners/<int:partner_id>/services/new")
def add(partner_id: int) -> ResponseReturnValue:
    with writing() as session:
        partner = _partner(session, partner_id)
        typed = {key: request.form.get(key, "") for key in ("name", "kind", "description")}
        profiles.add(session, partner, who=viewer().label, **typed)
    done("Added. Say which occupations it serves, so that it is suggested.")
    return back(url_for("profiles.proposed", partner_id=partner_id))


@blueprint.get("/partners/<int:partner_id>/services/<int:service_id>/change/<field>")
def change_form(partner_id: int, service_id: int, field: str) -> ResponseReturnValue:
    with reading() as session:
        service = _service(session, partner_id, service_id)
        line = profiles.LINES.get(field)
        if line is None:
            raise visibility.NotVisible("There is no such line.")
        home = url_for("partners.partner", partner_id=partner_id)
        return render_template(
            "web/line_change.html",
            crumbs=((url_for("partners.listing"), "Partners"), (home, service.organisation.name)),
            of=service.name,
            line=line,
            value=getattr(service, field),
            choices=CHOICES.get(line.form, ()),
            optional=True,
            action=url_for("profiles.change", partner_id=partner_id, service_id=service_id, field=field),
            cancel=home,
        )


@blueprint.post("/partners/<int:partner_id>/services/<int:service_id>/change/<field>")
def change(partner_id: int, service_id: int, field: str) -> ResponseReturnValue:
    with writing() as session:
        service = _service(session, partner_id, service_id)
        profiles.change(session, service, field, request.form.getlist("value"), viewer().label)
    done("Changed.")
    return back(url_for("partners.partner", partner_id=partner_id))


@blueprint.post("/partners/<int:partner_id>/services/<int:service_id>/confirm")
def confirm(partner_id: int, service_id: int) -> ResponseReturnValue:
    with writing() as session:
        profiles.confirm(session, _service(session, partner_id, service_id), today(), viewer().label)
    done("Confirmed as of today.")
    return back(url_for("partners.partner", partner_id=partner_id))


@blueprint.post("/partners/<int:partner_id>/services/<int:service_id>/remove")
def remove(partner_id: int, service_id: int) -> ResponseReturnValue:
    with writing() as session:
        profiles.remove(session, _service(session, partner_id, service_id), viewer().label)
    done("Removed.")
    return back(url_for("partners.partner", partner_id=partner_id))


@blueprint.get("/partners/<int:partner_id>/occupations")
def proposed(partner_id: int) -> ResponseReturnValue:
    """Occupations that the services' own words suggest, to take or to refuse."""
    with reading() as session:
        partner = _partner(session, partner_id)
        found = profiles.proposals(session, partner.services)
        return render_template(
            "web/partner_occupations.html",
            partner=partner,
            services=partner.services,
            proposals=found,
            called=_called(session, partner.services),
            action=url_for("profiles.answer", partner_id=partner_id),
        )


def _called(session: Session, services: list[PartnerService]) -> dict[str, str]:
    return profiles.called(session, [code for one in services for code in (*one.occupations, *one.programmes)])


@blueprint.post("/partners/<int:partner_id>/occupations")
def answer(partner_id: int) -> ResponseReturnValue:
    with writing() as session:
        partner = _partner(session, partner_id)
        for service in partner.services:
            _answer(session, service, viewer().label)
    done("Noted. What you refused is not proposed again.")
    return back(url_for("partners.partner", partner_id=partner_id))


def _answer(session: Session, service: PartnerService, who: str) -> None:
    """What the boxes of one service say: shown ones that are ticked are taken, the others refused."""
    shown = request.form.getlist(f"shown-{service.id}")[:20]
    taken = request.form.getlist(f"code-{service.id}")[:20]
    if shown:
        profiles.answer_proposals(session, service, taken, [code for code in shown if code not in taken], who)


@blueprint.post("/partners/<int:partner_id>/ask")
def ask(partner_id: int) -> ResponseReturnValue:
    """A letter to the partner with the link to its own page."""
    hub_only()
    with writing() as session:
        partner = _partner(session, partner_id)
        letter = profile_links.ask(session, partner, viewer().label)
        words = f"A letter to {letter.recipient} is in the outbox." if letter else "They were asked today already."
    done(words)
    return back(url_for("partners.partner", partner_id=partner_id))


@blueprint.get("/profile/<token>")
@public
def own_page(token: str) -> ResponseReturnValue:
    try:
        with reading() as session:
            link = profile_links.read(session, site().settings, token)
            services = link.organisation.services
            return render_template(
                "web/profile.html",
                link=link,
                token=token,
                services=services,
                proposals=profiles.proposals(session, services),
                called=_called(session, services),
                lines=profiles.LINES,
            )
    except profile_links.BadToken as error:
        return _gone(error)


def _gone(error: Exception) -> ResponseReturnValue:
    sentence = f"{error} Ask the hub for a new one."
    return render_template("web/error.html", sentence=sentence, code=410), 410


@blueprint.post("/profile/<token>")
@public
def own_change(token: str) -> ResponseReturnValue:
    """Everything on the page at once: occupations, room, what is closed; and that it is right as of today."""
    try:
        with writing() as session:
            link = profile_links.read(session, site().settings, token)
            for service in link.organisation.services:
                _answer(session, service, link.who)
                for field in ("capacity", "closed", "areas"):
                    if (name := f"{field}-{service.id}") in request.form:
                        profiles.change(session, service, field, request.form.getlist(name), link.who)
            choices.confirm(session, link.organisation, today(), link.who)
    except profile_links.BadToken as error:
        return _gone(error)
    except profiles.WrongLine as error:
        wrong(str(error))
    else:
        done("Thank you: noted, and confirmed as of today.")
    return redirect(url_for("profiles.own_page", token=token), code=303)
