"""Covering names: where a text speaks of candidates whose consent does not reach the reader, initials stand instead."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.models import Candidate, Placement, Submission
from service.visibility import Viewer, may_see_details

_SHORT = 3  # shorter words of a name ("de", "Li") are too common to be covered alone


@dataclass(frozen=True, slots=True)
class Cover:
    """What must not be read, and what is shown instead; longest first."""

    words: tuple[tuple[str, str], ...] = ()

    def __call__(self, text: str | None) -> str:
        text = text or ""
        if not self.words:
            return text
        shown = {hidden.casefold(): instead for hidden, instead in self.words}
        return self._pattern().sub(lambda found: shown[found[0].casefold()], text)

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Where something is covered: start, end, what is shown there."""
        if not self.words:
            return []
        shown = {hidden.casefold(): instead for hidden, instead in self.words}
        return [(m.start(), m.end(), shown[m[0].casefold()]) for m in self._pattern().finditer(text)]

    def _pattern(self) -> re.Pattern[str]:
        return re.compile(
            r"(?<!\w)(?:" + "|".join(re.escape(hidden) for hidden, _ in self.words) + r")(?!\w)", re.IGNORECASE
        )


def cover_of(candidates: Iterable[Candidate]) -> Cover:
    """Hide full names, each longer word of a name, addresses and phone numbers of these people."""
    words: dict[str, str] = {}
    for person in candidates:
        words.update(_hidden(person.name, person.initials, [*person.emails, *person.phones]))
    return _longest_first(words)


def cover_names(names: Iterable[tuple[str, Iterable[str]]]) -> Cover:
    """The same for people who are no record yet: (name, their addresses and numbers)."""
    words: dict[str, str] = {}
    for name, others in names:
        words.update(_hidden(name, " ".join(f"{word[0]}." for word in name.split()[:3]) or "?", others))
    return _longest_first(words)


def _longest_first(words: Mapping[str, str]) -> Cover:
    return Cover(tuple(sorted(words.items(), key=lambda item: -len(item[0]))))


def _hidden(name: str, initials: str, others: Iterable[str]) -> dict[str, str]:
    hidden = {other: "(hidden)" for other in others if len(other) >= _SHORT}
    for word in name.split():
        if len(word) > _SHORT:
            hidden[word] = f"{word[0]}."
    if name:
        hidden[name] = initials
    return hidden


def covers(session: Session, viewer: Viewer, referral_ids: Iterable[int]) -> dict[int, Cover]:
    """For each referral: the candidates on it whose names this person may not read."""
    ids = set(referral_ids)
    people: dict[int, list[Candidate]] = {referral_id: [] for referral_id in ids}
    for table in (Submission, Placement):
        found = session.execute(
            select(table.referral_id, Candidate)
            .join(Candidate, Candidate.id == table.candidate_id)
            .where(table.referral_id.in_(ids))
        )
        for referral_id, candidate in found:
            if not may_see_details(viewer, candidate):
                people[referral_id].append(candidate)
    return {referral_id: cover_of(candidates) for referral_id, candidates in people.items()}
