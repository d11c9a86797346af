"""Who can help: walls keep out, signals rank, and every suggestion says why and why not."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.answers import Answer
from matching.needs import NeedAsked, NeedUnreadable
from matching.occupations import Coder
from matching.partners import DirectoryUnreadable, Partner, Service, partners_from_json
from matching.suggest import Suggester, Suggestion, split
from matching.walls import FULL_DAYS, wall

CODER = Coder()
TODAY = date(2026, 11, 25)


def partner(name: str, *services: dict[str, Any], **more: Any) -> Partner:
    return Partner.from_json({"name": name, "services": list(services), **more})


def suggest(partners: list[Partner], need: dict[str, Any], history: list[Answer] | None = None) -> list[Suggestion]:
    return Suggester(partners, CODER, history or (), today=TODAY).suggest(NeedAsked.from_json(need))


def names(found: list[Suggestion]) -> list[str]:
    return [suggestion.partner for suggestion in found]


def words(found: Suggestion) -> str:
    return "; ".join(reason.words for reason in (*found.why, *found.why_not))


WELDING = {"name": "Welding lab", "kind": "training", "occupations": ["51-4121"]}
COOKING = {"name": "Kitchen school", "kind": "training", "occupations": ["35-2014"]}


def test_the_partner_that_declares_the_occupation_comes_first_and_says_so() -> None:
    found = suggest([partner("Ladle Works", COOKING), partner("Sparks Lab", WELDING)], {"title": "welders"})

    assert names(found)[0] == "Sparks Lab"
    assert "trains welders (51-4121)" in words(found[0])
    assert "no service for this occupation is known" in words(found[1])


def test_a_declared_code_outweighs_a_name_and_a_name_a_description() -> None:
    declared = partner("Declares", WELDING)
    named = partner("Names", {"name": "Shop", "kind": "training", "occupations": ["welder"]})
    described = partner(
        "Describes", {"name": "Metal joining", "kind": "training", "description": "MIG and TIG welding, brazing."}
    )

    found = suggest([described, named, declared], {"title": "Welder"})

    assert names(found) == ["Declares", "Names", "Describes"]
    assert found[0].score > found[1].score > found[2].score > 0.05


def test_the_one_that_serves_veterans_comes_first_where_veterans_are_asked_for() -> None:
    guards = {"kind": "hire_support", "occupations": ["33-9032"]}
    found = suggest(
        [partner("Anyone", {**guards, "name": "Desk"}), partner("Vets", {**guards, "populations": ["veterans"]})],
        {"title": "security guard", "populations": ["veterans"]},
    )

    assert names(found) == ["Vets", "Anyone"]
    assert "serves veterans" in words(found[0])
    assert "doesn't say whether it serves veterans" in words(found[1])


@pytest.mark.parametrize(
    ("service", "more", "need", "name"),
    [
        ({"status": "temporarily closed"}, {}, {}, "closed"),
        ({"capacity": 0}, {}, {}, "capacity"),
        ({"areas": ["Hegewisch"]}, {}, {"location": "Wauconda, IL"}, "area"),
        ({"requires": ["youth"]}, {}, {"populations": ["older_workers"]}, "eligibility"),
        ({"pathways": ["apprenticeship"]}, {}, {"pathway": "job"}, "pathway"),
        ({}, {"confirmed_on": "2024-01-01"}, {}, "stale"),
        ({}, {}, {"agreement_required": True, "referring_org": "Hub"}, "agreement"),
        (
            {},
            {"agreements": [{"with": "Hub", "kind": "MOU", "status": "signed", "end": "2026-01-31"}]},
            {"agreement_required": True, "referring_org": "Hub"},
            "agreement",
        ),
        ({}, {}, {"excluded": ["Sparks Lab"]}, "excluded"),
        ({}, {}, {"referring_org": "Sparks Lab"}, "own_need"),
    ],
)
def test_a_wall_keeps_a_partner_out_and_can_be_explained(
    service: dict[str, Any], more: dict[str, Any], need: dict[str, Any], name: str
) -> None:
    suggester = Suggester([partner("Sparks Lab", {**WELDING, **service}, **more)], CODER, today=TODAY)
    asked = NeedAsked.from_json({"title": "welder", **need})

    assert suggester.suggest(asked) == []
    assert [(told[0], told[1]) for told in suggester.refused(asked)] == [("Sparks Lab", name)]


def test_a_signed_agreement_opens_the_wall() -> None:
    signed = {"with": "Hub", "kind": "MOU", "status": "signed", "end": "2027-01-31"}
    found = suggest(
        [partner("Sparks Lab", WELDING, agreements=[signed])],
        {"title": "welder", "agreement_required": True, "referring_org": "Hub"},
    )

    assert "MOU with Hub is signed" in words(found[0])


def test_what_is_unknown_is_kept_and_flagged() -> None:
    found = suggest([partner("Silent House")], {"title": "welder", "location": "Cicero, IL", "openings": 5})

    assert names(found) == ["Silent House"]
    for unknown in ("doesn't say which occupations", "where it works isn't known", "how many people it can present"):
        assert unknown in words(found[0])


def test_a_preference_is_soft() -> None:
    found = suggest(
        [partner("Refugee House", {**WELDING, "populations": ["refugees"]})],
        {"title": "welder", "populations": ["veterans"]},
    )

    assert names(found) == ["Refugee House"]
    assert "serves refugees, not veterans" in words(found[0])


def test_an_order_that_screens_by_a_protected_class_is_flagged_and_not_followed() -> None:
    partners = [partner("Sparks Lab", WELDING)]
    plain = suggest(partners, {"title": "welder", "text": "They need welders."})
    screened = suggest(partners, {"title": "welder", "text": "They need welders, men only."})

    assert screened[0].score == pytest.approx(plain[0].score, abs=0.02)
    assert 'the order says "men only": screening by sex can\'t be followed' in words(screened[0])


def test_nearer_is_better_and_the_distance_is_said() -> None:
    found = suggest(
        [partner("Far", {**WELDING, "areas": ["Waukegan"]}), partner("Near", {**WELDING, "areas": ["Skokie"]})],
        {"title": "welder", "location": "Evanston, IL"},
    )

    assert names(found) == ["Near", "Far"]
    assert "works in Waukegan" in words(found[1])
    assert "miles away" in words(found[1])


def test_languages_in_the_words_of_the_mail_count() -> None:
    found = suggest(
        [partner("Mono", {**WELDING, "languages": ["English"]}), partner("Dos", {**WELDING, "languages": ["Spanish"]})],
        {"title": "welder", "text": "Spanish-speaking welders would be great."},
    )

    assert names(found) == ["Dos", "Mono"]
    assert "speaks Spanish" in words(found[0])


def test_apprenticeships_go_where_apprenticeships_are_made() -> None:
    kinds = ("events", "hire_support", "apprenticeship")
    found = suggest(
        [partner(kind, {"name": kind, "kind": kind, "occupations": ["47-2211"]}) for kind in kinds],
        {"title": "sheet metal apprentice", "pathway": "apprenticeship"},
    )

    assert names(found)[0] == "apprenticeship"


def test_weights_add_up_to_the_score() -> None:
    found = suggest([partner("Sparks Lab", WELDING)], {"title": "welder"})[0]

    assert 0 < found.score < 1
    assert found.why[0].weight >= found.why[-1].weight
    assert found.to_json().keys() >= {"partner", "score", "why", "why_not"}


def test_a_large_need_is_split_within_the_room_that_each_has() -> None:
    partners = [
        partner("Five", {**WELDING, "capacity": 5}),
        partner("Four", {**WELDING, "capacity": 4}),
        partner("Plenty", {**WELDING, "populations": ["youth"]}),
    ]
    need = NeedAsked.from_json({"title": "welder", "openings": 30})
    found = Suggester(partners, CODER, today=TODAY).suggest(need)

    shares = {share.partner: share.openings for share in split(need, found)}

    assert sum(shares.values()) == 30
    assert shares["Five"] <= 5 and shares["Four"] <= 4


@given(st.integers(1, 200), st.lists(st.one_of(st.none(), st.integers(0, 40)), max_size=6))
def test_a_split_never_gives_more_than_asked_or_than_there_is_room(openings: int, rooms: list[int | None]) -> None:
    need = NeedAsked("welder", openings=openings)
    found = [Suggestion(f"P{number}", 0.9 - number / 10, room=room) for number, room in enumerate(rooms)]
    shares = split(need, found)

    given_out = sum(share.openings for share in shares)
    everything = openings if None in rooms else min(openings, sum(room or 0 for room in rooms))
    assert given_out == everything
    assert all(share.openings > 0 for share in shares)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("title", "text", "openings", "employer", "location", "populations", "occupation", "wage_min", "excluded")


@given(st.dictionaries(st.sampled_from(KEYS), JSON))
def test_any_json_is_a_need_or_refused_in_one_sentence(data: dict[str, Any]) -> None:
    try:
        need = NeedAsked.from_json(data)
    except NeedUnreadable as error:
        assert "\n" not in str(error)
    else:
        assert need.openings >= 1
        Suggester([partner("Sparks Lab", WELDING)], CODER, today=TODAY).suggest(need)


@given(JSON | st.fixed_dictionaries({"partners": st.lists(st.fixed_dictionaries({"name": JSON, "services": JSON}))}))
def test_any_json_is_a_directory_or_refused_in_one_sentence(data: Any) -> None:
    try:
        partners_from_json(data)
    except DirectoryUnreadable as error:
        assert "\n" not in str(error)


def test_a_partner_that_was_full_long_ago_may_have_room_again() -> None:
    today = date(2026, 11, 26)
    for days, stands in ((10, True), (FULL_DAYS + 1, False)):
        service = Service("Placement", capacity=0, capacity_on=today - timedelta(days=days))
        found = wall(NeedAsked("welder"), Partner("Quarry Road Works"), service, today)
        assert (found is not None and found[0] == "capacity") is stands
