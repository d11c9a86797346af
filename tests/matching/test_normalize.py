"""One spelling a value, whatever way people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.employer_names import name_forms, word_form
from matching.normalize import birth_date, domain, email, fold, own_domain, phone, street, words, zip_code

TEXT = st.text(max_size=80)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("Łódź Ünal", ("lodz", "unal")),
        ("P.C. Joe's & Sons", ("pc", "joes", "and", "sons")),
        ("L.L.C.", ("llc",)),
        ("snow-plough/salt", ("snow", "plough", "salt")),
    ],
)
def test_words(written: str, said: tuple[str, ...]) -> None:
    assert words(written) == said


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("(312) 555-0101", "3125550101"),
        ("+1 312.555.0101 ext. 4", "3125550101"),
        ("555-0101", "5550101"),
        ("0000000000", ""),
        ("call me", ""),
    ],
)
def test_phone(written: str, digits: str) -> None:
    assert phone(written) == digits


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("https://www.lark-tools.example/jobs?x=1", "lark-tools.example"),
        ("Jane <jane@lark.example", "lark.example"),
        ("WWW.LARK.EXAMPLE", "lark.example"),
        ("lark", ""),
    ],
)
def test_domain(written: str, host: str) -> None:
    assert domain(written) == host


def test_a_shared_host_is_nobodys_own() -> None:
    assert own_domain("pat@gmail.com") == ""
    assert own_domain("https://lark.wixsite.com/jobs") == ""
    assert own_domain("lark.example") == "lark.example"


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("12 N. Lark Ave., Ste 3", ("12", ("lark",), "3")),
        ("012 Lark", ("12", ("lark",), "")),
        ("51st Street", ("", ("51",), "")),
        ("2649 W 51st St", ("2649", ("51",), "")),
        ("North Avenue", ("", ("north", "avenue"), "")),
    ],
)
def test_street(written: str, parts: tuple[str, tuple[str, ...], str]) -> None:
    assert street(written) == parts


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1990-02-03", "1990-02-03"),
        ("2/3/1990", "1990-02-03"),
        ("23/2/1990", "1990-02-23"),
        ("19900203", "1990-02-03"),
        ("1944-87-20", "1944-87-20"),
        ("1990", "1990"),
        ("unknown", ""),
    ],
)
def test_birth_date(written: str, day: str) -> None:
    assert birth_date(written) == day


def test_email_without_plus_part() -> None:
    assert email("Pat+jobs@Lark.Example") == "pat@lark.example"
    assert email("not an address") == ""


@pytest.mark.parametrize(
    ("written", "tokens"),
    [
        ("Quillfeather Foods, Inc.", [("quillfeather", "food")]),
        ("The Quillfeather Foods Company", [("quillfeather", "food")]),
        ("Employer: Quillfeather Foods (new)", [("quillfeather", "food")]),
        ("Quillfeather Svcs. II", [("quillfeather", "service", "2")]),
        ("Harrow Holdings LLC d/b/a Lark Bakery", [("harrow", "holding"), ("lark", "bakery")]),
        ("Millie'S Trust", [("milly", "trust")]),
        ("MILLIE S TRUST", [("milly", "trust")]),
        ("Lark Transport Sp. z o.o.", [("lark", "transportation")]),
        ("Inc", [("inc",)]),
        ("", []),
    ],
)
def test_company_names(written: str, tokens: list[tuple[str, ...]]) -> None:
    assert [form.tokens for form in name_forms(written)] == tokens


@given(TEXT)
def test_spelling_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert words(" ".join(words(text))) == words(text)
    assert phone(phone(text)) == phone(text)
    assert domain(domain(text)) == domain(text)
    assert email(email(text)) == email(text)
    assert zip_code(zip_code(text)) == zip_code(text)
    assert birth_date(birth_date(text)) == birth_date(text)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=12))
def test_a_words_form_is_a_word(word: str) -> None:
    assert word_form(word).isalnum()
