"""Replies read whole: the step, its reason, and of each person job, first day, wage and reason."""

from pathlib import Path

import pytest

from tests.mail.reported import read, wrong

MAILS = Path(__file__).parent / "mails"
REPLIES = ("introductions_thirteenth",)


@pytest.mark.parametrize("name", REPLIES)
def test_nine_in_ten_replies_are_read_whole(name: str) -> None:
    folder = MAILS / name
    stems = [path.stem for path in sorted(folder.glob("*.eml"))]
    problems = {stem: found for stem in stems if (found := wrong(*read(folder, stem)))}
    assert len(problems) <= len(stems) * 0.1, problems
