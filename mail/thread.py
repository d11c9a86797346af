"""Undo forwarding and quoting: the newest words of a mail, and the mails that stand below them, outermost first."""

import re
from dataclasses import dataclass, replace

from mail.mime.clients import END_OF_FORWARD
from mail.quoting.attribution import wrote
from mail.quoting.blocks import block, divided, divider
from mail.quoting.lines import Head, Line, to_lines
from mail.quoting.signature import split_signature
from mail.text import is_device_footer, is_rule, readable_text, without_banner, without_footers, without_list_footer
from mail.values import Address, ParsedMessage, Thread, Turn

_PREFIX = re.compile(r"^\s*[^\W\d_]{1,4}(?:\[\d{1,3}\])?\s?[:：]\s*")
_MOST_TURNS = 60
_MOST_ATTACHED = 2_000_000  # characters of attached mails that are taken apart
_LONGEST_WHOLE = 100_000  # characters of an attached mail that is not
_MOST_SEARCHED = 8_000  # lines in which heads are looked for; more is no correspondence
_REPLY_PREFIX = (
    "re:",
    "aw:",
    "sv:",
    "antw:",
    "odp:",
    "ynt:",
    "res:",
    "ref:",
    "rif:",
    "回复:",
    "回覆:",
    "re[",
    "atb:",
    "vá:",
    "отв:",
    "на:",
)


@dataclass(frozen=True, slots=True)
class _Cut:
    """The text with its heads, and what stands above the first of them."""

    lines: list[Line]
    heads: list[Head]


def take_apart(parsed: ParsedMessage) -> Thread:
    """Newest words, signature, and the chain of forwarded or quoted mails, whatever client made them.

    Mails attached as files come first in the chain: their own headers are surer than any quoted ones.
    """
    text, links = readable_text(parsed)
    kept, footer = without_list_footer(text.split("\n"))
    lines = to_lines("\n".join(kept))
    cut = _Cut(lines, find_heads(lines, parsed.subject))
    thread = _threaded(parsed, cut) if cut.heads else _single(parsed, cut)
    attached = _attached_turns(parsed)
    if attached and parsed.content_type != "multipart/report":
        thread = replace(thread, forward_kind="attachment", turns=(*attached, *thread.turns))
    return replace(thread, text=text, links=links, set_aside=(*thread.set_aside, *footer))


def _attached_turns(parsed: ParsedMessage) -> tuple[Turn, ...]:
    """Each attached mail and, below it, the mails that stand in it; those of a mail beyond all measure stay whole."""
    turns: list[Turn] = []
    room = _MOST_ATTACHED
    for mail in parsed.attached:
        room -= len(mail.text) + len(mail.html)
        if room < 0:
            turns.append(_turn_of(mail, mail.text[:_LONGEST_WHOLE].strip()))
            continue
        inner = take_apart(mail)
        body = "\n".join(without_footers(without_banner(inner.text.split("\n"))[0])[0]).strip()
        turns.extend((_turn_of(mail, body, inner.message), *inner.turns))
    return tuple(turns)


def _turn_of(mail: ParsedMessage, body: str, text: str | None = None) -> Turn:
    """An attached mail under its own headers; `text` are its author's words where they are known apart."""
    words = body if text is None else text
    return Turn(mail.sender, mail.to, mail.cc, mail.subject, mail.date, mail.header("date"), body, words, True)


def find_heads(lines: list[Line], subject: str = "") -> list[Head]:
    """Every head of the text in order. `subject` is that of the mail around, which tells a wrapped subject's end."""
    heads: list[Head] = []
    position = 0
    while position < min(len(lines), _MOST_SEARCHED) and len(heads) < _MOST_TURNS:
        head = _head_at(lines, position, subject)
        if head is None or (heads and head.start < heads[-1].end):
            position += 1
            continue
        _take_rule_above(lines, head)
        if heads and _says_nothing_before(lines, heads[-1], head):
            empty = heads.pop()
            head.start, head.forward = empty.start, head.forward or empty.forward
        heads.append(head)
        position = max(head.end, position + 1)
    return heads


def _says_nothing_before(lines: list[Line], before: Head, head: Head) -> bool:
    """A dividing line with nothing between it and the next head is part of that head."""
    return before.kind == "divider" and not any(line.words.strip() for line in lines[before.end : head.start])


def _take_rule_above(lines: list[Line], head: Head) -> None:
    """The line that Outlook draws above a header belongs to it, also across two empty lines."""
    above = head.start - 1
    while above > max(0, head.start - 3) and not lines[above].words.strip():
        above -= 1
    if above >= 0 and is_rule(lines[above].words):
        head.start = above


def _head_at(lines: list[Line], position: int, subject: str) -> Head | None:
    words = lines[position].words
    if not words or words.isspace():
        return None
    line_found = divider(lines, position)
    if line_found is not None:
        return divided(lines, position, line_found, subject)
    if ":" in words or "：" in words:
        found = block(lines, position, subject)
        if found is not None:
            return found
    return wrote(lines, position)


def _threaded(parsed: ParsedMessage, cut: _Cut) -> Thread:
    first = cut.heads[0]
    above = _plain(cut.lines[: first.start], 0)
    below = _below(cut, first)
    forwarded = _is_forward(parsed, first, above)
    turns = tuple(_turn(cut, index, forwarded and index == 0, parsed) for index in range(len(cut.heads)))
    aside: list[str] = []
    top, banner = without_banner(above)
    aside += banner
    if not any(line.strip() for line in top) and below and not forwarded:
        top = below
    elif below and first.kind == "wrote":
        top = [*top, "", *below]
    newest, signature, more = _words_of(top, parsed.sender)
    aside += more
    quoted = "\n".join(line.words for line in cut.lines[first.start :]).strip()
    message = "\n".join(part for part in (newest, signature) if part)
    return Thread(
        message=message,
        forward_kind="inline" if forwarded else None,
        turns=turns,
        reply_text=newest,
        quoted=quoted,
        signature="\n".join(part for part in (signature, *_devices(more)) if part),
        set_aside=tuple(aside),
    )


def _single(parsed: ParsedMessage, cut: _Cut) -> Thread:
    own = [line.words for line in cut.lines if not line.depth]
    quoted = [line.words for line in cut.lines if line.depth]
    top, aside = without_banner(own)
    if not any(line.strip() for line in top):
        top, quoted = quoted, []
    newest, signature, more = _words_of(top, parsed.sender)
    turns = ()
    if len([line for line in quoted if line.strip()]) > 1:
        body = "\n".join(quoted).strip()
        turns = (Turn(Address(), (), (), "", "", "", body, body, False),)
    return Thread(
        message="\n".join(part for part in (newest, signature) if part),
        forward_kind=None,
        turns=turns,
        reply_text=newest,
        quoted="\n".join(quoted).strip(),
        signature="\n".join(part for part in (signature, *_devices(more)) if part),
        set_aside=(*aside, *more),
    )


def _words_of(lines: list[str], sender: Address) -> tuple[str, str, list[str]]:
    """(words, signature, what was set aside) of one author's lines."""
    lines, footers = without_footers(lines)
    device = next((i for i, line in enumerate(lines) if is_device_footer(line)), len(lines))
    lines, devices = lines[:device], lines[device:]
    words, signature = split_signature(lines, sender.name)
    return "\n".join(words).strip(), "\n".join(signature).strip(), [*devices, *footers]


def _devices(lines: list[str]) -> list[str]:
    return [line.strip() for line in lines if is_device_footer(line)]


def _plain(lines: list[Line], depth: int) -> list[str]:
    """Words with the quote marks of `depth` taken off, deeper marks kept."""
    return [">" * max(0, line.depth - depth) + (" " if line.depth > depth else "") + line.words for line in lines]


def _below(cut: _Cut, first: Head) -> list[str]:
    """What the newest author wrote below or between the quotes: lines at the head's depth, if the quote is deeper."""
    if first.kind != "wrote" or first.depth:
        return []
    after = cut.lines[first.end :]
    if not any(line.depth for line in after):
        return []
    start = next(i for i, line in enumerate(after) if line.depth or line.words.strip())
    if not after[start].depth:
        return []
    heads = {row for head in cut.heads for row in range(head.start, head.end)}
    return [line.words for row, line in enumerate(after, first.end) if not line.depth and row not in heads]


def _turn(cut: _Cut, index: int, forwarded: bool, parsed: ParsedMessage) -> Turn:
    head = cut.heads[index]
    depth = _body_depth(cut, index)
    last = _end_of(cut, head, depth)
    next_head = cut.heads[index + 1].start if index + 1 < len(cut.heads) else last
    own_rows = _quoted_rows(cut.lines[head.end : min(next_head, last)], head, depth)
    rest = _quoted_rows(cut.lines[min(next_head, last) : last], head, depth)
    body, text = _body_and_text(own_rows, rest, depth)
    subject = head.subject
    if not subject and index == 0 and head.kind == "wrote":
        subject = _PREFIX.sub("", parsed.subject)
    return Turn(head.sender, head.to, head.cc, subject, head.date, head.date_raw, body, text, forwarded or head.forward)


def _quoted_rows(rows: list[Line], head: Head, depth: int) -> list[Line]:
    """Below an attribution, lines with fewer quote marks are answers of the newest author, not the quoted mail."""
    if head.kind != "wrote" or not depth:
        return rows
    return [row for row in rows if row.depth >= depth or not row.words.strip()]


def _body_and_text(own_rows: list[Line], rest_rows: list[Line], depth: int) -> tuple[str, str]:
    """Everything below a header, and its author's own words. The footers of deeper mails stay theirs."""
    own, _ = without_banner(_plain(own_rows, depth))
    while own and (not own[0].strip() or is_rule(own[0])):  # Notes draws a line below the header
        own = own[1:]
    own, _ = without_footers([line for line in own if not END_OF_FORWARD.match(line)])
    text = [line for line in own if not is_device_footer(line)]
    return "\n".join([*own, *_plain(rest_rows, depth)]).strip(), "\n".join(text).strip()


def _body_depth(cut: _Cut, index: int) -> int:
    """The quote depth of a mail's body: that of its header, or deeper where all of it is quoted."""
    head = cut.heads[index]
    end = cut.heads[index + 1].start if index + 1 < len(cut.heads) else len(cut.lines)
    own = [line.depth for line in cut.lines[head.end : end] if line.words.strip()]
    if head.kind == "block":
        return max(head.header_depth, min(own, default=0))
    return max(head.depth, own[0] if own else 0)


def _end_of(cut: _Cut, head: Head, depth: int) -> int:
    """Where a quoted mail ends: with the text, or with the last line that has its quote marks."""
    if not depth:
        return len(cut.lines)
    for row in range(len(cut.lines) - 1, head.end - 1, -1):
        if cut.lines[row].depth >= depth:
            return row + 1
    return head.end


def _is_forward(parsed: ParsedMessage, head: Head, above: list[str]) -> bool:
    """A forward by structure: a line that only forwards have, or a quoted author whom the mail does not answer.

    Where sender and recipients don't tell, a shown header block without reply prefix is a forward, and so is an
    attribution line under a forward's prefix (Outlook for Mac 2019 forwards with one).
    """
    if head.forward:
        return True
    if _answers(parsed, head):
        return False
    subject = parsed.subject.casefold().lstrip()
    if head.kind == "wrote":
        return subject.startswith(_FORWARD_PREFIX)
    if head.kind == "divider":
        return False
    return not subject.startswith(_REPLY_PREFIX)


_FORWARD_PREFIX = (
    "fw:",
    "fwd:",
    "wg:",
    "tr:",
    "rv:",
    "i:",
    "enc:",
    "vb:",
    "vl:",
    "doorst:",
    "pd:",
    "ilt:",
    "i̇lt:",
    "továbbítás:",
    "přeposlat:",
    "fs:",
    "пересл:",
    "转发:",
)


def _answers(parsed: ParsedMessage, head: Head) -> bool:
    """Whether the quoted author is written to, or the author writes again to the same people."""
    recipients = {_mailbox(address.address) for address in (*parsed.to, *parsed.cc) if address.address}
    names = {_key(address.name) for address in (*parsed.to, *parsed.cc) if address.name}
    author = _mailbox(head.sender.address)
    if author:
        if author in recipients:
            return True
    elif head.sender.name and _key(head.sender.name) in names:
        return True
    own = bool(author) and author == _mailbox(parsed.sender.address)
    return own and bool(recipients & {_mailbox(address.address) for address in (*head.to, *head.cc) if address.address})


def _mailbox(address: str) -> str:
    """Without a plus part: an answer to track+token@x answers track@x."""
    local, at, domain = address.partition("@")
    return local.partition("+")[0] + at + domain


def _key(name: str) -> frozenset[str]:
    return frozenset(name.casefold().replace(",", " ").split())
