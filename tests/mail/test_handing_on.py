"""Why an employer is handed on, as people write it."""

import pytest

from mail.replies.handing_on import why


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We can't place welders ourselves. Who takes this one?", "cannot_meet_occupation"),
        ("Hi Ana, we don't train phlebotomists, could you?", "cannot_meet_occupation"),
        ("We do not have anyone with a CDL right now, so over to you.", "cannot_meet_occupation"),
        ("This one is not our field, I'm afraid. Meet Pat of Sablewood Bakery.", "cannot_meet_occupation"),
        ("I couldn't fill this order. They need 9 stockers in Elgin.", "cannot_meet_occupation"),
        (
            "An apprenticeship is not the best fit for a shop of four. He wants people by March.",
            "apprenticeship_not_fit",
        ),
        ("She asked about apprentices. After an hour we agreed it's the wrong tool.", "apprenticeship_not_fit"),
        ("Rockford is outside of our area, so I am passing this to you.", "outside_area"),
        ("Our grant is only for youth and they want adults, so we can't serve them.", "population_not_served"),
        ("We are swamped and can't take another order before June.", "no_capacity"),
        ("No tenemos curso de soldadura, por eso se lo paso.", "cannot_meet_occupation"),
        ("Nie szkolimy spawaczy, więc przekazuję to Wam.", "cannot_meet_occupation"),
    ],
)
def test_a_reason_of_ones_own_is_read(text: str, reason: str) -> None:
    found = why(text)
    assert found is not None
    assert found.reason == reason
    assert text[found.start :].startswith(found.words[:12])


@pytest.mark.parametrize(
    "text",
    [
        "Meet Pat Orlowski of Sablewood Bakery. They need 4 packers at $19 an hour and can't wait long.",
        "They can't find drivers. Could you help?",
        "Can't you take this one?",
        "Their apprentices start on Monday; the pay is $22.",
        "The owner is not ready to sign anything yet.",
        "",
    ],
)
def test_what_the_employer_lacks_is_no_reason_of_ours(text: str) -> None:
    assert why(text) is None
