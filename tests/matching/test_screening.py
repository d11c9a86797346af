"""Orders that screen by a protected class are found; preferences for groups that programmes serve are not."""

import pytest

from matching.industries import industries_in, industry_of, shared
from matching.needs import NeedAsked
from matching.screening import flags


@pytest.mark.parametrize(
    ("text", "protected"),
    [
        ("Three packers, females only please.", "sex"),
        ("sólo hombres", "sex"),
        ("They want someone under 40 only", "age"),
        ("young people preferred", "age"),
        ("Must be a US citizen", "citizenship"),
        ("no felons", "arrest or conviction record"),
        ("native English speakers only", "native language"),
        ("Christians only", "religion"),
    ],
)
def test_a_screening_order_is_found(text: str, protected: str) -> None:
    assert [flag.protected for flag in flags(NeedAsked("packer", text=text))] == [protected]


@pytest.mark.parametrize(
    "text",
    [
        "Preferably veterans.",
        "Polish preferred, bilingual team.",
        "They would love to hire returning citizens.",
        "Must be 18 or older and able to lift 50 lbs.",
        "The crew of women who run the bakery need a cook.",
        "Work authorization required.",
    ],
)
def test_a_lawful_wish_is_left_alone(text: str) -> None:
    assert flags(NeedAsked("packer", text=text)) == ()


def test_industries_meet_by_code_and_by_name() -> None:
    assert industry_of("food manufacturing") == "311"
    assert industry_of("722513") == "722"
    assert industries_in("a family-run bakery and restaurant") >= {"311", "722"}
    assert shared(("311",), ("31",)) == 0.6
    assert shared(("332",), ("31",)) == 0.6
    assert shared(("62",), ("722",)) == 0.0
