"""Needs that are told rather than asked for, and telling that is no need."""

from datetime import date

import pytest

from mail.needs import TextPart, read_needs

SENT = date(2026, 2, 10)


def orders(text: str) -> list[tuple[str, int | None]]:
    return [(need.need.title, need.need.openings) for need in read_needs([TextPart("message", text)], sent=SENT)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On Friday it was two roofers. As of this morning it is five.", [("roofer", 5)]),
        ("Yesterday they were short three ushers, today it's seven.", [("usher", 7)]),
        ("The pool has no lifeguards this summer; they'd train a dozen teenagers.", [("lifeguard", 12)]),
        ("He called us about press operators: four of them, $24.50 an hour. I have nobody.", [("press operator", 4)]),
        ("She phoned about line cooks, three of them, $19 an hour.", [("line cook", 3)]),
        ("There are no bakers for the early shift.", [("baker", None)]),
        ("The second shift is short six packers.", [("packer", 6)]),
        ("Night crew runs two loaders short.", [("loader", 2)]),
        ("Two of our drivers retired and nobody follows them.", [("driver", 2)]),
        ("Three of her cooks quit in January and she hasn't replaced them.", [("cook", 3)]),
        ("One of their machinists leaves in March and there is no one behind him.", [("machinist", 1)]),
        ("Hartwick Steel is down three welders.", [("welder", 3)]),
        ("Pelham Bakery could use four packers.", [("packer", 4)]),
        ("He would take two helpers tomorrow.", [("helper", 2)]),
        ("The laundry has room for five pressers.", [("presser", 5)]),
        ("They're opening a second line in May, 14 assemblers.", [("assembler", 14)]),
        ("A new wing opens in June and that means eight nurse aides.", [("nurse aide", 8)]),
        ("With the new contract, she'll be six janitors short.", [("janitor", 6)]),
        ("Two trucks are parked because there is nobody to drive them, so two drivers would be hired on the spot.",
         [("driver", 2)]),
        ("The kitchen is running without a dishwasher.", [("dishwasher", 1)]),
        ("He can't keep up: three more painters and he could say yes to the school job.", [("painter", 3)]),
        ("If you have four electricians, he'd start them Monday.", [("electrician", 4)]),
        ("Nobody is applying for the two mechanic jobs.", [("mechanic", 2)]),
        ("Their last dispatcher left in January, and the desk has been empty since.", [("dispatcher", 1)]),
        ("She is losing two bakers to retirement and has no replacements.", [("baker", 2)]),
        ("Five machinists, that's what stands between them and a third shift.", [("machinist", 5)]),
        ("Son dos cocineros los que le faltan.", [("cocinero", 2)]),
        ("Se le fueron dos meseros y no tiene quien los reemplace.", [("mesero", 2)]),
        ("Dwóch kierowców odeszło i nie ma ich kto zastąpić.", [("kierowca", 2)]),
        ("The dock could do with three more loaders.", [("loader", 3)]),
        ("There's work for ten pickers there.", [("picker", 10)]),
        ("They are opening a second line in May, 14 people, $19 an hour.", [("line worker", 14)]),
        ("She adds a new kitchen on June 1: eight people, all of them prep cooks.", [("prep cook", 8)]),
        ("Marge has work for five more. Packers, $18, in Lockport.", [("packer", 5)]),
        ("Her canning line ppl keep leaving, she'd take 6 tomorrow.", [("canning line person", 6)]),
        ("The laundry would like 3 folders and 2 pressers.", [("folder", 3), ("presser", 2)]),
        ("The night crew is down to four sorters and can't run the line.", [("sorter", None)]),
        ("It was two mechanics on Friday, as of today it is five.", [("mechanic", 5)]),
        ("She wanted apprentices, but what she really needs is two electricians.", [("electrician", 2)]),
        ("He doesn't need the welders we talked about, only the two fitters.", [("fitter", 2)]),
        ("They asked for four welders, but need them by March.", [("welder", 4)]),
        ("They run with six sewers where there should be ten.", [("sewer", 4)]),
        ("It takes ten assemblers to run the line and they have seven.", [("assembler", 3)]),
        ("The kitchen lost its dishwasher on Sunday and Rosa is washing herself.", [("dishwasher", 1)]),
        ("Rosa asked if we know three good painters.", [("painter", 3)]),
        ("They'd be glad of three cashiers.", [("cashier", 3)]),
        ("Hola, el taller de la señora anda corto de dos soldadores.", [("soldador", 2)]),
        ("Hola Sam, la empresa tomaría a cuatro empacadores mañana mismo.", [("empacador", 4)]),
        ("Hola, se le fueron dos meseros y no tiene quien los reemplace.", [("mesero", 2)]),
        ("Cześć Marku, ich zakład jest duży i został bez dwóch spawaczy.", [("spawacz", 2)]),
        ("Marge needs two in laundry and one in the kitchen, $16.50 an hour.", [("laundry", 2), ("kitchen", 1)]),
        ("Marge needs 4 on the canning line.", [("canning line", 4)]),
        ("They want 3 housekeeping, 2 front desk.", [("housekeeping", 3), ("front desk", 2)]),
        ("Hola Sam, la señora busca dos de lavandería y una de cocina.", [("lavandería", 2), ("cocina", 1)]),
        ("They could use 3 kitchen help.", [("kitchen help", 3)]),
        ("Marge thought she needed welders. It is two fitters she is after.", [("fitter", 2)]),
        ("They're two cashiers light on weekends.", [("cashier", 2)]),
    ],
)  # fmt: skip
def test_needs_that_nobody_asks_for(text: str, expected: list[tuple[str, int | None]]):
    assert orders(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They are opening a second line in May and 14 people came to the ribbon cutting.",
        "I attach two folders with the forms.",
        "She called about interview times for welders.",
        "He wrote about drivers who were late.",
        "She has work for five more months.",
        "Three of the five drivers on that route are our graduates.",
        "It took ten assemblers a week to build the float.",
        "Two painters asked me if we know of jobs.",
        "Four cooks applied and two were interviewed.",
        "She thanked the eight landscapers who came.",
        "Hola, se le fueron dos meseros y ya contrató a otros.",
        "Hola, dos soldadores se graduaron en mayo.",
        "Cześć Marku, trzech spawaczy skończyło kurs.",
        "There are two in the kitchen already, and three on the line.",
        "We met four in the kitchen and had soup.",
        "We can train 12 welders by June, if that helps.",
        "We would train a dozen teenagers every summer back then.",
        "We trained 40 welders last year.",
        "They laid off 30 assemblers in November.",
        "Two of our drivers retired last spring and we hired three new ones.",
        "Three of her cooks quit in January, but she found others.",
        "The county lost 200 machinists since 2019.",
        "Two welders retired and were given a lunch.",
        "Nobody follows the coaches on that channel.",
        "There are no welders among our students this term.",
        "We have no electricians on our books, sorry.",
        "Our graduates include 14 nurse aides and 3 cooks.",
        "Last year it was two roofers, this year it is five.",
        "Statewide, employers are short 4,000 nurses.",
        "The state is down 900 bus drivers since the pandemic.",
        "The new wing opened in June and 8 nurse aides work there.",
        "The bureau says machinists in this county earn $28 an hour.",
        "He retired as a foreman and nobody could follow him.",
        "The workshop has room for thirty people and starts at nine.",
        "I met two bakers and a florist at the fair.",
        "They opened a second line in May with 14 assemblers.",
        "Two cooks quit, but they are covered.",
        "The report says half of all plumbers will retire by 2030.",
        "Our two instructors could use a coffee.",
        "Three welders finished the class and have no jobs yet.",
        "The museum has no guards on Mondays because it is closed.",
    ],
)
def test_telling_that_is_no_need(text: str):
    assert orders(text) == []
