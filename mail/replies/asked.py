"""Answers written between the questions of a quoted mail: "> Did they take Imani Rucker?" - "They did!"."""

import re

from mail.prose import names
from mail.prose.layout import Segment
from mail.replies.report import Report
from mail.replies.who import Who

_MARK = re.compile(r"^[> ]*>[> ]*")
_HIRES = re.compile(
    r"(?i)\W*(?:and |so |also )?(?:did|has|have|was|were|is|are|contrataron|tomaron|empez\w+|"
    r"czy) (?!you\b)[^?]{0,80}?\b(?:hired?|take|took|taken|start|started|accept\w*|get|got|pick\w*|placed?|job|"
    r"contrat\w+|zatrudni\w+|przyję\w+)\b"
)
"""A question whether others hired somebody; "can you take Ann's order?" is none."""
_YES = re.compile(
    r"(?i)\W*(?:yes|yep|yeah|they did|(?:he|she) (?:did|was|is|got it)|we did|both|hired|sí|tak|indeed|of course)\b"
)
_NO = re.compile(
    r"(?i)\W*(?:no|nope|nie|sadly|unfortunately|(?:they|he|she|we) (?:did|was|were|is)(?:n['’]t| not)|neither)\b"
)


def questions(text: str) -> tuple[tuple[str, str], ...]:
    """(first line of an answer, the quoted question right above it) of a text whose quoted lines are marked."""
    found: list[tuple[str, str]] = []
    asked = ""
    for line in text.split("\n"):
        mark = _MARK.match(line)
        said = line[mark.end() :].strip() if mark else line.strip()
        if mark:
            asked = said if asked.endswith("?") else f"{asked} {said}".strip()
        elif said:
            if asked.endswith("?"):
                found.append((said, re.split(r"(?<=[.!?]) ", asked)[-1]))
            asked = ""
    return tuple(found)


def answered(segment: Segment, report: Report) -> tuple[list[Who], str]:
    """The people of the question that a segment answers with yes or no, and what that says of them."""
    asked = next((question for line, question in report.asked if line.startswith(segment.text.strip())), "")
    of_hiring = asked and (
        _HIRES.match(asked) or (_HIRES.match(report.asked[0][1]) and len(asked.split()) < 6)
    )  # "And Bo Kim?"
    yes, no = _YES.match(segment.text), _NO.match(segment.text)
    if not of_hiring or not (yes or no):
        return [], ""
    people = [
        Who(span.name, segment.start, segment.start)
        for span in names.find(asked)
        if not any(names.same_person(span.name, other) for other in report.staff)
    ]
    return people, "hired" if yes else "not_hired"
