"""Candidates and needs meet by work, distance and language; a partner is asked to confirm what its words suggest."""

from matching.fits import Seeker, needs_for, seekers_for
from matching.needs import NeedAsked
from matching.occupations import Coder
from matching.partners import Service
from matching.training import Training

CODER = Coder()


def test_the_same_work_nearby_comes_first_and_unrelated_work_is_left_out() -> None:
    seekers = [
        Seeker("far", ("forklift driver",), "Waukegan, IL"),
        Seeker("near", ("forklift operator",), "Cicero, IL"),
        Seeker("nurse", ("registered nurse",), "Cicero, IL"),
    ]

    found = seekers_for(NeedAsked("forklift operators", location="Berwyn, IL"), seekers, CODER)

    assert [fit.key for fit in found] == ["near", "far"]
    assert found[0].why[0].words == "same occupation: Industrial Truck and Tractor Operators (53-7051)"
    assert "miles away" in found[1].why_not[0].words


def test_related_work_counts_less_and_says_so() -> None:
    found = seekers_for(
        NeedAsked("CNC operator"), [Seeker("same", ("CNC operator",)), Seeker("like", ("machinist",))], CODER
    )

    assert found[0].key == "same"
    assert all(fit.score < found[0].score for fit in found[1:])


def test_a_candidate_gets_fitting_needs() -> None:
    needs = [NeedAsked("line cook"), NeedAsked("soldador", text="Spanish-speaking welders"), NeedAsked("welder")]

    found = needs_for(Seeker("p", ("welder",), languages=("Spanish",)), needs, CODER)

    assert [fit.key for fit in found] == ["1", "2"]
    assert any(reason.words == "speaks Spanish" for reason in found[0].why)


def test_codes_are_proposed_from_a_description_and_never_twice() -> None:
    training = Training(CODER)
    school = Service("Commercial driver training", "training", "Prepares for the CDL class A licence and air brakes.")

    proposed = [occupation.code for occupation in training.propose(school)]
    confirmed = Service(school.name, "training", school.description, occupations=("53-3032",))

    assert proposed[0] == "53-3032"
    assert "53-3032" not in [occupation.code for occupation in training.propose(confirmed)]
    assert training.propose(Service("Desk", trades=("welder",)))[0].code == "51-4121"
