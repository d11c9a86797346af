"""Covering names: where a text speaks of candidates whose consent does not reach the reader, initials stand instead."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from service.models import Candidate, Employer, Placement, Referral, Submission
from service.visibility import Viewer, may_see_details

HIDDEN = "(hidden)"
_SHORT = 3  # shorter words of a name ("de", "Li") are too common to be covered alone


@dataclass(frozen=True, slots=True)
class Cover:
    """What must not be read, and what is shown instead; longest first. `numbers` are ten digits, however written."""

    words: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.numbers)

    def __call__(self, text: str | None) -> str:
        text = text or ""
        if not self:
            return text
        shown = {hidden.casefold(): instead for hidden, instead in self.words}
        return self._pattern().sub(lambda found: shown.get(found[0].casefold(), HIDDEN), text)

    def _pattern(self) -> re.Pattern[str]:
        words = [re.escape(hidden) for hidden, _ in self.words]
        numbers = [rf"(?:\+?1[ .-]?)?\(?{n[:3]}\)?[ .-]{{0,2}}{n[3:6]}[ .-]{{0,2}}{n[6:]}" for n in self.numbers]
        return re.compile(r"(?<!\w)(?:" + "|".join(words + numbers) + r")(?!\w)", re.IGNORECASE)


def cover_of(candidates: Iterable[Candidate], spare: str = "") -> Cover:
    """Hide full names, each longer word of a name, addresses and phone numbers of these people."""
    return cover_names(((person.name, [*person.emails, *person.phones]) for person in candidates), spare)


def cover_names(people: Iterable[tuple[str, Iterable[str]]], spare: str = "") -> Cover:
    """The same for people who are no record yet: (name, their addresses and numbers).

    Words of `spare` (an employer's name, organisations) are not hidden alone: Grant & Sons is no candidate.
    """
    kept = {word.casefold() for word in re.findall(r"\w+", spare)}
    words: dict[str, str] = {}
    numbers: set[str] = set()
    for name, others in people:
        for word in name.split():
            if len(word) > _SHORT and word.casefold() not in kept:
                words[word] = f"{word[0]}."
        if name:
            words[name] = " ".join(f"{word[0]}." for word in name.split()[:3])
        for other in others:
            digits = re.sub(r"\D", "", other)[-10:]
            if "@" not in other and len(digits) == 10:
                numbers.add(digits)
            elif len(other) > _SHORT:
                words[other] = HIDDEN
    return Cover(tuple(sorted(words.items(), key=lambda item: -len(item[0]))), tuple(sorted(numbers)))


def covers(session: Session, viewer: Viewer, referral_ids: Iterable[int]) -> dict[int, Cover]:
    """For each referral: the candidates on it whose names this person may not read."""
    ids = set(referral_ids)
    people: dict[int, list[Candidate]] = {referral_id: [] for referral_id in ids}
    for submission in session.scalars(
        select(Submission).where(Submission.referral_id.in_(ids)).options(joinedload(Submission.candidate))
    ):
        if not may_see_details(viewer, submission.candidate, submission):
            people[submission.referral_id].append(submission.candidate)
    placed = select(Placement).where(Placement.referral_id.in_(ids)).options(joinedload(Placement.candidate))
    for placement in session.scalars(placed):
        if placement.referral_id is not None and not may_see_details(viewer, placement.candidate):
            people[placement.referral_id].append(placement.candidate)
    employers = session.execute(select(Referral.id, Employer.name).join(Employer).where(Referral.id.in_(ids)))
    spare = {row[0]: row[1] for row in employers}
    return {referral_id: cover_of(found, spare.get(referral_id, "")) for referral_id, found in people.items()}
