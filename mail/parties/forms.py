"""Web forms that a site mails: lines of "Label: value" with a company, a contact and positions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from mail.excerpts import Excerpt
from mail.prose.layout import Segment, segments

_LABELS = {
    "company": r"(?:company|business|employer|organi[sz]ation|firm|empresa|negocio|compañía|firma)(?: ?/? ?(?:name|"
    r"nombre))?|name of (?:company|business|employer)|nombre de la empresa|nazwa firmy",
    "contact": r"(?:(?:your|contact|full|first and last|main contact)(?:'s)? )?name|contact(?: person| name)?|"
    r"submitted by|nombre(?: completo| y apellido)?|contacto|persona de contacto|imię i nazwisko|osoba "
    r"kontaktowa|kontakt",
    "title": r"(?:your |job |contact )?(?:title|role|position)|puesto|cargo|stanowisko",
    "email": r"(?:your |contact |work )?e-?mail(?: address)?|correo(?: electrónico)?|adres e-?mail",
    "phone": r"(?:your |contact |work |best |cell |mobile )?(?:phone|telephone|tel|cell|mobile)(?: number| "
    r"no\.?)?|teléfono|celular|telefon|numer telefonu",
}
_PATTERNS = {key: re.compile(rf"(?i)^(?:{pattern})$") for key, pattern in _LABELS.items()}


@dataclass(frozen=True, slots=True)
class Form:
    """The values that a form gives of the employer and its contact, each a segment with its place."""

    excerpt: Excerpt
    values: dict[str, Segment]


def find_form(texts: Iterable[Excerpt]) -> Form | None:
    """The first excerpt that is a form: four labelled lines or more, a company or a contact among them."""
    for excerpt in texts:
        labelled = [segment for segment in segments(excerpt.text) if segment.label and segment.text.strip()]
        if len(labelled) < 4:
            continue
        values: dict[str, Segment] = {}
        for segment in labelled:
            label = segment.label.strip(" *_")
            for key, pattern in _PATTERNS.items():
                if key not in values and pattern.match(label):
                    values[key] = segment
                    break
        if {"company", "contact"} & set(values) and {"email", "phone"} & set(values):
            return Form(excerpt, values)
    return None
