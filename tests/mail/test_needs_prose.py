"""Which words of a mail ask for people, and which speak of people who are there already."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.needs import ReadNeed, TextPart, read_needs
from mail.prose.nouns import title_of
from mail.prose.titles import find_titles
from mail.prose.titles_es_pl import find_titles_abroad

SENT = date(2026, 2, 10)


def read(*texts: str, **names: str) -> list[ReadNeed]:
    parts = [TextPart("message" if not number else f"chain[{number - 1}]", text) for number, text in enumerate(texts)]
    return read_needs([*parts, *(TextPart(name, text) for name, text in names.items())], sent=SENT)


def orders(*texts: str) -> list[tuple[str, int | None]]:
    return [(need.need.title, need.need.openings) for need in read(*texts)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We need three welders and a dock lead.", [("welder", 3), ("dock lead", 1)]),
        ("We're down two line cooks and a host.", [("line cook", 2), ("host", 1)]),
        ("She could use a handful of packers.", [("packer", None)]),
        ("They have openings for shipping and receiving clerks (3).", [("shipping and receiving clerk", 3)]),
        ("Forklift operators x 4 needed.", [("forklift operator", 4)]),
        ("12 coach drivers and 4 luggage porters short.", [("coach driver", 12), ("luggage porter", 4)]),
        ("We want 6 CNAs and two RNs.", [("CNA", 6), ("RN", 2)]),
        ("wants 3 braiders n a nail tech", [("braider", 3), ("nail tech", 1)]),
        ("He has 7 teller openings.", [("teller", 7)]),
        ("Necesitamos una docena de jardineros y un chofer de camión.", [("jardinero", 12), ("chofer de camión", 1)]),
        ("Szukam trzech stolarzy i jednego lakiernika.", [("stolarz", 3), ("lakiernik", 1)]),
        ("We need a Tile Setter and two Mosaic Cutters.", [("tile setter", 1), ("mosaic cutter", 2)]),
        ("Need (3) tin smiths - $36/hr; (1) shop clerk - $19/hr.", [("tin smith", 3), ("shop clerk", 1)]),
        ("Vacancies: florist (2, $17), florist manager (1, $48k).", [("florist", 2), ("florist manager", 1)]),
        ("Practical Nurse (LPN) - 2 FT positions, $31/hr", [("practical nurse", 2)]),
        ("We want sitters - 2 night sitters, 3 weekend sitters - soon.", [("night sitter", 2), ("weekend sitter", 3)]),
        ("They have 15 dietary services positions to fill.", [("dietary services", 15)]),
        ("We are seeking parking attendants. We have 7 open positions.", [("parking attendant", 7)]),
        ("I wrote 4 drivers needed, it should be 6.", [("driver", 6)]),
        (
            "We may add 10 more in the fall if the grant comes, but for now just 3 custodians needed.",
            [("custodian", 3)],
        ),
        ("Wanted: pipe fitter. $42/hr.", [("pipe fitter", 1)]),
        ("Hola, hay tres vacantes de costurera en la fábrica.", [("costurera", 3)]),
        ("Operador de prensa (10 vacantes), $18 la hora. Se solicita ya.", [("operador de prensa", 10)]),
        ("potrzebuje dwóch pomocników na budowę", [("pomocnik na budowę", 2)]),
    ],
)
def test_what_is_asked_for(text: str, expected: list[tuple[str, int | None]]):
    assert orders(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Some 240 people work there.",
        "He does not need any journeymen.",
        "I have two pressmen on my books.",
        "He has two cooks and a dishwasher.",
        "We hired three welders last year.",
        "Rosa placed 14 aides at the hospital.",
        "Twelve machinists graduated in May.",
        "Does anybody know a good tailor?",
        "Next year they may add two drivers.",
        "The 2027 hiring of 40 assemblers isn't budgeted.",
        "Maya Ortiz, Director of Field Services",
        "Ellis Mechanical Contractors is in Addison.",
        "She ate four tamales and met two neighbors.",
        "I have two welders ready to interview.",
        "Bringing you five packers for the night shift.",
        "One is a former bus operator, the other drove a forklift.",
        "Happy to send you our best dispatcher. She is looking for a receptionist position.",
        "Rosa Vega, cocinera, 5 años de experiencia.",
        "Pan Jan Nowak, spawacz, szuka pracy od 1 maja.",
    ],
)
def test_what_is_not_asked_for(text: str):
    assert orders(text) == []


def test_wages_go_to_the_titles_they_are_said_of():
    needs = read("Drivers earn $23.40 an hour, porters $17.90.", "We need 12 coach drivers and 4 porters.")
    assert [(need.need.title, need.need.wage_min) for need in needs] == [("coach driver", 23.4), ("porter", 17.9)]


def test_one_wage_behind_a_list_holds_for_the_list():
    assert [need.need.wage_min for need in read("We need 4 packers and 2 sorters at $18 an hour.")] == [18, 18]


def test_as_many_wages_as_titles_go_in_their_order():
    needs = read("Need 2 cooks and 1 busser, 19 and 16.60 an hour.")
    assert [need.need.wage_min for need in needs] == [19, 16.6]


def test_an_exception_has_its_own_start():
    needs = read(
        "She needs two aides and a cook. The cook should come on April 20.\n\nExcept for the cook they all start May 1."
    )
    assert [need.need.start_date for need in needs] == ["2026-05-01", "2026-04-20"]


def test_tomorrow_is_no_start_and_takes_none_of_the_others():
    needs = read("We need 9 loaders and 2 clerks. Loaders can start March 6. Clerks could come tomorrow.")
    assert [need.need.start_date for need in needs] == ["2026-03-06", None]


def test_the_newest_words_win():
    needs = read(
        "They called: make that six welders, and the start moved to March 9.", "We need four welders on March 2."
    )
    assert [(need.need.openings, need.need.start_date) for need in needs] == [(6, "2026-03-09")]


def test_what_newer_words_call_filled_is_no_need_any_more():
    assert orders("The groomer was filled.", "We need two aides and a groomer.") == [("aide", 2)]


def test_places_beside_the_needs():
    needs = read("We are hiring drivers: five in Joliet, four in Plainfield.")
    assert [(need.need.openings, need.need.location) for need in needs] == [(5, "Joliet, IL"), (4, "Plainfield, IL")]


def test_populations_and_pathway():
    (need,) = read("We'd like to sponsor six sheet metal apprentices and would welcome veterans.")
    assert (need.need.pathway, need.need.populations) == ("apprenticeship", ("veterans",))


def test_an_unticked_box_is_not_asked_for():
    (need,) = read("Position: Cook\nOpenings: 2\nWage: $20/hr\nInterested in: [x] Refugees [ ] Veterans")
    assert need.need.populations == ("refugees",)


def test_a_form_in_one_line():
    (found,) = read("New job. Title: Loom Fixer. Pay: $24-26 per hour. Location: Niles. Openings: 2. Start: 3/23/26.")
    need = found.need
    assert (need.title, need.openings, need.wage_min, need.wage_max) == ("loom fixer", 2, 24, 26)
    assert (need.location, need.start_date) == ("Niles, IL", "2026-03-23")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2 roofers needed. $27, Niles, March 16.", "2026-03-16"),
        ("We need 2 roofers. Start moves to March 16 from March 9.", "2026-03-16"),
        ("Buscamos 2 techadores. Fecha de inicio: 23/03/2026.", "2026-03-23"),
        ("We need 2 roofers. The job fair, Niles, March 16.", None),
    ],
)
def test_starts_without_a_verb(text: str, start: str | None):
    assert read(text)[0].need.start_date == start


def test_a_form_with_two_positions():
    form = (
        "Company: Birch Works\nContact: Ana Lopez\nRole: Owner\n"
        "Position 1: Packer\nOpenings 1: 12\nHourly wage 1: 17.10\n"
        "Position 2: Lead technician\nOpenings 2: 1\nHourly wage 2: 23.20 - 25.00\nStart date: 04/27/2026"
    )
    needs = [need.need for need in read(form)]
    assert [(need.title, need.openings, need.wage_max) for need in needs] == [
        ("packer", 12, 17.1),
        ("lead technician", 1, 25),
    ]
    assert {need.start_date for need in needs} == {"2026-04-27"}


def test_a_table_and_the_sentence_below_it():
    text = (
        "No | Position | Openings | Pay | Site\n"
        "71 | Kiln operator | 3 | $24-29/hr | Elgin\n72 | Rep | 1 | $46,000 | Cary\n\n"
    )
    needs = [need.need for need in read(text + "Elgin people all start March 2.")]
    assert [(need.title, need.openings, need.start_date) for need in needs] == [
        ("kiln operator", 3, "2026-03-02"),
        ("rep", 1, None),
    ]


def test_a_closed_line_of_a_list_is_no_need():
    csv = "Job title,# open,Pay,Status\nDock worker,12,$21/hr,Open\nDispatcher,1,$24/hr,Closed\n"
    assert [need.need.title for need in read_needs([TextPart("attachment:jobs.csv", csv)], sent=SENT)] == [
        "dock worker"
    ]


def test_a_list_of_candidates_is_no_list_of_needs():
    csv = "First name,Surname,Phone,Job\nDoe,Ann,312-555-0101,welder\n"
    assert read_needs([TextPart("attachment:people.csv", csv)], sent=SENT) == []


def test_the_subject_speaks_where_the_mail_does_not():
    needs = read_needs(
        [TextPart("subject", "3 desktop support techs, $25/hr"), TextPart("message", "See above.")], sent=SENT
    )
    assert [(need.need.title, need.need.openings) for need in needs] == [("desktop support tech", 3)]


def test_titles_are_singular_and_keep_their_capitals():
    assert [title_of(said) for said in ("CNC operators", "CNAs", "Housepersons", "foremen")] == [
        "CNC operator",
        "CNA",
        "houseperson",
        "foreman",
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            "We need 3 welders a $ 18 /hr . , ; ( ) and start May 4 in Elgin | \n - x € ¿ ą 12/3 the".split(" ")
        ),
        max_size=60,
    )
)
def test_any_words_are_read_and_every_fact_is_in_the_text(words: list[str]):
    text = " ".join(words)
    for need in read_needs([TextPart("message", text)], sent=SENT):
        assert need.need.title
        for fact in need.facts:
            assert 0 <= fact.start < fact.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str):
    for need in read_needs([TextPart("message", text), TextPart("subject", text)], sent=SENT):
        assert all(0 <= fact.start < fact.end <= len(text) for fact in need.facts)
    for title in (*find_titles(text), *find_titles_abroad(text, text, "es"), *find_titles_abroad(text, text, "pl")):
        assert 0 <= title.start < title.end <= len(text)
