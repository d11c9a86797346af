"""What a coordinator must settle before an introduction counts, with the likely answers."""

from collections.abc import Iterator, Sequence

from mail.values import Ask, Candidate, Contact, Fact, Need
from terms.kinds import NO_REFERRAL, MailKind

UNSURE = 0.6
"""A value that is right less often than this is asked about (probabilities are calibrated: mail/calibration.py)."""


def asks_of(
    kind: MailKind,
    *,
    employer: str,
    employer_confidence: float,
    rivals: Sequence[str],
    referring: str | None,
    receiving: Sequence[str],
    named_partners: Sequence[str],
    needs: Sequence[Need],
    contacts: Sequence[Contact],
    candidates: Sequence[Candidate],
    facts: Sequence[Fact],
) -> tuple[Ask, ...]:
    """The questions in the order in which they matter; none for mail that is no referral."""
    if kind in NO_REFERRAL:
        return ()
    found: list[Ask] = []
    if not employer:
        likely = tuple(dict.fromkeys([*rivals, *(contact.org for contact in contacts if contact.org)]))
        found.append(Ask("Which employer is this about?", "employer.name", likely))
    elif employer_confidence < UNSURE:
        found.append(Ask(f"Is {employer} the employer?", "employer.name", (employer, *rivals)))
    if kind is MailKind.INTRODUCTION:
        if referring is None:
            found.append(Ask("Which organisation refers this employer?", "referring", tuple(named_partners[:3])))
        if not receiving:
            likely = tuple(name for name in named_partners if name != referring)
            found.append(Ask("Which organisation is to take this?", "receiving", likely[:4]))
    if kind in (MailKind.INTRODUCTION, MailKind.REQUEST) and not needs:
        found.append(Ask("What does the employer need?", "need.add"))
    if kind is MailKind.CANDIDATE_REFERRAL and any(not c.email and not c.phones for c in candidates):
        names = ", ".join(c.name for c in candidates if not c.email and not c.phones)
        found.append(Ask(f"How can these candidates be reached: {names}?"))
    return (*found, *_doubts(needs, facts))


_ASKED = {"openings": "number of openings", "location": "place", "start_date": "start"}


def _doubts(needs: Sequence[Need], facts: Sequence[Fact]) -> Iterator[Ask]:
    """Whether a job is to be filled at all; of one that is, each value that is rather wrong."""
    unsure = {fact.field: fact for fact in facts if fact.confidence < UNSURE}
    for index, need in enumerate(needs):
        if f"needs[{index}].title" in unsure:
            yield Ask(f"Is “{need.title}” a job to be filled?", f"needs[{index}].title", ("yes", "no"))
            continue
        for name, spoken in _ASKED.items():
            fact = unsure.get(f"needs[{index}].{name}")
            if fact is not None:
                words = f"Is {fact.value} the {spoken} for {need.title}?"
                yield Ask(words, f"needs[{index}].{name}", (str(fact.value), "not said"))
