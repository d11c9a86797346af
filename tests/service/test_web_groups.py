"""The screens of sameness: groups and bulk with undo, what would change a verdict, credits, and what an undo asks."""

import pytest
from flask import Flask
from sqlalchemy import select

from service import identities
from service.db import Database
from service.models import Bulk, Employer, Pair, Placement, Referral
from tests.service.seed import Seeded
from tests.service.web import Person, signed_in


@pytest.fixture
def hub(app: Flask, seeded_db: Database) -> Person:
    return signed_in(app, seeded_db, "hub@hub.example")


def three_spellings(db: Database) -> list[int]:
    """Pairs of one inn in three spellings."""
    with db.begin() as session:
        made = [
            Employer(name=name, aliases=[], domains=[], phones=[], city="Joliet")
            for name in ("Alder Inn", "Alder Inn LLC", "The Alder Inn")
        ]
        session.add_all(made)
        session.flush()
        ids = [record.id for record in made]
        chances = ((ids[0], ids[1], 0.97), (ids[1], ids[2], 0.95), (ids[0], ids[2], 0.92))
        pairs = [Pair(kind="employer", left_id=a, right_id=b, probability=p) for a, b, p in chances]
        session.add_all(pairs)
        session.flush()
        return [pair.id for pair in pairs]


def decisions(db: Database, ids: list[int]) -> set[str]:
    with db.read() as session:
        return set(session.scalars(select(Pair.decision).where(Pair.id.in_(ids))))


def test_a_group_is_accepted_and_undone_as_one(hub: Person, seeded_db: Database) -> None:
    ids = three_spellings(seeded_db)
    text = hub.text("/review/groups?kind=employer&least=90")
    assert "<strong>1 group</strong> at 90 %" in text
    assert "The Alder Inn" in text
    said = hub.does("/review/groups", kind="employer", least="90", group=",".join(map(str, ids)))
    assert "3 pairs joined as one decision" in said
    assert decisions(seeded_db, ids) == {"same"}
    with seeded_db.read() as session:
        bulk_id = session.scalars(select(Bulk.id)).one()
    assert "waits for a word again" in hub.does(f"/bulk/{bulk_id}/undo")
    assert decisions(seeded_db, ids) == {""}


def test_all_above_a_score_are_previewed_and_exactly_those_are_joined(hub: Person, seeded_db: Database) -> None:
    ids = three_spellings(seeded_db)
    text = hub.text("/review/bulk?kind=employer&least=94")
    assert "2 pairs would be joined: 1 record would stand for 3" in text
    said = hub.does("/review/bulk", kind="employer", least="94", pairs=f"{ids[0]},{ids[1]}")
    assert "2 pairs joined" in said
    assert "Choose what is to be joined" in hub.does("/review/bulk", kind="employer", least="94", pairs="x")


def test_the_slider_gets_only_its_part(hub: Person) -> None:
    part = hub.client.get("/review/groups?kind=employer&least=70", headers={"HX-Target": "found"})
    assert part.get_data(as_text=True).lstrip().startswith('<div id="found"')
    assert hub.get("/review/groups?least=10").status_code == 400


def test_a_coordinator_sees_only_pairs_inside_its_own_organisation(app: Flask, seeded_db: Database) -> None:
    ids = three_spellings(seeded_db)
    person = signed_in(app, seeded_db, "dora@lakesidejobs.example")
    assert "Alder Inn" not in person.text("/review/groups?kind=employer&least=50")
    said = person.does("/review/groups", kind="employer", least="50", group=str(ids[0]))
    assert "None of these pairs" in said
    assert decisions(seeded_db, ids) == {""}


def test_the_page_of_a_pair_says_what_would_change_it_and_the_credits(
    hub: Person, seeded_db: Database, seeded: Seeded
) -> None:
    text = hub.text(f"/review/{seeded.pair}")
    assert "What would change this" in text
    assert "birth date:" in text
    assert "Credits before and after" in text
    with seeded_db.read() as session:
        assert session.get_one(Placement, seeded.placement).credits[0].organisation.name in text


def test_what_an_undo_leaves_open_is_asked_on_the_page(hub: Person, seeded_db: Database) -> None:
    (pair_id, *_) = three_spellings(seeded_db)
    with seeded_db.begin() as session:
        link = identities.decide(session, pair_id, "same", "Rosa")
        assert link is not None
        session.add(Referral(kind="introduction", status="introduced", employer_id=link.kept_id))
    hub.does(f"/merges/{link.id}/undo")
    text = hub.text(f"/review/{pair_id}")
    assert "Whose is this?" in text
    assert "something to place" in hub.text("/review?kind=employer")
    assert "Settled" in hub.does(f"/merges/{link.id}/asks/0", side="merged")
    with seeded_db.read() as session:
        moved = session.scalars(select(Referral).where(Referral.employer_id == link.merged_id)).all()
    assert len(moved) == 1
    assert "settled already" in hub.does(f"/merges/{link.id}/asks/0", side="merged")


def test_the_page_of_a_pair_warns_before_a_contradiction(hub: Person, seeded_db: Database) -> None:
    one_two, two_three, one_three = three_spellings(seeded_db)
    hub.does(f"/review/{one_three}", decision="not_same")
    hub.does(f"/review/{one_two}", decision="same")
    page = hub.text(f"/review/{two_three}")
    assert "follows from pair" in page  # answered by the two decisions
    hub.does(f"/review/{one_three}/reopen")
    assert "would contradict" not in hub.text(f"/review/{two_three}")
    hub.does(f"/review/{one_two}/reopen")
    hub.does(f"/review/{one_three}", decision="not_same")
    hub.does(f"/review/{two_three}", decision="same")
    page = hub.text(f"/review/{one_two}")
    assert "would contradict a decision" in page
    assert f"/review/{one_three}" in page
    assert "not the same; undo that" in hub.does(f"/review/{one_two}", decision="same")
