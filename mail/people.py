"""People: names, titles, organisations, phones and addresses out of headers and signature blocks."""

import re

from mail.prose import names
from mail.prose.organisations import domain_fit, is_role, key_of
from mail.prose.phones import find_phones
from mail.prose.positions import is_title
from mail.quoting.shown import ADDRESS
from mail.quoting.signature import is_prose, split_signature
from mail.text import is_device_footer
from mail.values import Address, Contact, ParsedMessage, Thread
from terms.words import FREE_MAIL_DOMAINS, LEGAL_FORMS

_SEGMENTS = re.compile(r"\s*[|•·●│]\s*|\t+|\s{3,}|\s+[–—]\s+|\s+-\s+")
_URL = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|edu|gov|example)\b(?:/\S*)?", re.I)
_LABELS = (
    r"(?:^|(?<=[\s,;(/]))(?:tel|telephone|phone|ph|cell|mobile|mob|office|direct|main|fax|toll[- ]free|e-?mail|web|"
    r"website|kom|móvil|"
    r"teléfono|oficina|correo|telefon|[cmoptdfew])\s?"
)
_LABEL = re.compile(_LABELS + r"[.:)#]+\s*$", re.I)
_LABEL_BEFORE = re.compile(_LABELS + r"[.:)#]*\s*$", re.I)
_NOT_MINE = re.compile(r"^(?:cc|bcc|p\.?\s?s|p\.?\s?d|encl|attachments?|note|from|to|subject)\s?[.:)]", re.I)
_STREET = re.compile(
    r"^\W{0,2}(?:\d{1,6}[A-Za-z]?(?:-\d+)?\s+(?:[NSEW]\.?\s+|north |south |east |west )?[\w.' ]{2,40}?\b(?:st|street|"
    r"ave|avenue|rd|road|blvd|"
    r"boulevard|dr|drive|ln|lane|way|pl|place|ct|court|pkwy|parkway|hwy|highway|plaza|sq|square|ter|terrace|cir|"
    r"circle|trail|trl|"
    r"broadway)\b|p\.?o\.? box \d+|(?:ul|al|os)\.\s?\S+|(?:calle|avenida|av\.)\s)",
    re.I,
)
_CITY = re.compile(
    r"\b[A-Z][\w.' ]{1,30},?\s+[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b|^\d{2}-\d{3}\s+[A-ZŁŚŻ]\w+|^(?:suite|ste|floor|"
    r"unit|room)\b.{0,20}$",
    re.I,
)
_PRONOUNS = re.compile(
    r"\(?\b(?:she/her(?:/hers)?|he/him(?:/his)?|they/them(?:/theirs)?|ella|él|ona/jej|on/jego)\b\)?", re.I
)
_CERTIFIED = re.compile(r",\s*(?:ph\.?d|mba|ma|ms|msw|lcsw|cpa|esq|phr|sphr|shrm-?s?cp|cwdp|gcdf|jd|rn|pe)\b\.?", re.I)
_AT = re.compile(r"\s+(?:at|@|with|en|w)\s+(?=[A-Z])|,\s+(?=[A-Z])")
# "Thanks, Pat": what closes a mail in the line of the name.
_CLOSING = re.compile(
    r"^(?:(?:kind|best|warm|many) )?(?:thanks|thank you|thx|regards|wishes|sincerely|cheers|best|gracias|saludos|"
    r"atentamente|pozdrawiam|dziękuję|dzięki)(?: again| so much| y saludos)?\s?[,!–—]\s*",
    re.I,
)
_MOST_LINES = 14
_LONGEST = 4_000  # characters of a signature


def signature_contact(text: str, name: str = "", email: str = "") -> Contact:
    """The person of a signature block. `name` and `email` are what the header says, and win over the block.

    Phones are E.164, without fax and switchboard numbers; `address` is the street address on one line. Of the pieces
    that are neither, the one that reads like an organisation or spells the mail domain is the organisation.
    """
    lines = _lines(text)
    known = names.clean(name) if name else ""
    street = [_without_contact(line) for line in lines if _is_street(line)]
    pieces = [
        piece
        for line in lines
        if not _is_street(line)
        for piece in map(_without_contact, _SEGMENTS.split(_CERTIFIED.sub("", line)))
        if _may_say_something(piece)
    ]
    known, pieces = _take_name(pieces, known)
    found = ADDRESS.search(text)
    email = email or (found[0].lower() if found else "")
    title, org = _title_and_org(pieces, email.rpartition("@")[2])
    phones = dict.fromkeys(phone.number for phone in find_phones("\n".join(lines)) if phone.kind == "phone")
    return Contact(known, title, org, email, tuple(phones), ", ".join(part for part in street if part))


def _lines(text: str) -> list[str]:
    """The lines of the block that speak of the person; what is copied to others or added below is left out."""
    lines = []
    for line in text.split("\n"):
        plain = _CLOSING.sub("", _PRONOUNS.sub("", line.strip(" *_>#\t")).strip())
        if _NOT_MINE.match(plain) or len(lines) >= _MOST_LINES:
            break
        if plain.strip("-—_*=~ )") and not is_device_footer(plain):
            lines.append(plain)
    return lines


def _is_street(line: str) -> bool:
    return bool(_STREET.match(line) or (_CITY.search(line) and not is_title(line)))


def _without_contact(segment: str) -> str:
    """A segment without phone numbers, mail and web addresses and their labels."""
    for phone in reversed(find_phones(segment)):
        segment = _LABEL_BEFORE.sub("", segment[: phone.start]) + segment[phone.end :]
    segment = _URL.sub("", ADDRESS.sub("", segment))
    segment = re.sub(r"<[^<>]*>|\[[^\[\]]*\]|\(\s*\)", "", segment)
    return _LABEL.sub("", segment).strip(" ,;:|()/–-<>•·")


def _may_say_something(piece: str) -> bool:
    return 1 < len(piece) <= 80 and len(piece.split()) <= 9 and re.search(r"[^\W\d_]{2}", piece) is not None


def _take_name(pieces: list[str], known: str) -> tuple[str, list[str]]:
    """The name, and the pieces without it: "Dana Whitlock, Plant Manager" leaves the manager.

    The block's own spelling counts where it is the fuller one, or where the header names no person.
    """
    rest: list[str] = []
    for piece in pieces:
        head, comma, tail = piece.partition(",")
        if comma and _is_name(head.strip(), known):
            known = _fuller(known, names.clean(head))
            rest += [tail.strip()] if tail.strip() else []
        elif _is_name(piece, known):
            known = _fuller(known, names.clean(piece))
        else:
            rest.append(piece)
    return known, rest


def _fuller(known: str, signed: str) -> str:
    return signed if (len(signed.split()) >= len(known.split()) and len(signed.split()) > 1) or not known else known


def _is_name(words: str, known: str) -> bool:
    if known and names.same_person(words, known):
        return True
    if not names.looks_personal(words) or is_title(words) or names.is_org_like(words):
        return False
    return not known or not names.looks_personal(known) or names.tokens(words)[-1] == names.tokens(known)[-1]


def _title_and_org(pieces: list[str], domain: str) -> tuple[str, str]:
    """Organisation first: what reads like one or spells the domain best; the title is the first other piece."""
    scored = [(_org_score(piece, domain), -index, piece) for index, piece in enumerate(pieces)]
    score, _, best = max(scored, default=(0.0, 0, ""))
    if score < 0.5:
        best = ""
    titled = next((piece for piece in pieces if is_title(piece) and piece != best), "")
    if not titled or not best:
        cut = next(filter(None, (_cut_at_org(piece, domain) for piece in pieces if piece == best or not best)), None)
        if cut:
            return cut
    others = [piece for piece in pieces if piece not in (best, titled) and _is_capitalised(piece)]
    if not best:
        best = next((piece for piece in others if not is_role(piece) and _names_by_itself(piece, domain)), "")
        others = [piece for piece in others if piece != best]
    return titled or next((piece for piece in others if best or is_role(piece)), ""), best


def _names_by_itself(piece: str, domain: str) -> bool:
    """Two words or more, or one that begins the mail domain."""
    return len(piece.split()) > 1 or (len(piece) > 2 and domain.replace("-", "").startswith(piece.casefold()))


def _cut_at_org(piece: str, domain: str) -> tuple[str, str] | None:
    """ "Recruiter, Quarry Foods Inc." or "Owner at Quarry Foods" as title and organisation."""
    for match in _AT.finditer(piece):
        title, org = piece[: match.start()].strip(" ,"), piece[match.end() :].strip(" ,")
        if _org_score(org, domain) >= 0.5 and title and (is_title(title) or is_role(title) or len(title.split()) < 4):
            return title, org
    return None


def _org_score(words: str, domain: str) -> float:
    """How sure a piece is an organisation's name, 0 to 2: its words, its legal form, and the mail domain."""
    if not words or words[0].islower() or words.endswith(("?", "!")) or len(words.split()) > 8:
        return 0.0
    free = domain in FREE_MAIL_DOMAINS
    fit = score = 0.0 if free else domain_fit(key_of(words), domain)
    last = re.sub(r"[.,()]", "", words.split()[-1].casefold())
    if names.is_org_like(words) or (last in LEGAL_FORMS and len(words.split()) > 1):
        score += 0.7
    return score - 0.6 if fit < 0.8 and (is_title(words) or is_role(words)) else score


def _is_capitalised(words: str) -> bool:
    """Every longer word begins with a capital, as in the name of a firm or a department."""
    longer = [word for word in re.findall(r"[^\W\d_][\w'’&.-]*", words) if len(word) > 3]
    return bool(longer) and all(word[0].isupper() for word in longer) and len(words.split()) <= 7


def contacts(parsed: ParsedMessage, thread: Thread) -> tuple[Contact, ...]:
    """Everybody of whom headers and signatures tell: the sender, then the authors of the chain, each once."""
    known: dict[str, Contact] = {}
    for address, signature in _authors(parsed, thread):
        signature = signature[:_LONGEST]
        contact = signature_contact(signature, address.name, address.address)
        others = [found.lower() for found in ADDRESS.findall(signature) if found.lower() != contact.email]
        for person in (contact, *(Contact(name=contact.name, email=other) for other in dict.fromkeys(others))):
            key = person.email or person.name.casefold()
            if key:
                known[key] = _joined(known[key], person) if key in known else person
    return tuple(known.values())


def _authors(parsed: ParsedMessage, thread: Thread) -> list[tuple[Address, str]]:
    sender = parsed.sender
    if " via " in sender.name and len(parsed.reply_to) == 1:  # a list that writes in its own name
        sender = parsed.reply_to[0]
    pairs = [(sender, thread.signature or "\n".join(_short_end(thread.message.split("\n"))))]
    for turn in thread.turns:
        words, signature = split_signature(turn.text.split("\n"), turn.sender.name)
        pairs.append((turn.sender, "\n".join(signature or _short_end(words))))
    return pairs


def _short_end(lines: list[str]) -> list[str]:
    """The last lines that are short and no prose: a signature that nothing sets off."""
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    start = end
    while start and end - start < 8 and lines[start - 1].strip() and len(lines[start - 1].split()) <= 7:
        if is_prose(lines[start - 1]):
            break
        start -= 1
    return lines[start:end] if start else []


def _joined(first: Contact, second: Contact) -> Contact:
    return Contact(
        name=first.name or second.name,
        title=first.title or second.title,
        org=first.org or second.org,
        email=first.email or second.email,
        phones=tuple(dict.fromkeys((*first.phones, *second.phones))),
        address=first.address or second.address,
    )
