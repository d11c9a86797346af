"""/api/v1 of talent calls and of fits: who was asked, who was sent, who fits a need; masked as on the pages."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from pydantic import BaseModel

from service import visibility
from service.models import Candidate, Need
from service.queries import calls as query
from service.queries import fits
from service.queries.openings import Openings
from service.web.site import page_number, reading, viewer

if TYPE_CHECKING:
    from matching.fits import Fit

blueprint = Blueprint("api_calls", __name__, url_prefix="/api/v1")


class OpeningsShape(BaseModel):
    total: int | None
    left: int | None
    filled: dict[str, int]
    shares: dict[str, int]
    unasked: int | None


class AskShape(BaseModel):
    """`takes`: how many openings, where the call offers them."""

    organisation: str
    state: str
    answered_at: datetime | None
    late: bool
    people: int
    takes: int | None


class SentShape(BaseModel):
    """`candidate` is initials, and `sent_by` null, where consent does not reach the reader."""

    id: int
    candidate: str
    sent_by: str | None
    at: datetime
    late: bool
    consent: str
    status: str


class CallShape(BaseModel):
    """`whole` false: the reader's organisation was asked, and sees its own part."""

    id: int
    need_id: int
    title: str
    deadline: datetime
    closed_at: datetime | None
    whole: bool
    offers_opening: bool
    openings: OpeningsShape
    asks: list[AskShape]
    people: list[SentShape]


class ReasonShape(BaseModel):
    reason: str
    weight: float


class FitShape(BaseModel):
    """A candidate of the reader's own organisation, or of another one by consent."""

    candidate_id: int
    candidate: str
    organisation: str | None
    score: float
    why: list[ReasonShape]
    why_not: list[ReasonShape]


class FittingNeedShape(BaseModel):
    need_id: int
    title: str
    employer: str | None
    start_date: date | None
    score: float
    why: list[ReasonShape]
    why_not: list[ReasonShape]


SHAPES = (CallShape, FitShape, FittingNeedShape)


@blueprint.get("/calls")
def calls() -> ResponseReturnValue:
    """The newest first, a page at a time (`page`)."""
    with reading() as session:
        lines = query.listing(session, viewer(), "all", query.PAGE, (page_number() - 1) * query.PAGE)
        found = [_call(query.opened(session, viewer(), line.call.id)) for line in lines]
        more = page_number() + 1 if len(found) == query.PAGE else None
        return jsonify(items=[one.model_dump(mode="json") for one in found], next_page=more)


@blueprint.get("/calls/<int:call_id>")
def call(call_id: int) -> ResponseReturnValue:
    with reading() as session:
        return jsonify(_call(query.opened(session, viewer(), call_id)).model_dump(mode="json"))


def _call(found: query.Opened) -> CallShape:
    sent = [
        *((person, answer.ask.organisation.name) for answer in found.answers for person in answer.people),
        *((person, None) for person in found.unnamed),
    ]
    return CallShape(
        id=found.call.id,
        need_id=found.need.id,
        title=found.need.title,
        deadline=found.call.deadline,
        closed_at=found.call.closed_at,
        whole=found.whole,
        offers_opening=found.call.offers_opening,
        openings=_openings(found.openings),
        asks=[
            AskShape(
                organisation=answer.ask.organisation.name,
                state=answer.ask.state,
                answered_at=answer.ask.answered_at,
                late=answer.ask.late,
                people=answer.count,
                takes=answer.ask.openings,
            )
            for answer in found.answers
        ],
        people=[_sent(person, name) for person, name in sent],
    )


def _sent(person: query.Person, organisation: str | None) -> SentShape:
    row = person.submission
    return SentShape(
        id=row.id,
        candidate=visibility.candidate_name(viewer(), row.candidate, row),
        sent_by=organisation,
        at=row.at,
        late=person.late,
        consent=row.candidate.consent if row.candidate.consent != "none" else row.consent,
        status=row.status,
    )


def _openings(found: Openings) -> OpeningsShape:
    return OpeningsShape(
        total=found.total, left=found.left, filled=dict(found.by), shares=dict(found.shares), unasked=found.unasked
    )


@blueprint.get("/needs/<int:need_id>/candidates")
def candidates(need_id: int) -> ResponseReturnValue:
    """Candidates who fit a need that one sees, best first."""
    with reading() as session:
        need = visibility.get(session, viewer(), Need, need_id)
        found = [
            FitShape(
                candidate_id=one.candidate.id,
                candidate=visibility.candidate_name(viewer(), one.candidate),
                organisation=one.organisation.name if one.organisation else None,
                **_reasons(one.fit),
            )
            for one in fits.candidates_for(session, viewer(), need)
        ]
        return jsonify(items=[one.model_dump(mode="json") for one in found])


@blueprint.get("/candidates/<int:candidate_id>/needs")
def needs(candidate_id: int) -> ResponseReturnValue:
    """Open needs that fit a candidate whose name one may read, best first."""
    with reading() as session:
        person = visibility.known_to(viewer(), visibility.get(session, viewer(), Candidate, candidate_id))
        found = [
            FittingNeedShape(
                need_id=one.need.id,
                title=one.need.title,
                employer=one.need.referral.employer.name if one.need.referral.employer else None,
                start_date=one.need.start_on,
                **_reasons(one.fit),
            )
            for one in fits.needs_for(session, viewer(), person)
        ]
        return jsonify(items=[one.model_dump(mode="json") for one in found])


def _reasons(fit: "Fit") -> dict[str, Any]:
    return {
        "score": round(fit.score, 3),
        "why": [ReasonShape(reason=reason.words, weight=reason.weight) for reason in fit.why],
        "why_not": [ReasonShape(reason=reason.words, weight=reason.weight) for reason in fit.why_not],
    }


def paths(answers: Callable[..., Any], ref: Callable[[type[BaseModel]], Any]) -> dict[str, Any]:
    """What the OpenAPI document says of these routes."""

    def listed(shape: type[BaseModel]) -> dict[str, Any]:
        items = {"type": "array", "items": ref(shape)}
        return {"type": "object", "required": ["items"], "properties": {"items": items}}

    def number(name: str) -> list[dict[str, Any]]:
        return [{"name": name, "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}]

    page = [{"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1}}]
    return {
        "/calls": {"get": {"summary": "Talent calls", "parameters": page, "responses": answers(listed(CallShape))}},
        "/calls/{call_id}": {
            "get": {"summary": "One call", "parameters": number("call_id"), "responses": answers(ref(CallShape), 404)}
        },
        "/needs/{need_id}/candidates": {
            "get": {
                "summary": "Candidates who fit",
                "parameters": number("need_id"),
                "responses": answers(listed(FitShape), 404),
            }
        },
        "/candidates/{candidate_id}/needs": {
            "get": {
                "summary": "Open needs that fit",
                "parameters": number("candidate_id"),
                "responses": answers(listed(FittingNeedShape), 404),
            }
        },
    }
