"""/api/v1: what one may see, as JSON, by session cookie or bearer token; mail can be handed in with a token."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, abort, g, jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import selectinload

from mail.values import RawMessage
from service import api_calls, intake, lessons, partners, teaching, visibility
from service.models import AuditEntry, Lesson, Need, Party, Placement, Referral
from service.queries.referral import covers
from service.web.site import reading, viewer, writing

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
PAGE = 100
MOST_BYTES = 36 * 1024 * 1024


class PartyShape(BaseModel):
    organisation: str
    role: str
    answer: str


class NeedShape(BaseModel):
    id: int
    referral_id: int
    title: str
    openings: int | None
    left: int | None
    wage_min: float | None
    wage_max: float | None
    wage_unit: str | None
    location: str | None
    start_date: date | None
    pathway: str | None
    populations: list[str]
    requirements: list[str]
    occupation: str
    receiving_org: str | None
    state: str


class ReferralShape(BaseModel):
    id: int
    kind: str
    status: str
    subject: str
    employer: str | None
    parties: list[PartyShape]
    needs: list[NeedShape]
    introduced_at: datetime | None
    due: datetime | None
    outcome: str
    reason: str


class CreditShape(BaseModel):
    organisation: str
    role: str
    state: str


class PlacementShape(BaseModel):
    """`candidate` is initials where consent does not reach the reader."""

    id: int
    referral_id: int | None
    candidate: str
    employer: str | None
    job: str | None
    status: str
    start_date: date | None
    verified_by: str
    verified_on: date | None
    credits: list[CreditShape]


class PartnerShape(BaseModel):
    model_config = ConfigDict(extra="allow")

    name: str
    aliases: list[str]
    domains: list[str]
    addresses: list[str]
    kind: str
    description: str


class LessonShape(BaseModel):
    """What was learnt from corrections, `said` in a sentence. `used`: in how many mails it has a say."""

    id: int
    kind: str
    said: str
    state: str
    organisation: str | None
    everywhere: bool
    sender: str
    taught: int
    against: int
    taught_by: str
    taught_at: datetime
    used: int


class TakenIn(BaseModel):
    """`id` names the mail; `new` is false where it was known already."""

    id: int
    new: bool


class Refusal(BaseModel):
    error: str


def _after() -> tuple[int, int]:
    """`after` (the last id of the page before) and `limit` out of the URL."""
    found = []
    for name, default, most in (("after", 0, 2**31), ("limit", PAGE, PAGE)):
        value = request.args.get(name, str(default))
        if not value.isdecimal() or int(value) > most:
            abort(400)
        found.append(int(value))
    return found[0], max(1, found[1])


def _list(shapes: list[BaseModel], last_id: int | None) -> ResponseReturnValue:
    return jsonify(items=[shape.model_dump(mode="json") for shape in shapes], next_after=last_id)


def _last(rows: Any, limit: int) -> int | None:
    return rows[-1].id if len(rows) == limit else None


@blueprint.get("/referrals")
def referrals() -> ResponseReturnValue:
    after, limit = _after()
    with reading() as session:
        load = (selectinload(Referral.parties).joinedload(Party.organisation), selectinload(Referral.needs))
        found = (
            visibility.referrals(viewer()).where(Referral.id > after).options(*load).order_by(Referral.id).limit(limit)
        )
        rows = session.scalars(found).all()
        hidden = covers(session, viewer(), [row.id for row in rows])
        return _list([_referral(row, hidden[row.id]) for row in rows], _last(rows, limit))


@blueprint.get("/referrals/<int:referral_id>")
def referral(referral_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = visibility.get(session, viewer(), Referral, referral_id)
        return jsonify(_referral(found, covers(session, viewer(), [referral_id])[referral_id]).model_dump(mode="json"))


def _referral(row: Referral, cover: Any) -> ReferralShape:
    return ReferralShape(
        id=row.id,
        kind=row.kind,
        status=row.status,
        subject=cover(row.subject),
        employer=row.employer.name if row.employer else None,
        parties=[PartyShape(organisation=p.organisation.name, role=p.role, answer=p.answer) for p in row.parties],
        needs=[_need(need) for need in row.needs],
        introduced_at=row.introduced_at,
        due=row.due,
        outcome=row.outcome,
        reason=row.reason,
    )


@blueprint.get("/needs")
def needs() -> ResponseReturnValue:
    after, limit = _after()
    with reading() as session:
        rows = session.scalars(visibility.needs(viewer()).where(Need.id > after).order_by(Need.id).limit(limit)).all()
        return _list([_need(row) for row in rows], _last(rows, limit))


def _need(row: Need) -> NeedShape:
    return NeedShape(
        id=row.id,
        referral_id=row.referral_id,
        title=row.title,
        openings=row.openings,
        left=row.left,
        wage_min=row.wage_min,
        wage_max=row.wage_max,
        wage_unit=row.wage_unit,
        location=row.location,
        start_date=row.start_on,
        pathway=row.pathway,
        populations=row.populations,
        requirements=row.requirements,
        occupation=row.occupation_code,
        receiving_org=row.receiving.name if row.receiving else None,
        state=row.state,
    )


@blueprint.get("/placements")
def placements() -> ResponseReturnValue:
    after, limit = _after()
    with reading() as session:
        found = visibility.placements(viewer()).where(Placement.id > after).order_by(Placement.id).limit(limit)
        rows = session.scalars(found).all()
        return _list([_placement(row) for row in rows], _last(rows, limit))


def _placement(row: Placement) -> PlacementShape:
    return PlacementShape(
        id=row.id,
        referral_id=row.referral_id,
        candidate=visibility.candidate_name(viewer(), row.candidate),
        employer=row.employer.name if row.employer else None,
        job=row.need.title if row.need else None,
        status=row.status,
        start_date=row.start_on,
        verified_by=row.verified_source,
        verified_on=row.verified_on,
        credits=[CreditShape(organisation=c.organisation.name, role=c.role, state=c.state) for c in row.credits],
    )


@blueprint.get("/lessons")
def all_lessons() -> ResponseReturnValue:
    after, limit = _after()
    with reading() as session:
        found = lessons.listing(viewer()).where(Lesson.id > after).order_by(None).order_by(Lesson.id).limit(limit)
        rows = session.scalars(found).all()
        return _list([_lesson(row) for row in rows], _last(rows, limit))


@blueprint.post("/lessons/<int:lesson_id>")
def put_lesson(lesson_id: int) -> ResponseReturnValue:
    """{"state": "revoked"} or {"state": "active"}. With a bearer token only."""
    with writing() as session:
        found = lessons.find(session, viewer(), lesson_id)
        if not g.by_bearer:
            return jsonify(error="A lesson is changed with a bearer token."), 403
        asked = request.get_json(silent=True)
        state = asked.get("state") if isinstance(asked, dict) else None
        if state not in ("active", "revoked"):
            return jsonify(error='Say {"state": "revoked"} or {"state": "active"}.'), 400
        teaching.put(session, found, state, viewer().label)
        return jsonify(_lesson(found).model_dump(mode="json"))


def _lesson(row: Lesson) -> LessonShape:
    return LessonShape(
        id=row.id,
        kind=row.kind,
        said=lessons.words(row),
        state=row.state,
        organisation=row.organisation.name if row.organisation else None,
        everywhere=row.everywhere,
        sender=row.sender,
        taught=row.taught,
        against=row.against,
        taught_by=lessons.person(row.taught_by),
        taught_at=row.taught_at,
        used=len({use.message_id for use in row.uses}),
    )


@blueprint.get("/partners")
def all_partners() -> ResponseReturnValue:
    """The contract's directory; agreements are not part of it."""
    with reading() as session:
        known = partners.directory(session)["partners"]
    return jsonify(items=[{k: v for k, v in entry.items() if k != "agreements"} for entry in known], next_after=None)


@blueprint.post("/messages")
def take_in() -> ResponseReturnValue:
    """One mail, as it is, in the body (message/rfc822). With a bearer token of a hub coordinator only."""
    if not g.by_bearer or not viewer().is_hub:
        return jsonify(error="Mail is handed in with a bearer token of a hub coordinator."), 403
    content = request.get_data()
    if not content.strip() or len(content) > MOST_BYTES:
        return jsonify(error="Send one mail as it is, 36 MB at most, as the body."), 400
    with writing() as session:
        message_id, is_new = intake.store(session, RawMessage(content, "api:messages"), vouched="known")
        session.add(AuditEntry(who=viewer().label, what="handed in a mail", record=f"message {message_id}"))
    return jsonify(TakenIn(id=message_id, new=is_new).model_dump()), 201 if is_new else 200


def _public(view: Any) -> Any:
    view.is_public = True
    return view


@blueprint.get("/openapi.json")
@_public
def openapi() -> Response:
    return jsonify(document())


def document() -> dict[str, Any]:
    """The OpenAPI 3.1 document, made of the same models as the answers."""
    shapes = (ReferralShape, NeedShape, PlacementShape, PartnerShape, LessonShape, TakenIn, Refusal)
    shapes += api_calls.SHAPES
    schemas: dict[str, Any] = {}
    for shape in shapes:
        schema = shape.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs", {}))
        schemas[shape.__name__] = schema
    lists = {"referrals": ReferralShape, "needs": NeedShape, "placements": PlacementShape, "partners": PartnerShape}
    lists["lessons"] = LessonShape
    paths: dict[str, Any] = {f"/{name}": {"get": _listed(name, shape)} for name, shape in lists.items()}
    number = {"name": "referral_id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}
    paths["/referrals/{referral_id}"] = {
        "get": {"summary": "One referral", "parameters": [number], "responses": _answers(_ref(ReferralShape), 404)}
    }
    paths["/lessons/{lesson_id}"] = {"post": _lesson_path()}
    paths |= api_calls.paths(_answers, _ref)
    mail = {"required": True, "content": {"message/rfc822": {"schema": {"type": "string", "format": "binary"}}}}
    paths["/messages"] = {
        "post": {
            "summary": "Hand in one mail",
            "security": [{"bearer": []}],
            "requestBody": mail,
            "responses": _answers(_ref(TakenIn), 400, 403) | {"201": _json(_ref(TakenIn), "Taken in")},
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "Loopin", "version": "1", "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}, {"cookie": []}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "loopin"},
            },
        },
    }


def _lesson_path() -> dict[str, Any]:
    state = {"type": "object", "required": ["state"], "properties": {"state": {"enum": ["active", "revoked"]}}}
    number = {"name": "lesson_id", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 0}}
    return {
        "summary": "Revoke a lesson, or put it in force",
        "security": [{"bearer": []}],
        "parameters": [number],
        "requestBody": {"required": True, "content": {"application/json": {"schema": state}}},
        "responses": _answers(_ref(LessonShape), 400, 403, 404),
    }


def _listed(name: str, shape: type[BaseModel]) -> dict[str, Any]:
    following = {"type": ["integer", "null"], "description": "give it as `after` for the next page"}
    schema = {
        "type": "object",
        "required": ["items", "next_after"],
        "properties": {"items": {"type": "array", "items": _ref(shape)}, "next_after": following},
    }
    if name == "partners":
        return {"summary": "The partner directory", "responses": _answers(schema)}
    return {
        "summary": f"The {name} that you may see, by id",
        "parameters": [
            {"name": "after", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 2**31}},
            {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": PAGE}},
        ],
        "responses": _answers(schema, 400),
    }


def _ref(shape: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape.__name__}"}


def _json(schema: dict[str, Any], words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": schema}}}


def _answers(schema: dict[str, Any], *refusals: int) -> dict[str, Any]:
    said = {400: "It could not be understood", 403: "Not for this account", 404: "Nothing here that you may see"}
    found = {"200": _json(schema, "Found"), "401": _json(_ref(Refusal), "Sign in first")}
    return found | {str(code): _json(_ref(Refusal), said[code]) for code in refusals}
