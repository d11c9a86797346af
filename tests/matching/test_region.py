"""Places of the Chicago region are known without a network, and areas reach them or don't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import region


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Little Village, Chicago, IL", "South Lawndale"),
        ("Pilsen", "Lower West Side"),
        ("the Loop", "Loop"),
        ("Back of the Yards, Chicago", "New City"),
        ("Saint Charles, IL", "St. Charles"),
        ("2600 S Kedzie Ave, Chicago, IL 60623", "60623"),
        ("suburban Cook County", "Cook County"),
        ("Hammond, IN", "Hammond"),
    ],
)
def test_a_place_is_found_by_its_usual_names(text: str, name: str) -> None:
    found = region.find(text)

    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("text", ["", "Aurora, CO", "Atlantis", ", ,"])
def test_what_lies_elsewhere_is_unknown(text: str) -> None:
    assert region.find(text) is None


def test_all_seventy_seven_community_areas_are_there() -> None:
    places = {place for place in region._table().values() if place.kind == "community_area"}

    assert len(places) == 77


def test_a_county_reaches_its_suburbs_and_the_city_its_community_areas() -> None:
    cicero, uptown = region.find("Cicero"), region.find("Uptown")
    assert cicero and uptown

    assert region.reach(("Cook County",), cicero) == region.Reach("Cook County", 0.0)
    assert region.reach(("Cook County",), uptown) == region.Reach("Cook County", 0.0)
    assert region.reach(("Chicago",), uptown) == region.Reach("Chicago", 0.0)
    assert region.reach(("Nowhere",), uptown) is None


def test_the_nearest_area_is_told_with_its_distance() -> None:
    wheeling = region.find("Wheeling")
    assert wheeling

    near = region.reach(("Hegewisch", "Des Plaines"), wheeling)

    assert near and near.area == "Des Plaines"
    assert 2 < near.miles < 9


@given(st.sampled_from(sorted(region._table())), st.sampled_from(sorted(region._table())))
def test_distance_is_the_same_both_ways_and_never_negative(one: str, other: str) -> None:
    a, b = region._table()[one], region._table()[other]

    assert a.miles_to(b) == pytest.approx(b.miles_to(a))
    assert 0 <= a.miles_to(b) < 160


@given(st.text(max_size=400))
def test_any_text_may_be_asked_for(text: str) -> None:
    found = region.find(text)
    assert found is None or found in region._table().values()
