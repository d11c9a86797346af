"""A mail's bytes and attachments, always as downloads, to who may see its words."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from mail.message import parse_message
from mail.values import ParsedMessage, UnreadableMessage
from service.queries import inbox as query
from service.visibility import NotVisible
from service.web.audit import looked_at_words
from service.web.files import download
from service.web.site import reading, viewer

blueprint = Blueprint("messages", __name__)


@blueprint.get("/messages/<int:message_id>")
def message(message_id: int) -> ResponseReturnValue:
    return redirect(url_for("inbox.message", message_id=message_id, show="all"))


@blueprint.get("/messages/<int:message_id>/raw")
def raw(message_id: int) -> ResponseReturnValue:
    """The mail byte for byte, as text."""
    with reading() as session:
        found = query.raw(session, viewer(), message_id)
        content = found.content
    looked_at_words(found, uncovered=True)
    return download(content, "text/plain; charset=utf-8", f"mail-{message_id}.eml.txt")


@blueprint.get("/messages/<int:message_id>/attachments/<int:number>")
def attachment(message_id: int, number: int) -> ResponseReturnValue:
    with reading() as session:
        found = query.raw(session, viewer(), message_id)
        content = found.content
    try:
        parsed = parse_message(content)
    except UnreadableMessage as error:
        raise NotVisible(str(error)) from error
    files = attachments(parsed)
    if not 0 < number <= len(files):
        raise NotVisible("That mail has no such attachment.")
    looked_at_words(found, uncovered=True)
    name, data = files[number - 1]
    return download(data, "application/octet-stream", name)


def attachments(parsed: ParsedMessage) -> list[tuple[str, bytes]]:
    """Those of the mail itself and of mails attached to it."""
    own = [(file.name, file.content) for file in parsed.attachments]
    return own + [file for inner in parsed.attached for file in attachments(inner)]
