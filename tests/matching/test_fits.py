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


def test_of_seventeen_seekers_those_of_the_same_or_related_work_come_first() -> None:
    sought = (
        "nursing assistant; home caregiver; MIG welder; metal fabricator; forklift driver; order picker; CDL A driver; "
        "delivery driver; line cook; prep cook; janitor; hotel housekeeper; help desk technician; bookkeeper; "
        "accounts payable clerk; CNC operator; machinist"
    ).split("; ")
    right = {
        "patient care tech": "nursing assistant",
        "caregivers for seniors": "home caregiver",
        "fitter welders": "MIG welder",
        "warehouse forklift operators": "forklift driver",
        "pickers and packers": "order picker",
        "class B drivers": "CDL A driver",
        "route drivers": "delivery driver",
        "kitchen helpers": "prep cook",
        "school custodians": "janitor",
        "room attendants": "hotel housekeeper",
        "desktop support": "help desk technician",
        "CNC setup": "CNC operator",
    }
    seekers = [Seeker(title, (title,)) for title in sought]

    found = {asked: [fit.key for fit in seekers_for(NeedAsked(asked), seekers, CODER, 3)] for asked in right}

    wrong = {asked: keys for asked, keys in found.items() if keys[:1] != [right[asked]]}
    assert not wrong
