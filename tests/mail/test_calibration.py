"""Confidences are shares: monotone maps by field, fitted on folds, and a question where a value is rather wrong."""

import json
from itertools import pairwise

import pytest

from bench.calibration import Judged, fit, fold, held_aside, maps, scores
from mail.calibration import FILE, at, calibrated, sure
from mail.questions import UNSURE, asks_of
from mail.values import Ask, Fact, Need
from terms.kinds import MailKind

KEPT = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("field", sorted(KEPT["fields"]))
def test_a_surer_weight_is_never_less_probable(field: str) -> None:
    said = [sure(field.replace("needs", "needs[3]"), step / 100) for step in range(101)]
    assert all(low <= high for low, high in pairwise(said))
    assert 0 < said[0] <= said[-1] < 1


def test_the_scores_beside_the_maps_say_that_they_are_better_on_mails_held_aside() -> None:
    before, after = KEPT["scores"]["before"], KEPT["scores"]["after, on folds held aside"]
    assert after["log_loss"] < before["log_loss"] and after["off"] < before["off"]


def test_between_two_knots_a_line_is_drawn() -> None:
    assert at(((0.6, 0.3), (0.8, 0.9)), 0.7) == 0.6
    assert at(((0.6, 0.3), (0.8, 0.9)), 0.3) == 0.15
    assert at((), 0.7) == 0.7


def test_a_field_nobody_fitted_keeps_its_weight() -> None:
    fact = Fact("needs[0].shift", "night", 0.8, "message", 0, 5, "night")
    assert calibrated([fact]) == (fact,)


def rows(field: str, weight: float, right: int, wrong: int) -> list[Judged]:
    return [Judged(f"set/{n}", field, weight, n < right) for n in range(right + wrong)]


def test_a_weight_that_promised_too_much_is_brought_down_and_one_too_little_up() -> None:
    known = dict(fit([*rows("x", 0.7, 30, 70), *rows("x", 0.9, 99, 1)]))
    assert 0.3 < known[0.7] < 0.34 and 0.97 < known[0.9] < 0.99


def test_a_map_that_would_fall_is_level() -> None:
    ((weight, share),) = fit([*rows("x", 0.7, 90, 10), *rows("x", 0.9, 60, 40)])
    assert 0.7 < weight < 0.9 and 0.7 < share < 0.8


def test_few_values_move_a_map_a_little() -> None:
    assert fit(rows("x", 0.8, 0, 1)) == ((0.8, 0.369),)


def test_a_mail_is_judged_by_maps_that_have_not_seen_it() -> None:
    told = [*rows("x", 0.7, 20, 80), *rows("y", 0.7, 90, 10)]
    scored = held_aside(told)
    assert len(scored) == len(told) and set(maps(told)) == {"x", "y"}
    assert scores(scored)["log_loss"] < scores([(row, row.confidence) for row in told])["log_loss"]
    assert len({fold(row.mail) for row in told}) == 5


def asked(*facts: Fact) -> list[Ask]:
    return list(
        asks_of(
            MailKind.INTRODUCTION,
            employer="Quillmark",
            employer_confidence=0.95,
            rivals=(),
            referring="Lakeside",
            receiving=("Northfield",),
            named_partners=(),
            needs=(Need("welder", 4), Need("line lead", 9)),
            contacts=(),
            candidates=(),
            facts=facts,
        )
    )


def test_what_is_rather_wrong_is_asked_and_nothing_else() -> None:
    title = Fact("needs[1].title", "line lead", UNSURE - 0.1, "message", 0, 9, "line lead")
    below = Fact("needs[1].openings", 9, UNSURE - 0.3, "message", 0, 1, "9")
    count = Fact("needs[0].openings", 4, UNSURE - 0.1, "message", 0, 1, "4")
    assert asked(title, below) == [Ask("Is “line lead” a job to be filled?", "needs[1].title", ("yes", "no"))]
    assert asked(count) == [Ask("Is 4 the number of openings for welder?", "needs[0].openings", ("4", "not said"))]
    assert asked(Fact("needs[0].openings", 4, UNSURE, "message", 0, 1, "4")) == []
