"""What a reply says of a partner's page: that it is right, which lines are other, and nothing that it says is lost."""

import time

import pytest

from mail.replies.profile import read_profile_answer


@pytest.mark.parametrize(
    "words",
    [
        "yes, still right",
        "Hi Rosa,\n\nall good, no changes from us.\n\nThanks,\nIvo",
        "Everything looks fine to us.",
        "Correct. Have a good week!",
        "Sí, todo sigue igual. Gracias",
        "Tak, wszystko aktualne",
    ],
)
def test_a_plain_yes(words: str) -> None:
    assert read_profile_answer(words).plain


@pytest.mark.parametrize(
    ("words", "right", "lines"),
    [
        ("we closed the forklift class", False, [("closed", "yes")]),
        ("Still right, except that we closed the forklift class in May.", True, [("closed", "yes")]),
        ("Yes. We have room for 8 in welding now.", True, [("capacity", "8")]),
        ("No changes. The forklift class is open again.", True, [("closed", "no")]),
        ("We are full until June.", False, [("capacity", "0")]),
        ("It is 12 seats, not 10.", False, [("capacity", "12")]),
        ("We no longer offer forklift; welding has 6 open seats.", False, [("closed", "yes"), ("capacity", "6")]),
        ("Cerramos el curso de soldadura.", False, [("closed", "yes")]),
        ("Nie prowadzimy już kursu spawania.", False, [("closed", "yes")]),
        ("Correct, but our phone number is 312-555-0144.", True, [("", "")]),
        ("We also train solar installers now.", False, [("", "")]),
        ("Did we close the welding class?", False, [("", "")]),
        ("Not right any more.", False, [("", "")]),
        ("No", False, [("", "")]),
    ],
)
def test_what_is_other_is_kept_with_its_words(words: str, right: bool, lines: list[tuple[str, str]]) -> None:
    said = read_profile_answer(words)
    assert (said.right, [(one.field, one.value) for one in said.others]) == (right, lines)
    assert all(one.words for one in said.others)


@pytest.mark.parametrize("words", ["yes " * 50_000, "room for " * 50_000, "we closed, " * 50_000, "1 " * 100_000])
def test_a_hostile_reply_takes_no_longer(words: str) -> None:
    start = time.process_time()
    read_profile_answer(words)
    assert time.process_time() - start < 1
