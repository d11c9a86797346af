"""What plain sentences of replies tell of people: hired as what, from when, for how much; not hired, gone, there."""

from typing import Any

import pytest

from mail.directory import Directory
from mail.document import read_document
from tests.mail.reported import status

OF_PEOPLE: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    (
        "We hired Dana Kowal and Luis Prado yesterday, both as packers at $17. They start on Monday.",
        {"own": None},
        {"hired": {"Dana Kowal": ("packer", "2026-09-21", 17.0), "Luis Prado": ("packer", "2026-09-21", 17.0)}},
    ),
    (
        "Good news: Dana Kowal got the packer job, $17.25 an hour, starting 9/21.",
        {},
        {"hired": {"Dana Kowal": ("packer", "2026-09-21", 17.25)}},
    ),
    (
        "Dana Kowal begins Monday as a packer. Luis Prado begins a week later, September 28, as a loader.",
        {"own": None},
        {"hired": {"Dana Kowal": ("packer", "2026-09-21", None), "Luis Prado": ("loader", "2026-09-28", None)}},
    ),
    ("We offered Dana Kowal the job but she has not answered.", {"own": None}, {"hired": {}}),
    ("We are planning to hire Dana Kowal if her references check out.", {"own": None}, {"hired": {}}),
    (
        "I would hire Dana Kowal in a heartbeat but she took another job.",
        {"own": None},
        {"hired": {}, "not_hired": ["Dana Kowal"]},
    ),
    (
        "Dana Kowal accepted our offer this morning: $19 an hour, first day September 28.",
        {"own": None},
        {"hired": {"Dana Kowal": (None, "2026-09-28", 19.0)}},
    ),
    (
        "Dana Kowal withdrew because of child care. Luis Prado didn't show up for the interview.",
        {"own": None},
        {"not_hired": ["Dana Kowal", "Luis Prado"]},
    ),
    (
        "Neither Dana Kowal nor Luis Prado passed the drug test.",
        {"own": None},
        {"not_hired": ["Dana Kowal", "Luis Prado"]},
    ),
    ("Dana Kowal is working out great, day 30 today.", {"own": None}, {"retained": ["Dana Kowal"]}),
    ("Dana Kowal quit on Monday without a word.", {"own": None}, {"ended": {"Dana Kowal": "2026-09-14"}}),
    (
        "Dana Kowal's last day was September 11, she is going back to school.",
        {"own": None},
        {"ended": {"Dana Kowal": "2026-09-11"}},
    ),
    ("We let Luis Prado go last Friday for attendance.", {"own": None}, {"ended": {"Luis Prado": "2026-09-11"}}),
    (
        "Sadly Luis Prado is no longer with us as of September 8.",
        {"own": None},
        {"ended": {"Luis Prado": "2026-09-08"}},
    ),
    ("Luis Prado walked off the job Tuesday.", {"own": None}, {"ended": {"Luis Prado": "2026-09-15"}}),
    (
        "Dana Kowal and Luis Prado interviewed on Tuesday, we will decide next week.",
        {"own": None},
        {"interviewed": ["Dana Kowal", "Luis Prado"], "hired": {}},
    ),
    (
        "I met with Dana Kowal yesterday. Second interview on Friday.",
        {"own": None},
        {"interviewed": ["Dana Kowal"], "hired": {}},
    ),
    (
        "Welcome aboard Dana Kowal! She starts on the 28th in shipping for $18.",
        {"own": None},
        {"hired": {"Dana Kowal": (None, "2026-09-28", 18.0)}},
    ),
    (
        "Dana Kowal will be joining us on September 28 as a shipping clerk at $18.50/hr.",
        {"own": None},
        {"hired": {"Dana Kowal": ("shipping clerk", "2026-09-28", 18.5)}},
    ),
    (
        "Dana Kowal will start September 28 as a shipping clerk.",
        {"own": None},
        {"hired": {"Dana Kowal": ("shipping clerk", "2026-09-28", None)}},
    ),
    (
        "Please add Dana Kowal as hired: welder, $24, 9/28.",
        {},
        {"hired": {"Dana Kowal": ("welder", "2026-09-28", 24.0)}},
    ),
    (
        "They picked Dana Kowal over Luis Prado.",
        {},
        {"hired": {"Dana Kowal": (None, None, None)}, "not_hired": ["Luis Prado"]},
    ),
    (
        "We chose Dana Kowal. Luis Prado was a close second.",
        {"own": None},
        {"hired": {"Dana Kowal": (None, None, None)}},
    ),
    ("The welder job went to Dana Kowal.", {"own": None}, {"hired": {"Dana Kowal": ("welder", None, None)}}),
    (
        "I hired two of your people, Dana Kowal (packer, $17) and Luis Prado (loader, $19). Both start Monday.",
        {"own": None},
        {"hired": {"Dana Kowal": ("packer", "2026-09-21", 17.0), "Luis Prado": ("loader", "2026-09-21", 19.0)}},
    ),
    (
        "Hired: Dana Kowal, Luis Prado. Not hired: Ann Lee (no car).",
        {"own": None},
        {"hired": {"Dana Kowal": (None, None, None), "Luis Prado": (None, None, None)}, "not_hired": ["Ann Lee"]},
    ),
    (
        "We hired all three of them, they start Monday at $18.",
        {"own": None, "known": ("Dana Kowal", "Luis Prado", "Ann Lee")},
        {
            "hired": {
                "Dana Kowal": (None, "2026-09-21", 18.0),
                "Luis Prado": (None, "2026-09-21", 18.0),
                "Ann Lee": (None, "2026-09-21", 18.0),
            }
        },
    ),
    (
        "Dana starts Monday, Luis was not what we wanted.",
        {"own": None, "known": ("Dana Kowal", "Luis Prado")},
        {"hired": {"Dana Kowal": (None, "2026-09-21", None)}, "not_hired": ["Luis Prado"]},
    ),
    (
        "Dana Kowal is on the schedule from Monday.",
        {"own": None},
        {"hired": {"Dana Kowal": (None, "2026-09-21", None)}},
    ),
    (
        "Dana Kowal passed everything and is hired. Orientation is September 23.",
        {"own": None},
        {"hired": {"Dana Kowal": (None, None, None)}},
    ),
    (
        "Contratamos a Dana Kowal como empacadora, empieza el lunes a $17 la hora.",
        {"own": None, "lang": "es"},
        {"hired": {"Dana Kowal": ("empacadora", "2026-09-21", 17.0)}},
    ),
    (
        "Luis Prado no se presentó a la entrevista. Dana Kowal sí fue y la contrataron.",
        {"lang": "es"},
        {"hired": {"Dana Kowal": (None, None, None)}, "not_hired": ["Luis Prado"]},
    ),
    (
        "Luis Prado renunció el viernes porque se muda a Dayton.",
        {"own": None, "lang": "es"},
        {"ended": {"Luis Prado": "2026-09-11"}},
    ),
    ("Anna Nowak nie dostała tej pracy, za słaby angielski.", {"lang": "pl"}, {"not_hired": ["Anna Nowak"]}),
    ("Anna Nowak pracuje już trzy miesiące i jest zadowolona.", {"lang": "pl"}, {"retained": ["Anna Nowak"]}),
    ("Dana Kowal hit 90 days last week, still packing boxes.", {}, {"retained": ["Dana Kowal"]}),
    ("Three months in and Dana Kowal has not missed a day.", {}, {"retained": ["Dana Kowal"]}),
    ("Dana Kowal has been promoted to lead after six months.", {}, {"retained": ["Dana Kowal"]}),
    ("Could you tell me whether Dana Kowal started?", {}, {"hired": {}}),
    ("Dana Kowal says she starts Monday at Wernert!", {}, {"hired": {"Dana Kowal": (None, "2026-09-21", None)}}),
    ("Dana Kowal turned the job down, the pay was too low.", {"own": None}, {"not_hired": ["Dana Kowal"]}),
    (
        "We went with another candidate instead of Dana Kowal.",
        {"own": None},
        {"not_hired": ["Dana Kowal"], "hired": {}},
    ),
    ("Dana Kowal was offered $18 and said no.", {"own": None}, {"not_hired": ["Dana Kowal"], "hired": {}}),
    (
        "Dana Kowal and Luis Prado both made it through the first month.",
        {"own": None},
        {"retained": ["Dana Kowal", "Luis Prado"]},
    ),
    (
        "We filled the welder position with Dana Kowal at $24.",
        {"own": None},
        {"hired": {"Dana Kowal": ("welder", None, 24.0)}},
    ),
    (
        "Dana Kowal joined the crew on September 14.",
        {"own": None},
        {"hired": {"Dana Kowal": (None, "2026-09-14", None)}},
    ),
    (
        "Dana Kowal, Luis Prado and Ann Lee are now on our payroll at $18 an hour; Ben "
        "Tate isn't because his license was suspended.",
        {"own": None},
        {
            "hired": {
                "Dana Kowal": (None, None, 18.0),
                "Luis Prado": (None, None, 18.0),
                "Ann Lee": (None, None, 18.0),
            },
            "not_hired": ["Ben Tate"],
        },
    ),
    (
        "It's official: Dana Kowal is ours as of Monday, packer, $17.",
        {"own": None},
        {"hired": {"Dana Kowal": ("packer", "2026-09-21", 17.0)}},
    ),
    (
        "Dana Kowal signed her paperwork today and will start on the 28th.",
        {"own": None},
        {"hired": {"Dana Kowal": (None, "2026-09-28", None)}},
    ),
    (
        "Dana Kowal made a great impression and I gave her the job on the spot.",
        {"own": None},
        {"hired": {"Dana Kowal": (None, None, None)}},
    ),
    (
        "Dana Kowal has the job! $18 an hour, she begins October 5.",
        {},
        {"hired": {"Dana Kowal": (None, "2026-10-05", 18.0)}},
    ),
    (
        "Wernert wants Dana Kowal, she starts Monday as a loader at $19.75.",
        {},
        {"hired": {"Dana Kowal": ("loader", "2026-09-21", 19.75)}},
    ),
    ("Dana Kowal was the one they picked.", {}, {"hired": {"Dana Kowal": (None, None, None)}}),
    ("Dana Kowal came on as a packer last week.", {"own": None}, {"hired": {"Dana Kowal": ("packer", None, None)}}),
    ("Employed: Dana Kowal, packer, $17/hr, 9/14.", {}, {"hired": {"Dana Kowal": ("packer", "2026-09-14", 17.0)}}),
    (
        "Dana got it, Luis didn't, and Ann is thinking it over.",
        {"own": None, "known": ("Dana Kowal", "Luis Prado", "Ann Lee")},
        {"hired": {"Dana Kowal": (None, None, None)}, "not_hired": ["Luis Prado"]},
    ),
    (
        "Hired Dana and Luis. Ann failed the math test.",
        {"own": None, "known": ("Dana Kowal", "Luis Prado", "Ann Lee")},
        {"hired": {"Dana Kowal": (None, None, None), "Luis Prado": (None, None, None)}, "not_hired": ["Ann Lee"]},
    ),
    (
        "We are taking Dana Kowal and Luis Prado at $17.50, both on second shift, from October 1.",
        {"own": None},
        {"hired": {"Dana Kowal": (None, "2026-10-01", 17.5), "Luis Prado": (None, "2026-10-01", 17.5)}},
    ),
    (
        "Dana Kowal did great but we can't take Luis Prado, he has no steel-toe boots.",
        {"own": None},
        {"not_hired": ["Luis Prado"], "hired": {}},
    ),
    ("Luis Prado missed his interview twice.", {"own": None}, {"not_hired": ["Luis Prado"]}),
    ("Luis Prado called in to say he found other work.", {"own": None}, {"not_hired": ["Luis Prado"]}),
    ("Luis Prado never picked up the phone.", {"own": None}, {"not_hired": ["Luis Prado"]}),
    ("Luis Prado decided to go back to school instead.", {}, {"not_hired": ["Luis Prado"]}),
    ("We'll pass on Luis Prado.", {"own": None}, {"not_hired": ["Luis Prado"]}),
    ("Luis Prado wasn't a fit for our kitchen.", {"own": None}, {"not_hired": ["Luis Prado"]}),
    ("Luis Prado gave notice on Tuesday.", {"own": None}, {"ended": {"Luis Prado": "2026-09-15"}}),
    ("Luis Prado was terminated on 9/10 for no call no show.", {"own": None}, {"ended": {"Luis Prado": "2026-09-10"}}),
    ("Luis Prado stopped coming after the first week.", {"own": None}, {"ended": {"Luis Prado": None}}),
    ("Luis Prado lasted four days.", {"own": None}, {"ended": {"Luis Prado": None}}),
    ("Luis Prado's contract ended on September 4.", {"own": None}, {"ended": {"Luis Prado": "2026-09-04"}}),
    ("Six months later Dana Kowal is still with us.", {"own": None}, {"retained": ["Dana Kowal"]}),
    ("Dana Kowal just passed her 90-day probation.", {"own": None}, {"retained": ["Dana Kowal"]}),
    ("Dana Kowal: 30 days, going strong.", {}, {"retained": ["Dana Kowal"]}),
    ("Dana Kowal remains employed at Wernert, I checked today.", {}, {"retained": ["Dana Kowal"]}),
    ("I'd like to see Dana Kowal again.", {"own": None}, {"hired": {}}),
    ("Can Dana Kowal start Monday?", {"own": None}, {"hired": {}}),
    ("If Dana Kowal passes the drug test she can start Monday.", {"own": None}, {"hired": {}}),
    ("Dana Kowal is our contact there.", {}, {"hired": {}}),
    ("Please tell Dana Kowal that orientation starts at 8.", {"own": None}, {"hired": {}}),
    ("We have not hired Dana Kowal yet.", {"own": None}, {"hired": {}}),
    ("Did you hire Dana Kowal?", {}, {"hired": {}}),
    ("Dana Kowal would like to know when she starts.", {}, {"hired": {}}),
    (
        "Dana Kowal ya está contratada, entra el lunes de cajera a 16 dólares la hora.",
        {"lang": "es"},
        {"hired": {"Dana Kowal": ("cajera", "2026-09-21", 16.0)}},
    ),
    (
        "Se quedó con el puesto Dana Kowal, gana $17 la hora.",
        {"lang": "es"},
        {"hired": {"Dana Kowal": (None, None, 17.0)}},
    ),
    (
        "A Luis Prado lo despidieron el martes por llegar tarde.",
        {"lang": "es"},
        {"ended": {"Luis Prado": "2026-09-15"}},
    ),
    ("Luis Prado ya no quiso.", {"lang": "es"}, {"not_hired": ["Luis Prado"]}),
    ("Dana Kowal sigue trabajando después de tres meses.", {"lang": "es"}, {"retained": ["Dana Kowal"]}),
    (
        "Anna Nowak dostała pracę jako pokojowa, zaczyna w poniedziałek za 16 dolarów na godzinę.",
        {"lang": "pl"},
        {"hired": {"Anna Nowak": ("pokojowa", "2026-09-21", 16.0)}},
    ),
    ("Jan Kot nie przyszedł.", {"lang": "pl"}, {"not_hired": ["Jan Kot"]}),
)


@pytest.mark.parametrize(("text", "about", "wanted"), OF_PEOPLE)
def test_what_became_of_people(text: str, about: dict[str, Any], wanted: dict[str, Any]) -> None:
    told = status(text, **{"titles": ("packer", "loader"), **about})
    got = {
        "hired": {one.name: (one.need, one.start_date, one.wage) for one in told.hired},
        "not_hired": sorted(one.name for one in told.not_hired),
        "ended": {one.name: one.date for one in told.ended},
        "retained": [one.name for one in told.retained],
        "interviewed": [one.name for one in told.interviewed],
    }
    nothing: dict[str, Any] = {"hired": {}, "not_hired": [], "ended": {}, "retained": []}
    wanted = {**nothing, **wanted, "not_hired": sorted(wanted.get("not_hired", []))}
    assert {key: got[key] for key in wanted} == wanted


def test_answers_between_the_quoted_questions_are_given_to_whom_they_are_asked_about() -> None:
    mail = (
        "From: Rita Moss <rita@portagejobs.example>\nTo: Joel Kerr <joel@liftschool.example>\nSubject: Re: Truxton\n"
        "In-Reply-To: <1@liftschool.example>\nDate: Thu, 23 Apr 2026 13:47:00 -0400\n\nHi Joel, see below.\n\n"
        "On 4/22/26 4:40 PM, Joel Kerr wrote:\n> Rita, two things about Truxton Heating.\n"
        "> Did they hire Imani Rucker or not?\n\nThey did! First day is May 4.\n\n"
        "> And Cody Flagler?\n\nNo, sorry.\n\nRita\n"
    )
    partners = Directory.from_json({"partners": [{"name": "Portage Jobs", "domains": ["portagejobs.example"]}]})
    told = read_document(mail.encode(), partners)["introduction"]["status"]
    assert [(one["name"], one["start_date"]) for one in told["hired"]] == [("Imani Rucker", "2026-05-04")]
    assert [one["name"] for one in told["not_hired"]] == ["Cody Flagler"]
