"""Answers teach: at once about the partner concerned, honestly, fairly, and by a refit only when that proves better."""

import json
import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.answers import Answer, AnswersUnreadable, read_answers, traits
from matching.features import WEIGHTS
from matching.learning import Experience
from matching.needs import NeedAsked
from matching.occupations import Coder
from matching.partners import Partner
from matching.promises import Promises
from matching.refit import refit
from matching.suggest import Suggester
from terms.statuses import DeclineReason

CODER = Coder()
WELDERS = NeedAsked("welder", openings=2, location="Cicero, IL")
COOKS = NeedAsked("line cook", openings=2, location="Uptown, Chicago, IL")
BOTH = {"name": "Desk", "kind": "hire_support", "occupations": ["51-4121", "35-2014"], "areas": ["Cook County"]}


def network(*names: str) -> Suggester:
    partners = [Partner.from_json({"name": name, "services": [BOTH]}) for name in names]
    return Suggester(partners, CODER, today=date(2026, 11, 25))


def score(suggester: Suggester, name: str, need: NeedAsked) -> float:
    return next(found.score for found in suggester.suggest(need) if found.partner == name)


def test_a_yes_lifts_and_a_plain_no_lowers_the_partner_at_once() -> None:
    suggester = network("Yes", "No")
    for _ in range(3):
        suggester.learn(Answer(WELDERS, "Yes", True))
        suggester.learn(Answer(WELDERS, "No", False))

    assert [found.partner for found in suggester.suggest(WELDERS)] == ["Yes", "No"]
    why_not = [reason.words for reason in suggester.suggest(WELDERS)[1].why_not]
    assert any("said yes to 0 of 3 needs of this kind" in words for words in why_not)


@pytest.mark.parametrize(
    "reason",
    [
        DeclineReason.NO_CAPACITY,
        DeclineReason.AGREEMENT_MISSING,
        DeclineReason.ALREADY_IN_TOUCH,
        DeclineReason.EMPLOYER_NOT_READY,
        DeclineReason.CANNOT_MEET_OCCUPATION,
        DeclineReason.OUTSIDE_AREA,
    ],
)
def test_an_honest_decline_doesnt_lower_a_partner_in_general(reason: DeclineReason) -> None:
    suggester = network("Honest")
    suggester.learn(Answer(WELDERS, "Honest", False, reason))

    effects = dict(suggester.experience.effects("Honest", traits(COOKS, "35-2014")))
    assert all(abs(effect) < 0.01 for effect in effects.values())


def test_cannot_meet_the_occupation_lowers_that_occupation() -> None:
    suggester = network("Honest", "Other")
    before = score(suggester, "Honest", WELDERS)
    suggester.learn(Answer(WELDERS, "Honest", False, DeclineReason.CANNOT_MEET_OCCUPATION))

    assert score(suggester, "Honest", WELDERS) < before - 0.1
    assert suggester.suggest(WELDERS)[0].partner == "Other"


def test_no_capacity_is_remembered_for_a_while_and_forgotten_at_the_next_yes() -> None:
    experience = Experience()
    need = traits(WELDERS, "51-4121")
    experience.learn(Answer(WELDERS, "Full", False, DeclineReason.NO_CAPACITY), need, 1.0)
    assert experience.no_room("Full") == 1.0
    for _ in range(80):
        experience.learn(Answer(WELDERS, "Else", True), need, 1.0)
    assert experience.no_room("Full") < 0.3

    experience.learn(Answer(WELDERS, "Full", True), need, 1.0)
    assert experience.no_room("Full") == 0.0


def test_one_answer_changes_little_many_change_much() -> None:
    once, often = network("P"), network("P")
    once.learn(Answer(WELDERS, "P", False))
    for _ in range(15):
        often.learn(Answer(WELDERS, "P", False))

    never = score(network("P"), "P", WELDERS)
    assert score(once, "P", WELDERS) > never / 4
    assert score(often, "P", WELDERS) < never / 8


def test_a_new_partner_is_shown_before_one_that_is_as_good_and_known() -> None:
    suggester = network("Known", "New")
    for worth in (True, False, True, False):
        suggester.learn(Answer(WELDERS, "Known", worth))

    assert suggester.suggest(WELDERS)[0].partner == "New"


def test_nobody_gets_all() -> None:
    suggester = network("A", "B", "C")
    asked = []
    for _ in range(90):
        first = suggester.suggest(WELDERS)[0].partner
        asked.append(first)
        suggester.learn(Answer(WELDERS, first, True))

    assert max(asked.count(name) for name in "ABC") <= 60
    assert set(asked) == set("ABC")


def test_in_a_network_nobody_is_asked_above_twice_an_equal_share_while_others_may_well_say_yes() -> None:
    suggester = network(*"ABCDEFGHIJ")
    asked = []
    for number in range(200):
        first = suggester.suggest(WELDERS)[0].partner
        asked.append(first)
        suggester.learn(Answer(WELDERS, first, first == "A" or number % 4 == 0))

    counts = [asked.count(name) for name in "ABCDEFGHIJ"]
    assert max(counts) == counts[0] > 1.7 * 20
    assert counts[0] <= 2 * 20


def test_who_was_asked_above_its_share_is_told_so_and_a_poor_fit_is_still_behind_it() -> None:
    fit, other = ({"name": name, "services": [BOTH]} for name in ("A", "B"))
    unfit = {"name": "Z", "services": [{**BOTH, "occupations": ["29-2052"]}]}
    suggester = Suggester([Partner.from_json(one) for one in (fit, other, unfit)], CODER)
    for _ in range(8):
        suggester.learn(Answer(WELDERS, "A", True))
    found = suggester.suggest(WELDERS)

    assert [one.partner for one in found] == ["B", "A", "Z"]
    assert any("others come first" in reason.words for reason in found[1].why_not)


def test_profiles_are_believed_less_when_those_who_promise_most_say_no() -> None:
    promises = Promises()
    for _ in range(20):
        promises.learn(2.0, 0.0, 1.0, 0.0)
        promises.learn(-2.0, 0.0, 1.0, 0.4)

    assert 0 < promises.trust < 0.6 < Promises().trust
    assert promises.kept(2.0) < 0


def test_what_a_partners_own_habit_explains_says_little_about_profiles() -> None:
    surprised, explained = Promises(), Promises()
    surprised.learn(2.0, 0.0, 0.5, 0.0)
    explained.learn(2.0, -4.0, 0.5, 0.0)

    assert explained.level > surprised.level


def test_asked_for_by_name_comes_first_whatever_the_load() -> None:
    suggester = network("A", "B", "C")
    for _ in range(20):
        suggester.learn(Answer(WELDERS, "A", True))
    need = NeedAsked("welder", asked_for=("A",))

    assert suggester.suggest(need)[0].partner == "A"


def test_open_requests_count_as_load() -> None:
    partners = [Partner.from_json({"name": name, "services": [BOTH]}) for name in ("A", "B")]
    suggester = Suggester(partners, CODER, open_asks={"A": 9})

    assert suggester.suggest(WELDERS)[0].partner == "B"


def answers(rng: random.Random, suggester: Suggester, count: int, near_matters: float) -> list[Answer]:
    """Answers of a world in which distance decides and populations don't."""
    said = []
    for _ in range(count):
        far = rng.random() < 0.5
        need = NeedAsked("welder", location="Waukegan, IL" if far else "Cicero, IL", populations=("veterans",))
        yes = rng.random() < (1 - near_matters if far else near_matters)
        said.append(Answer(need, rng.choice(("A", "B")), yes))
    return said


def test_a_refit_is_taken_only_when_it_is_better_on_what_came_later() -> None:
    suggester, rng = network("A", "B"), random.Random(5)
    clear = refit(suggester.examples(answers(rng, suggester, 300, 0.95)))

    assert clear is not None
    assert clear.new_loss < clear.old_loss
    assert clear.weights["distance"] > WEIGHTS["distance"]
    assert any("distance" in words for words in clear.words)
    assert refit(suggester.examples(answers(rng, suggester, 20, 0.95))) is None


def test_a_refit_can_be_taken_back() -> None:
    suggester, rng = network("A", "B"), random.Random(5)
    history = answers(rng, suggester, 200, 0.95)
    for answer in history:
        suggester.learn(answer)
    before = suggester.suggest(WELDERS)
    model = refit(suggester.examples(history))
    assert model

    suggester.adopt(model.weights, history)
    assert suggester.suggest(WELDERS) != before
    suggester.adopt(WEIGHTS, history)
    assert suggester.suggest(WELDERS) == before


@given(st.lists(st.tuples(st.sampled_from("AB"), st.booleans(), st.sampled_from(["", *DeclineReason])), max_size=40))
def test_whatever_is_answered_effects_stay_finite_and_doubt_falls(said: list[tuple[str, bool, str]]) -> None:
    experience, need = Experience(), traits(WELDERS, "51-4121")
    for partner, yes, reason in said:
        experience.learn(Answer(WELDERS, partner, yes, "" if yes else reason), need, 0.5)

    for partner in "ABC":
        effects = experience.effects(partner, need)
        assert all(abs(effect) < 10 for _, effect in effects)
        assert 0 <= experience.doubt(partner, need) <= 1.0001
    assert experience.asked == pytest.approx(sum(experience.asked_lately(name) for name in "AB"), abs=0.01)


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        '{"answer": "perhaps"}',
        '{"answer": "accepted", "partner": "A"}',
        '{"answer": "accepted", "partner": "A", "need": {}}',
    ],
)
def test_an_answer_that_cant_be_read_names_its_line(tmp_path: Path, line: str) -> None:
    good = {
        "need": {"title": "welder"},
        "partner": "A",
        "answer": "accepted",
        "days": 3,
        "outcome": "placed",
        "placed": 4,
    }
    path = tmp_path / "answers.jsonl"
    path.write_text(f"{json.dumps(good)}\n{line}\n", encoding="utf-8")

    with pytest.raises(AnswersUnreadable, match="line 2"):
        read_answers(path)
