"""Upload: .eml files and mbox files through the same door as the mailbox."""

import mailbox
import tempfile
from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from mail.values import RawMessage
from service import intake
from service.models import AuditEntry
from service.web.site import WrongInput, back, done, hub_only, viewer, writing

blueprint = Blueprint("upload", __name__)
MOST_MAILS = 5_000


@blueprint.before_request
def _who() -> None:
    hub_only()


@blueprint.get("/upload")
def form() -> ResponseReturnValue:
    return render_template("web/upload.html")


@blueprint.post("/upload")
def take_in() -> ResponseReturnValue:
    """Each mail is stored in a transaction of its own; it is read in a moment by the worker."""
    files = [file for file in request.files.getlist("file") if file.filename]
    if not files:
        raise WrongInput("Choose one or more .eml or .mbox files.")
    tell = request.form.get("tell") == "yes"
    vouched = "member" if request.form.get("member") == "yes" else "known"
    new = known = 0
    for file in files:
        for raw in mails(file):
            with writing() as session:
                _, is_new = intake.store(session, raw, vouched=vouched, tell=tell)
            new, known = new + is_new, known + (not is_new)
    with writing() as session:
        session.add(AuditEntry(who=viewer().label, what="uploaded mail", details={"new": new, "known": known}))
    done(f"{new} new mail{'' if new == 1 else 's'} taken in" + (f", {known} known already." if known else "."))
    return back(url_for("inbox.overview"))


def mails(file: FileStorage) -> Iterator[RawMessage]:
    """The mails of one uploaded file: an mbox begins with "From ". Raises WrongInput for what is no mail."""
    name = (file.filename or "upload").rpartition("/")[2].rpartition("\\")[2][:120]
    content = file.read()
    if not content.strip():
        raise WrongInput(f"{name} is empty.")
    if not content.startswith(b"From "):
        if not _looks_like_mail(content):
            raise WrongInput(f"{name} is no mail: save it as .eml or .mbox in your mail program.")
        yield RawMessage(content, f"upload:{name}")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mbox"
        path.write_bytes(content)
        box = mailbox.mbox(path, create=False)
        if len(box) > MOST_MAILS:
            raise WrongInput(f"{name} holds more than {MOST_MAILS} mails; use `loopin ingest` for it.")
        for number, key in enumerate(box.keys(), 1):
            yield RawMessage(box.get_bytes(key), f"upload:{name}#{number}")


def _looks_like_mail(content: bytes) -> bool:
    """Some header line near the top, and no NUL among the first bytes."""
    top = content[:2000].lstrip(b"\xef\xbb\xbf\r\n")
    first = top.split(b"\n", 1)[0]
    name = first.partition(b":")[0]
    return b":" in first and b"\x00" not in top and 0 < len(name) < 80 and b" " not in name.strip()
