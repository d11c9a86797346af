"""Names, roles, employers, contacts, candidates and news, one rule a test."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mail.directory import Directory, Partner
from mail.document import read_document
from mail.excerpts import Excerpt, joined_lines
from mail.kind import TABLE, Signs, kind_of
from mail.outcome import read_status
from mail.parties.persons import persons
from mail.parties.roles import Cast, Party, mentions
from mail.parties.rosters import rows
from mail.prose import names
from mail.prose.organisations import domain_fit, key_of, phrases
from mail.prose.phones import find_phones, phones_in
from mail.prose.positions import beside
from mail.replies.report import Report
from mail.values import Address
from terms.statuses import DeclineReason

NETWORK = Directory(
    (
        Partner("Hilltop Works", ("HW", "Hilltop"), ("hilltop.example",)),
        Partner("Canal Street College", ("CSC", "the College"), ("canal.example",)),
        Partner("City Office of Trade", ("Trade Office",), ("city.example",)),
        Partner("City Department of Youth", ("Youth Department",), ("city.example",)),
    ),
    frozenset({"track@hub.example"}),
)


def excerpt(text: str) -> Excerpt:
    return Excerpt("message", text, text, Address())


def mail(
    sender: str, to: str, text: str, cc: str = "track@hub.example", subject: str = "hello", more: str = ""
) -> dict:
    head = f"From: {sender}\r\nTo: {to}\r\nCc: {cc}\r\nSubject: {subject}\r\n"
    head += f"Date: Mon, 9 Mar 2026 09:00:00 -0500\r\n{more}\r\n"
    return read_document((head + text).encode(), NETWORK)["introduction"]


def status(text: str, known: tuple[str, ...] = (), own: str | None = "Hilltop Works", titles: tuple[str, ...] = ()):
    newest = excerpt(text)
    nobody = Cast(Party("", "", "from"), (), ())
    named = tuple(person.span for person in persons(newest, nobody)[0] if not person.title)
    report = Report(newest, named, known, (), titles, "en", date(2026, 3, 9), own, True)
    return read_status(report, NETWORK).status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then Odalys Ferreira, who drove", ["Odalys Ferreira"]),
        ('Raymond "Ray-Ray" Tibbs, 708-555-0100', ["Raymond Tibbs"]),
        ("Khadija al-Masri and María de la Cruz", ["Khadija al-Masri", "María de la Cruz"]),
        ("Copying Candace Ivers here", ["Candace Ivers"]),
        ("A don Abel Quiroga no lo", ["Abel Quiroga"]),
        ("Birch Lane Dairy called on Monday March 3", []),
        ("Regards, Senior Recruiter", []),
    ],
)
def test_names_are_cut_out_of_runs_of_capitals(text: str, expected: list[str]) -> None:
    assert [span.name for span in names.find(text)] == expected


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ortega, Lucia", "Lucia Ortega"),
        ("Dr. Imogen Achterberg, AuD", "Imogen Achterberg"),
        ("Marvin Hobbs, Jr.", "Marvin Hobbs"),
        ("'Ortega, Lucia' via Hiring Round Table", "Lucia Ortega"),
        ("Bill Sims (Hilltop Works)", "Bill Sims"),
    ],
)
def test_a_name_is_shown_plain(said: str, name: str) -> None:
    assert names.clean(said) == name


def test_first_and_last_names_can_be_one_person() -> None:
    assert names.same_person("Lucia", "Lucia Ortega")
    assert names.same_person("Ortega", "Lucia Ortega")
    assert not names.same_person("Lucia Ortega", "Lucia Perez")


def test_names_typed_without_capitals() -> None:
    text = "got marcus delgado, army, 847 555 0100 and gina castle 224 555 0101"
    assert names.typed_low(text)
    assert [span.name for span in names.find_low(text)] == ["Marcus Delgado", "Gina Castle"]


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Ann Birch is the Plant Manager of Elm Dairy.", "Ann Birch", "Plant Manager"),
        ("their plant manager, Ann Birch, said", "Ann Birch", "plant manager"),
        ("Ann Birch (Studio Manager, 773-555-0100) is", "Ann Birch", "Studio Manager"),
        ("La dueña es Ann Birch, 216-555-0100", "Ann Birch", "dueña"),
        ("Ann Birch, właściciel: 708-555-0100", "Ann Birch", "właściciel"),
        ("Store manager in Elgin is Ann Birch", "Ann Birch", "Store manager"),
    ],
)
def test_positions_stand_beside_names(text: str, name: str, title: str) -> None:
    start = text.index(name)
    found = beside(text, names.NameSpan(start, start + len(name), name, True))
    assert found is not None
    assert found[0].startswith(title)
    assert text[found[1] : found[2]] == found[0]


def test_fax_and_front_desk_are_no_numbers_of_a_person() -> None:
    text = "Front desk 216-555-0190 | Direct 216-555-0112 | F: 216-555-0113\nTel. 630-555-0145   Fax 630-555-0151"
    assert [(phone.number[-4:], phone.kind) for phone in find_phones(text)] == [
        ("0190", "switchboard"),
        ("0112", "phone"),
        ("0113", "fax"),
        ("0145", "phone"),
        ("0151", "fax"),
    ]
    assert phones_in(text) == ("+12165550112", "+16305550145")


@pytest.mark.parametrize(
    ("name", "domain", "least"),
    [
        ("Birch Lane Dairy", "birchlane.example", 0.99),
        ("The Birch Lane Dairy & Creamery, Inc.", "birchlanedairy.example", 0.99),
        ("Illinois Tool & Wire", "itw.example", 0.89),
        ("Dębowa Stolarnia", "debowastolarnia.example", 0.99),
    ],
)
def test_a_name_fits_its_domain(name: str, domain: str, least: float) -> None:
    assert domain_fit(key_of(name), domain) >= least
    assert domain_fit(key_of("Harbor Freight Depot"), domain) < 0.5


def test_phrases_end_where_a_name_ends() -> None:
    found = [phrase.words for phrase in phrases(excerpt("For Redwood Medical Transport's ten driver openings I ask"))]
    assert found == ["Redwood Medical Transport"]


def test_partners_are_known_by_alias_but_not_as_a_street() -> None:
    assert [m.partner.name for m in mentions("Hilltop can take the cooks, CSC the bakers", NETWORK)] == [
        "Hilltop Works",
        "Canal Street College",
    ]
    assert mentions("our store at 12 Hilltop Ave", NETWORK) == ()


def test_a_shared_domain_is_told_apart_by_the_unit_in_the_signature() -> None:
    text = "Lena, Elm Dairy needs 3 packers at $17/hr.\r\n\r\nOmar Diaz\r\nCity Department of Youth\r\n"
    got = mail("Omar Diaz <odiaz@city.example>", "Lena Fry <lfry@hilltop.example>", text)
    assert got["referring_org"] == "City Department of Youth"


def test_a_note_to_the_tracker_alone_is_a_referral() -> None:
    text = (
        "Spoke to Ann Birch at Elm Dairy, 440-555-0100, needs 3 packers at $17/hr, "
        "told her to call Canal Street College.\r\n"
    )
    got = mail("Lena Fry <lfry@hilltop.example>", "track@hub.example", text, cc="")
    assert (got["kind"], got["receiving_orgs"]) == ("introduction", ["Canal Street College"])
    assert got["contacts"][0]["phones"] == ["+14405550100"]


def test_each_of_several_receivers_gets_its_need() -> None:
    text = (
        "Team,\r\n\r\nElm Dairy needs 4 packers ($17/hr) and 2 drivers ($21/hr).\r\n\r\n"
        "Lena takes the packers, Raul takes the drivers.\r\n\r\nWrite to Ann Birch, ann@elmdairy.example.\r\n"
    )
    to = "Lena Fry <lfry@hilltop.example>, Raul Soto <rsoto@canal.example>"
    got = mail("Omar Diaz <odiaz@city.example>", to, text + "\r\nCity Office of Trade\r\n")
    assert {need["title"]: need["receiving_org"] for need in got["needs"]} == {
        "packer": "Hilltop Works",
        "driver": "Canal Street College",
    }


def test_who_is_no_partner_refers_under_the_name_they_sign() -> None:
    text = (
        "Dear Lena,\r\n\r\nOur member Elm Dairy needs 3 packers at $17/hr. Ask Ann Birch, ann@elmdairy.example.\r\n\r\n"
        "Polly Whit\r\nExecutive Director\r\nOakdale Business Association\r\n"
    )
    got = mail("Polly Whit <polly@oakdalebiz.example>", "Lena Fry <lfry@hilltop.example>", text)
    assert got["referring_org"] == "Oakdale Business Association"
    assert got["employer"]["name"] == "Elm Dairy"


def test_without_a_directory_the_domains_speak() -> None:
    text = (
        "Raul, can the college take this?\r\n\r\nLena Fry\r\nHilltop Works\r\n\r\n"
        "---------- Forwarded message ---------\r\n"
        "From: Ann Birch <ann@elmdairy.example>\r\nDate: Mon, Mar 9, 2026 at 8:00 AM\r\nSubject: packers\r\n"
        "To: Lena Fry <lfry@hilltop.example>\r\n\r\n\r\nElm Dairy needs 3 packers at $17/hr.\r\nAnn Birch\r\nOwner\r\n"
    )
    head = (
        "From: Lena Fry <lfry@hilltop.example>\r\nTo: Raul Soto <rsoto@canal.example>\r\nSubject: Fwd: packers\r\n"
        "Date: Mon, 9 Mar 2026 09:00:00 -0500\r\n\r\n"
    )
    got = read_document((head + text).encode(), None)["introduction"]
    assert (got["kind"], got["referring_org"], got["employer"]["name"]) == (
        "introduction",
        "Hilltop Works",
        "Elm Dairy",
    )
    assert len(got["receiving_orgs"]) == 1


def test_the_client_of_a_staffing_agency_is_the_employer() -> None:
    text = "Raul, our client Ironside Logistics needs 5 pickers at $18/hr.\r\n\r\nKim\r\nPeak Staffing\r\n"
    got = mail("Kim Munn <kim@peakstaffing.example>", "Raul Soto <rsoto@canal.example>", text)
    assert got["employer"]["name"] == "Ironside Logistics"


def test_a_list_with_headings_gives_people_and_leaves_out_who_is_gone() -> None:
    text = "First | Last | Phone | Note\nAna | Ruiz | 312-555-0101 | ready\nBo | Lind | 312-555-0102 | withdrew\n"
    assert [row.name for row in rows(excerpt(text))] == ["Ana Ruiz", "Bo Lind"]
    got = mail("Lena Fry <lfry@hilltop.example>", "Ann Birch <ann@elmdairy.example>", "Ann, candidates:\n\n" + text)
    assert [person["name"] for person in got["candidates"]] == ["Ana Ruiz"]
    assert got["candidates"][0]["source_org"] == "Hilltop Works"


def test_first_names_are_resolved_from_the_quoted_list() -> None:
    known = ("Ana Ruiz", "Bo Lind", "Cy Marsh")
    said = status(
        "We hired Ana and Bo, both start Monday March 16. Cy did not show up.\nWe still need 3 packers.", known, None
    )
    assert [(hired.name, hired.start_date) for hired in said.hired] == [
        ("Ana Ruiz", "2026-03-16"),
        ("Bo Lind", "2026-03-16"),
    ]
    assert [gone.name for gone in said.not_hired] == ["Cy Marsh"]
    assert [(left.title, left.openings) for left in said.openings_left] == [("packer", 3)]
    assert said.referral == "in_progress"


@pytest.mark.parametrize(
    ("text", "referral"),
    [
        ("Yes! We'll take it, calling Ann today.", "accepted"),
        ("Happy to help with Elm Dairy.", "accepted"),
        ("I can't in good conscience take this.", "declined"),
        ("I have to pass on Elm Dairy.", "declined"),
        ("Lamentablemente no podemos atender a Elm Dairy.", "declined"),
        ("Niestety nie możemy pomóc.", "declined"),
        ("We must pause the hiring until April 6.", "on_hold"),
        ("We filled all five through the union hall, please close this one.", "closed"),
        ("Got it, I will look into it this week.", "acknowledged"),
        ("Thursday at 2 works, bring the baby!", None),
    ],
)
def test_an_answer_says_what_becomes_of_the_referral(text: str, referral: str | None) -> None:
    assert status(text).referral == referral


def test_an_employer_who_can_take_nobody_for_now_holds() -> None:
    said = status("We can't take anybody new for now. We will pick this up again on April 6.", own=None)
    assert (said.referral, said.resume_date) == ("on_hold", "2026-04-06")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We have to say no. It is two hours from our office.", DeclineReason.OUTSIDE_AREA),
        ("We can't take it, two of my people are out until May.", DeclineReason.NO_CAPACITY),
        ("We have to decline, we don't train welders.", DeclineReason.CANNOT_MEET_OCCUPATION),
        (
            "We must decline, we have been working with Elm Dairy since 2019; we already work with them.",
            DeclineReason.ALREADY_IN_TOUCH,
        ),
        ("We have to pass, there is no MOU yet.", DeclineReason.AGREEMENT_MISSING),
    ],
)
def test_a_reason_for_declining_has_a_code(text: str, reason: DeclineReason) -> None:
    assert status(text).reason == reason


def test_retention_is_no_new_hire() -> None:
    said = status("30-day check:\nAna Ruiz - still there\nBo Lind - left after nine days, bus trouble\n")
    assert [(kept.name, kept.days) for kept in said.retained] == [("Ana Ruiz", 30)]
    assert [gone.name for gone in said.ended] == ["Bo Lind"]
    assert not said.hired


def test_the_table_of_kinds_always_decides() -> None:
    assert kind_of(Signs())[0] == "other"
    assert len({name for name, _, _ in TABLE}) == len(TABLE)


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_readers_of_people(text: str) -> None:
    part = excerpt(text)
    assert "".join(line for _, line in joined_lines(text)) is not None
    for start, line in joined_lines(text):
        assert text[start : start + len(line)].replace("\n", " ").replace("\t", " ") == line
    for span in names.find(text):
        assert 0 <= span.start < span.end <= len(text)
    for phrase in phrases(part):
        assert " ".join(text[phrase.start : phrase.end].split()) == phrase.words
    found, _ = persons(part, Cast(Party("", "", "from"), (), ()))
    assert all(0 <= person.span.start <= person.span.end <= len(text) for person in found)
    rows(part)
    status(text)


_SAID = "Ana Ruiz hired Elm Dairy & Sons needs 3 packers , . ; : - 312-555-0101 a@elm.example not | (owner) * Hilltop"
_WORDS = st.sampled_from([*_SAID.split(" "), "\n", "\n\n"])


@given(st.lists(_WORDS, max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_mail_of_such_words_breaks_the_reader(words: list[str]) -> None:
    got = mail("Lena Fry <lfry@hilltop.example>", "Ann Birch <ann@elm.example>", " ".join(words))
    assert got["kind"]
