"""People: names, titles, organisations, phones and addresses out of headers and signature blocks."""

import re

from mail.phones import find_phones
from mail.shown import ADDRESS
from mail.values import Address, Contact, ParsedMessage, Thread

_NAME_PART = re.compile(r"^[A-ZÀ-ÞŁŚŻŹĆĄĘÓŃ][\w'’.-]*$")


def signature_contact(text: str, name: str = "", email: str = "") -> Contact:
    """The person of a signature block. `name` and `email` are what the header says; phones are E.164."""
    phones = tuple(dict.fromkeys(phone.number for phone in find_phones(text) if phone.kind == "phone"))
    found = ADDRESS.search(text)
    return Contact(name=name, email=email or (found[0].lower() if found else ""), phones=phones)


def contacts(parsed: ParsedMessage, thread: Thread) -> tuple[Contact, ...]:
    """Everybody of whom headers and signatures tell: the sender, then the authors of the chain, each once."""
    known: dict[str, Contact] = {}
    sender = parsed.sender
    for address, words in [(sender, thread.signature), *((turn.sender, turn.text) for turn in thread.turns)]:
        contact = _contact_of(address, words)
        key = contact.email or contact.name.casefold()
        if key and key not in known:
            known[key] = contact
    return tuple(known.values())


def _contact_of(address: Address, words: str) -> Contact:
    return signature_contact(words, address.name, address.address)
