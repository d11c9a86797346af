"""Lessons: what was learnt from corrections, in words, how often it was used; revoked, put in force, read again."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service import intake, lessons, teaching, visibility
from service.models import InboundMessage, Lesson, LessonUse
from service.web.site import back, done, hub_only, in_a_sentence, page_number, reading, viewer, writing

blueprint = Blueprint("lessons", __name__)
PAGE = 50
SHOWS = {"active": "In force", "waiting": "Seen once", "revoked": "Revoked", "corrections": "Corrections"}


@blueprint.get("/lessons")
def listing() -> ResponseReturnValue:
    show = request.args.get("show", "active")
    if show not in SHOWS:
        abort(404)
    with reading() as session:
        if show == "corrections":
            return _corrections(session)
        found = lessons.listing(viewer()).where(Lesson.state == show)
        rows = session.scalars(found.limit(PAGE + 1).offset((page_number() - 1) * PAGE)).all()
        return render_template(
            "web/lessons.html",
            show=show,
            shows=SHOWS,
            rows=rows[:PAGE],
            used=_used(session, [row.id for row in rows]),
            words=lessons.words,
            holds_for=lessons.holds_for,
            more=len(rows) > PAGE,
            page=page_number(),
        )


def _corrections(session: Session) -> ResponseReturnValue:
    """Everything that was corrected, the newest first; also what taught nothing."""
    found = lessons.corrections(viewer()).limit(PAGE + 1).offset((page_number() - 1) * PAGE)
    rows = session.scalars(found).all()
    return render_template(
        "web/corrections.html",
        show="corrections",
        shows=SHOWS,
        rows=rows[:PAGE],
        mails=_mails(session, {row.message_id for row in rows}),
        more=len(rows) > PAGE,
        page=page_number(),
    )


def _used(session: Session, ids: list[int]) -> dict[int, int]:
    """In how many mails each has a say."""
    found = select(LessonUse.lesson_id, func.count(func.distinct(LessonUse.message_id)))
    return dict(session.execute(found.where(LessonUse.lesson_id.in_(ids)).group_by(LessonUse.lesson_id)).all())


def _mails(session: Session, ids: set[int | None]) -> dict[int, InboundMessage]:
    """Those of the mails whose words this person may see."""
    found = session.scalars(visibility.messages(viewer()).where(InboundMessage.id.in_(ids - {None})))
    return {mail.id: mail for mail in found}


@blueprint.get("/lessons/<int:lesson_id>")
def lesson(lesson_id: int) -> ResponseReturnValue:
    with reading() as session:
        found = lessons.find(session, viewer(), lesson_id)
        used = list(dict.fromkeys(use.message_id for use in found.uses))
        taught = [row for row in found.corrections if not row.personal]
        return render_template(
            "web/lesson.html",
            lesson=found,
            sentence=lessons.words(found),
            holds_for=lessons.holds_for(found),
            used=used,
            corrections=taught,
            mails=_mails(session, {*used, *(row.message_id for row in taught)}),
            for_all=found.kind in teaching.FOR_ALL,
        )


@blueprint.post("/lessons/<int:lesson_id>/revoke")
def revoke(lesson_id: int) -> ResponseReturnValue:
    with writing() as session:
        teaching.put(session, lessons.find(session, viewer(), lesson_id), "revoked", viewer().label)
    done("Revoked: it is not used any more.", url_for("lessons.enable", lesson_id=lesson_id))
    return back(url_for("lessons.lesson", lesson_id=lesson_id))


@blueprint.post("/lessons/<int:lesson_id>/enable")
def enable(lesson_id: int) -> ResponseReturnValue:
    with writing() as session:
        teaching.put(session, lessons.find(session, viewer(), lesson_id), "active", viewer().label)
    done("In force from the next mail.", url_for("lessons.revoke", lesson_id=lesson_id))
    return back(url_for("lessons.lesson", lesson_id=lesson_id))


@blueprint.post("/lessons/<int:lesson_id>/everywhere")
def everywhere(lesson_id: int) -> ResponseReturnValue:
    """For every organisation, or for the one that it was learnt of: the hub says."""
    hub_only()
    wanted = request.form.get("wanted") == "yes"
    with writing() as session:
        found = lessons.find(session, viewer(), lesson_id)
        with in_a_sentence():
            teaching.everywhere(session, found, wanted, viewer().label)
    done("It holds for every organisation." if wanted else "It holds for the organisation that it was learnt of.")
    return back(url_for("lessons.lesson", lesson_id=lesson_id))


@blueprint.post("/lessons/<int:lesson_id>/read-again")
def read_again(lesson_id: int) -> ResponseReturnValue:
    """The mails in which it had a say, by what is known now."""
    with writing() as session:
        found = lessons.find(session, viewer(), lesson_id)
        used = {use.message_id for use in found.uses}
        for message_id in sorted(used):
            intake.read_again(session, message_id, viewer().label)
    count = len(used)
    done(f"{count} mail{'s are' if count != 1 else ' is'} read again now; look in a moment.")
    return back(url_for("lessons.lesson", lesson_id=lesson_id))
