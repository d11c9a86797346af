"""The answer to a call for people: a list of candidates with their consent, or that there is nobody this time."""

from collections.abc import Sequence

from mail.directory import Directory
from mail.excerpts import Excerpt, readable
from mail.parties.candidates import read_candidates
from mail.parties.persons import Person, persons
from mail.parties.roles import Cast, cast
from mail.replies.verdicts import any_of
from mail.values import Address, Offer, ParsedMessage, Status, Thread
from terms.statuses import ReferralStatus

_NOBODY = any_of(r"""
    nobody|no ?(?:-| )?one|none(?! of (?:the|these|those))|not any(?:one|body)?
    no (?:suitable |qualified |more |matching )?(?:candidates?|names|people|matches|match|clients|graduates|
    ..participants)
    (?:do|does|did|have|has)(?:n't|n’t| not) (?:currently |really )?(?:have |got )?(?:any(?:one|body)?|a (?:match|
    ..candidate))
    (?:we|i)(?:'ll|’ll| will| must| have to) (?:pass|sit this one out|skip)|pass(?:ing)? on this(?: one)?
    (?:can't|can’t|cannot|can not|unable to|not able to) (?:help|offer|send|fill|supply)
    nadie|a ninguno|ning[uú]n[oa]?(?: candidat[oa])?|no (?:tenemos|contamos con|hay) (?:candidat[oa]s|personas)
    nikogo|żadn\w+|nikt|brak (?:kandydat\w+|chętnych|osób)
""")  # fmt: skip
_YET = any_of(r"""
    (?:yet|until|by (?:\w+day|tomorrow|then|noon|the)|later|soon|tomorrow|next week|shortly|will (?:send|look|check|
    ..ask|follow|get back))|(?:i|we)(?:'ll|’ll) (?:send|look|check|ask|follow|get back|let you know|see)
    todavía|aún|mañana|la próxima semana|jeszcze|jutro|wkrótce|później
""")
LONGEST_PASTED = 20_000  # characters


def offer_of(
    newest: Excerpt,
    attached: Sequence[Excerpt],
    people: Sequence[tuple[Excerpt, list[Person], Person]],
    everybody: Cast,
    source: str | None,
    status: Status | None = None,
) -> Offer:
    """Whom the newest words and the attached lists offer; `nobody` where they say so and offer none."""
    found = read_candidates((newest,), attached, people, everybody, source, asked=True).candidates
    return Offer(found, nobody=not found and _says_nobody(newest.text, status))


def _says_nobody(words: str, status: Status | None) -> bool:
    """In a short answer; who has nobody yet may have somebody by Friday."""
    if _YET.search(words) or len(words) > 2000:
        return False
    declined = status is not None and status.referral == ReferralStatus.DECLINED
    return declined or bool(_NOBODY.search(words))


def read_pasted(words: str) -> Offer:
    """A list that was typed or pasted into a form: lines, a table or CSV. Reads LONGEST_PASTED characters of it."""
    text = words[:LONGEST_PASTED].replace("\r\n", "\n").replace("\r", "\n")
    mail = ParsedMessage("", "", "", sender=Address(), to=(), cc=(), headers=(), text=text, html="")
    nobody_else = cast(mail, Thread(text, None, (), text, "", "", text), Directory())
    pasted = Excerpt("message", readable(text), text, mail.sender)
    return offer_of(pasted, (), [(pasted, *persons(pasted, nobody_else))], nobody_else, None)
