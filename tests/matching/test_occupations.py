"""A job title, as people write it in three languages, becomes an occupation; what means nothing becomes none."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import coding
from matching.cues import title_words
from matching.occupation_sources import OccupationsUnreadable, builtin
from matching.occupations import Coder
from matching.spelling import Spelling

CODER = Coder()


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("class A driver", "53-3032"),
        ("Forklift Operators", "53-7051"),
        ("hiring 12 forklift operators for second shift", "53-7051"),
        ("Welder (MIG)", "51-4121"),
        ("soldadores", "51-4121"),
        ("spawacz", "51-4121"),
        ("operador de montacargas", "53-7051"),
        ("opiekunka osób starszych", "31-1122"),
        ("CNAs", "31-1131"),
        ("Forklft Operator", "53-7051"),
        ("CNC machine operator", "51-9161"),
        ("guardia de seguridad", "33-9032"),
        ("Sr. Maint. Tech", "49-9071"),
        ("hotel housekeeper", "37-2012"),
        ("line cooks", "35-2014"),
    ],
)
def test_a_title_as_people_write_it_gets_its_code(title: str, code: str) -> None:
    assert CODER.code(title)[0].code == code


@pytest.mark.parametrize("nothing", ["", "   ", "?!", "zzyqx", "żźć!"])
def test_what_means_nothing_gets_no_code(nothing: str) -> None:
    assert CODER.code(nothing) == []


def test_a_bare_driver_may_be_several_and_says_so() -> None:
    found = CODER.code("driver")

    assert found[0].confidence < 0.6
    assert {occupation.code[:4] for occupation in found} == {"53-3"}


def test_what_the_employer_does_decides_between_readings() -> None:
    guard = CODER.code("site supervisor", context="they guard warehouses and patrol at night, security officers")
    builder = CODER.code("site supervisor", context="general contractor, concrete and framing crews, blueprints")

    assert guard[0].code == "33-1091"
    assert builder[0].code == "47-1011"


@given(st.text(max_size=300))
def test_any_text_is_coded_with_confidences_that_fall_and_stay_below_one(text: str) -> None:
    found = CODER.code(text)

    confidences = [occupation.confidence for occupation in found]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert sum(confidences) <= 1.0001


@given(st.text(alphabet="abcdef in at $19 to start shift\n-–(", max_size=400))
def test_title_words_never_lose_everything(text: str) -> None:
    assert bool(title_words(text)) == bool(text.split())


@pytest.mark.parametrize(
    ("phrase", "title"),
    [
        ("they need 12 Forklift Operators for second shift", "forklift operators"),
        ("looking for 5 Welders starting at $19/hr", "welders"),
        ("trying to fill 8 CNC Machinist spots in Cicero", "cnc machinist"),
        ("hiring 3 Coaches at the new warehouse", "coaches"),
        ("Buscamos 3 cocineros", "cocineros"),
        ("Night Auditor", "night auditor"),
        ("Day Care Worker", "day care worker"),
    ],
)
def test_the_title_is_found_in_a_phrase_of_a_mail(phrase: str, title: str) -> None:
    assert title_words(phrase) == title


def test_every_row_of_the_table_is_whole_and_its_titles_lead_back_to_it() -> None:
    sources = builtin()
    wrong = [
        (title, entry.code)
        for entry in sources.entries.values()
        for title in list(entry.titles)[:2]
        if entry.code not in [occupation.code for occupation in CODER.code(title, 5)]
    ]

    assert len(sources.entries) >= 600
    assert len(wrong) <= 5, wrong


def test_a_slip_of_the_keyboard_is_mended_only_where_a_word_is_near() -> None:
    spelling = Spelling(["operator", "operator", "forklift", "forklift", "welder", "welder"])

    assert spelling.mend("forklfit oprator") == "forklift operator"
    assert spelling.mend("welders xylophonist it") == "welders xylophonist it"


def onet_folder(folder: Path) -> Path:
    """A folder in the form of the O*NET text database with two made-up occupations."""
    rows = {
        "Occupation Data.txt": [
            ("O*NET-SOC Code", "Title", "Description"),
            ("51-4121.00", "Welders, Cutters, Solderers, and Brazers", "Join metal."),
            ("99-1111.00", "Cloud Polishers", "Polish clouds with soft cloths."),
        ],
        "Alternate Titles.txt": [
            ("O*NET-SOC Code", "Alternate Title", "Short Title", "Source(s)"),
            ("99-1111.00", "Nimbus Shiner", "n/a", "01"),
        ],
        "Task Statements.txt": [
            ("O*NET-SOC Code", "Task ID", "Task", "Task Type"),
            ("99-1111.00", "1", "Shine cumulus before sunrise.", "Core"),
        ],
    }
    for name, lines in rows.items():
        with (folder / name).open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, delimiter="\t").writerows(lines)
    return folder


def test_a_folder_is_read_beside_our_own_lay_titles(tmp_path: Path) -> None:
    coder = Coder(onet_folder(tmp_path))

    assert coder.code("nimbus shiners")[0].code == "99-1111"
    assert coder.code("spawacz")[0].code == "51-4121"


def test_a_folder_that_is_no_database_is_refused_in_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(OccupationsUnreadable, match="Occupation Data"):
        Coder(tmp_path)

    assert coding.main(["welder", "--occupations", str(tmp_path)]) == 65
    assert capsys.readouterr().err.count("\n") == 1


def test_the_command_prints_the_list_of_the_contract(capsys: pytest.CaptureFixture) -> None:
    assert coding.main(["class A driver"]) == 0

    first = json.loads(capsys.readouterr().out)[0]
    assert first["code"] == "53-3032"
    assert set(first) == {"code", "title", "confidence"}


def test_a_training_programme_leads_to_its_occupations_and_an_unknown_one_to_those_of_its_series() -> None:
    assert CODER.code("48.0508")[0].code == "51-4121"
    assert [found.code for found in CODER.code("CIP 48.0508")] == [found.code for found in CODER.code("48.0508")]
    assert {found.code[:2] for found in CODER.code("48.0599")} == {"51"}
    assert CODER.code("98.7654") == []


def test_a_code_is_itself() -> None:
    assert [(found.code, found.confidence) for found in CODER.code("53-7051")] == [("53-7051", 1.0)]


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Fork Lift Operator", "53-7051"),
        ("forklft oprators", "53-7051"),
        ("montacarguista", "53-7051"),
        ("kierowca kat. C+E", "53-3032"),
        ("director of nursing", "11-9111"),
    ],
)
def test_split_words_slips_and_heads_lead_to_the_same_work(title: str, first: str) -> None:
    assert CODER.code(title)[0].code == first


def test_a_person_is_told_codes_with_reasons_and_asked_where_they_are_unsure(capsys: pytest.CaptureFixture) -> None:
    assert coding.main(["--words", "class A driver"]) == 0
    sure = capsys.readouterr().out
    assert coding.main(["--words", "driver"]) == 0
    unsure = capsys.readouterr().out

    assert "53-3032   99%  Heavy and Tractor-Trailer Truck Drivers (known by this title)" in sure
    assert "Not sure" not in sure
    assert unsure.count("Not sure") == 1


@pytest.mark.parametrize("nonsense", ["asdf", "x" * 10_000, "98.7654", "?!"])
def test_nonsense_gets_one_sentence(nonsense: str, capsys: pytest.CaptureFixture) -> None:
    assert coding.main(["--words", nonsense]) == 0

    said = capsys.readouterr().out
    assert said.count("\n") == 1
    assert len(said) < 200
