"""The JSON document of a mail (CONTRACT.md, "The JSON of loopin parse")."""

from collections.abc import Sequence
from typing import Any

from mail.classify import Verdict, verdict
from mail.directory import Directory
from mail.excerpts import Excerpt
from mail.message import parse_message
from mail.people import contacts
from mail.plain import to_json
from mail.text import without_banner, without_list_footer
from mail.thread import take_apart
from mail.values import (
    Address,
    Introduction,
    ParsedMessage,
    Thread,
    Turn,
    UnreadableMessage,
)


def read_document(content: bytes, directory: Directory | None = None, *, structure: bool = False) -> dict[str, Any]:
    """Everything read in a mail. `structure` leaves the introduction out. Never raises for what the bytes hold: a mail
    that can't be read has "error", one sentence, and kind "other"."""
    try:
        parsed = parse_message(content)
        thread = take_apart(parsed)
    except UnreadableMessage as error:
        return {"error": str(error), "introduction": {"kind": "other"}}
    judged = verdict(parsed, thread)
    document = structure_document(parsed, thread, judged)
    if not structure:
        from mail.introduction import SILENT, read_mail
        from mail.parties.rosters import attached_texts

        attached, unread = ((), ()) if judged.name in SILENT else attached_texts(parsed)
        document["notes"] += unread
        introduction, offer = read_mail(parsed, thread, directory or Directory(), attached, judged)
        document["introduction"] = to_json(introduction)
        document["offer"] = to_json(offer) if offer else None
        _show_attached(document, introduction, attached)
    return document


def _show_attached(document: dict[str, Any], introduction: Introduction, attached: Sequence[Excerpt]) -> None:
    """The words of attachments from which a value was read, and where each of their lines stands in the file."""
    used = {fact.part for fact in introduction.facts}
    texts = {text.part: text for text in attached if text.part in used}
    for file in document["attachments"]:
        text = texts.get(f"attachment:{file['name']}")
        if text is not None:
            file["text"] = text.shown[: len(text.text)]
            file["places"] = list(text.places[: file["text"].count("\n") + 1])


def read_structure(content: bytes, directory: Directory | None = None) -> dict[str, Any]:
    """The document without its introduction, for callers that name a function and no option."""
    return read_document(content, directory, structure=True)


def structure_document(parsed: ParsedMessage, thread: Thread, judged: Verdict) -> dict[str, Any]:
    """The document without its introduction."""
    chain = [_turn(turn) for turn in thread.turns]
    forwarded = thread.forward_kind is not None
    first = chain[0] if chain else None
    return {
        "message_id": parsed.message_id,
        "in_reply_to": parsed.header("in-reply-to"),
        "references": parsed.header("references").split(),
        "date": parsed.date,
        "subject": parsed.subject,
        "from": _address(parsed.sender),
        "to": [_address(address) for address in parsed.to],
        "cc": [_address(address) for address in parsed.cc],
        "forwarded": forwarded,
        "forward_kind": thread.forward_kind,
        "message": thread.message,
        "original": first if forwarded else None,
        "chain": chain,
        "reply": _reply(thread),
        "quoted_original": None if forwarded else first,
        "contacts": [to_json(contact) for contact in contacts(parsed, thread)],
        "verdict": {"name": judged.name, "reason": judged.reason},
        "attachments": [
            {"name": file.name, "content_type": file.content_type, "size": len(file.content)}
            for file in parsed.attachments
        ],
        "sealed": parsed.sealed,
        "notes": list(parsed.notes),
        "set_aside": list(thread.set_aside),
    }


def _reply(thread: Thread) -> dict[str, str]:
    """Newest words, and the rest of the text in its order.

    A name alone under the words is no signature but their end. Where stripping quotes would leave nothing, the first
    quoted mail's own words are kept.
    """
    text, signature = thread.reply_text, thread.signature
    if text and signature and "\n" not in signature and thread.message.endswith(signature):
        text, signature = thread.message, ""
    if not text and thread.turns:
        text = thread.turns[0].text
    return {"text": text, "quoted": _rest(_by_people(thread.text), text), "signature": signature}


def _by_people(text: str) -> str:
    """A text without the banner above it and the list footer below, which are set aside and quoted by nobody."""
    lines, _ = without_banner(text.split("\n"))
    return "\n".join(without_list_footer(lines)[0])


def _rest(whole: str, newest: str) -> str:
    """The lines of a text that are not among its newest words."""
    rest, wanted = [], iter(newest.split("\n"))
    line_wanted = next(wanted, None)
    for line in whole.split("\n"):
        if line_wanted is not None and line.strip(" >|") == line_wanted.strip(" >|"):
            line_wanted = next(wanted, None)
        else:
            rest.append(line)
    return "\n".join(rest).strip("\n")


def _address(address: Address) -> dict[str, str]:
    return {"name": address.name, "address": address.address}


def _turn(turn: Turn) -> dict[str, Any]:
    return {
        "from": _address(turn.sender),
        "to": [_address(address) for address in turn.to],
        "cc": [_address(address) for address in turn.cc],
        "subject": turn.subject,
        "date": turn.date,
        "date_raw": turn.date_raw,
        "body": turn.body,
        "forwarded": turn.forwarded,
    }
