"""Records and mail by forms: pairs, letters, quarantine, uploads, partners, credit, a partner's link, consent."""

import io

import pytest
from flask import Flask
from sqlalchemy import func, select

from mail.token import TokenKind
from service import tokens
from service.db import Database
from service.models import (
    Candidate,
    Credit,
    Event,
    InboundMessage,
    Merge,
    Organisation,
    OutboundLetter,
    Pair,
    Placement,
)
from service.queries.review import waterfall
from tests.service.conftest import settings_for
from tests.service.seed import Seeded
from tests.service.web import Person, signed_in, somebody


@pytest.fixture
def hub(app: Flask, seeded_db: Database) -> Person:
    return signed_in(app, seeded_db, "hub@hub.example")


def test_a_pair_is_joined_and_parted_again(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    assert "Undo the merge" not in hub.text(f"/review/{seeded.pair}")
    hub.does(f"/review/{seeded.pair}", decision="same")
    with seeded_db.read() as session:
        merge = session.scalars(select(Merge)).one()
        assert session.get_one(Candidate, merge.merged_id).merged_into_id == merge.kept_id
    assert "Undo the merge" in hub.text(f"/review/{seeded.pair}")
    hub.does(f"/review/{seeded.pair}/reopen")
    with seeded_db.read() as session:
        assert session.get_one(Candidate, merge.merged_id).merged_into_id is None
        assert session.get_one(Pair, seeded.pair).decision == ""


def test_a_decided_pair_is_not_asked_again(hub: Person, seeded: Seeded) -> None:
    hub.does(f"/review/{seeded.pair}", decision="not_same")
    assert "No pair waits" in hub.text("/review")
    assert "not same" in hub.text("/review?show=decided")


def test_letters_are_held_released_and_cancelled(hub: Person, seeded_db: Database) -> None:
    with seeded_db.read() as session:
        letter_id = session.scalar(select(OutboundLetter.id).where(OutboundLetter.state == "open"))
    hub.does(f"/outbox/{letter_id}/hold")
    assert f"/outbox/{letter_id}" in hub.text("/outbox?show=held")
    hub.does(f"/outbox/{letter_id}/release")
    hub.does(f"/outbox/{letter_id}/cancel")
    assert "is not waiting any more" in hub.does(f"/outbox/{letter_id}/hold")


def test_every_letter_can_be_read_before_it_goes(hub: Person, seeded_db: Database) -> None:
    with seeded_db.read() as session:
        letters = session.scalars(select(OutboundLetter.id)).all()
    assert letters
    for letter_id in letters:
        assert "What it says" in hub.text(f"/outbox/{letter_id}")


def test_quarantined_mail_is_replayed_made_by_hand_or_put_away(
    hub: Person, seeded_db: Database, seeded: Seeded
) -> None:
    assert "no sender that could be read" in hub.text(f"/quarantine/{seeded.quarantined}")
    hub.does(f"/quarantine/{seeded.quarantined}/not-a-referral")
    assert "Empty." in hub.text("/quarantine")
    hub.does(f"/quarantine/{seeded.quarantined}/undo")
    page = hub.does(f"/quarantine/{seeded.quarantined}/by-hand")
    assert "A draft: nothing counts yet" in page
    assert hub.get(f"/quarantine/{seeded.quarantined}").status_code == 404


def test_replay_gives_the_mail_back_to_the_reader(hub: Person, seeded_db: Database, seeded: Seeded) -> None:
    hub.does(f"/quarantine/{seeded.quarantined}/replay")
    with seeded_db.read() as session:
        assert session.get_one(InboundMessage, seeded.quarantined).state == "open"


EML = b"From: Dora <dora@lakesidejobs.example>\r\nTo: tracker@hub.example\r\nSubject: Up\r\n\r\nHello\r\n"


def upload(hub: Person, name: str, content: bytes) -> str:
    data = {"csrf_token": hub.csrf(), "file": (io.BytesIO(content), name)}
    response = hub.client.post(
        "/upload", data=data, content_type="multipart/form-data", headers={"Referer": "http://localhost/upload"}
    )
    assert response.status_code == 303
    return hub.text(response.headers["Location"])


def test_uploads_go_through_the_door_once(hub: Person, seeded_db: Database) -> None:
    assert "1 new mail taken in" in upload(hub, "../../x.eml", EML)
    assert "0 new mails taken in, 1 known already" in upload(hub, "y.eml", EML)
    box = (
        b"From a Mon Nov  2 09:00:00 2026\n"
        + EML.replace(b"\r\n", b"\n")
        + b"\nFrom b Mon Nov  2 09:00:00 2026\n"
        + EML.replace(b"\r\n", b"\n")
        + b"again\n"
    )
    assert "new mail" in upload(hub, "old.mbox", box)
    with seeded_db.read() as session:
        sources = set(session.scalars(select(InboundMessage.source).where(InboundMessage.source.like("upload:%"))))
    assert "upload:x.eml" in sources


def test_what_is_no_mail_is_refused_in_one_sentence(hub: Person) -> None:
    assert "is no mail" in upload(hub, "photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert "is empty" in upload(hub, "empty.eml", b"")


def test_partners_are_imported_after_a_look(hub: Person, seeded_db: Database) -> None:
    content = "name,domains,kind\nOak Street Works,oakstreet.example,training_provider\n,none.example,\nX,gmail.com,\n"
    response = hub.post("/partners/import", content=content)
    page = response.get_data(as_text=True)
    assert "Nothing has been changed yet" in page
    assert "row 3: it has no name" in page
    with seeded_db.read() as session:
        assert session.scalar(select(Organisation).where(Organisation.name == "Oak Street Works")) is None
    hub.does("/partners/import", content=content, certain="yes")
    with seeded_db.read() as session:
        assert session.scalar(select(Organisation).where(Organisation.name == "Oak Street Works"))


def test_what_can_not_be_imported_is_said(hub: Person) -> None:
    page = hub.post("/partners/import", content="a,b\n1,2\n").get_data(as_text=True)
    assert "Say which column is the partner" in page
    assert "no JSON" in hub.does("/partners/import", content="{not json")


def test_lists_open_safely_in_a_spreadsheet(hub: Person, seeded_db: Database) -> None:
    with seeded_db.begin() as session:
        session.add(Organisation(name='=HYPERLINK("http://evil.example")', kind="other"))
    text = hub.get("/partners.csv").get_data(as_text=True)
    assert "'=HYPERLINK" in text
    assert "\n=HYPERLINK" not in text
    assert '\n"=HYPERLINK' not in text


def test_credit_is_confirmed_contested_and_settled(
    app: Flask, hub: Person, seeded_db: Database, seeded: Seeded
) -> None:
    with seeded_db.read() as session:
        credits = session.scalars(select(Credit).where(Credit.placement_id == seeded.placement)).all()
        claims = {credit.organisation_id: credit.id for credit in credits}
    lakeside, northfield = (
        claims[seeded.organisations[name]] for name in ("Lakeside Jobs Council", "Northfield College")
    )
    dora, ivo = (signed_in(app, seeded_db, email) for email in ("dora@lakesidejobs.example", "ivo@northfield.example"))
    assert "answered by another organisation" in dora.does(f"/credits/{lakeside}/confirm")
    dora.does(f"/credits/{northfield}/confirm")
    ivo.does(f"/credits/{lakeside}/contest", note="we found the employer")
    assert ivo.post(f"/credits/{lakeside}/settle", keep="yes", note="x").status_code == 404
    hub.does(f"/credits/{lakeside}/settle", keep="yes", note="their mail was first")
    hub.does(f"/placements/{seeded.placement}/verify", source="employer", on="2026-11-24")
    assert "shared placement" in hub.text(f"/placements/{seeded.placement}")
    with seeded_db.read() as session:
        assert session.get_one(Placement, seeded.placement).verified_by == "Rosa Lind <hub@hub.example>"


def answer_link(db: Database) -> str:
    """The link in the news that Lakeside gets."""
    with db.read() as session:
        letter = session.scalars(
            select(OutboundLetter).where(
                OutboundLetter.referral_id.is_not(None), OutboundLetter.organisation_id.is_not(None)
            )
        ).first()
        assert letter is not None
        return tokens.answer_url(settings_for(db.url), letter).removeprefix("http://loopin.test")


def test_the_partners_link_changes_nothing_until_a_button_is_pressed(app: Flask, seeded_db: Database) -> None:
    link = answer_link(seeded_db)
    partner = somebody(app)
    with seeded_db.read() as session:
        before = session.scalar(select(func.count()).select_from(Event))
    for _ in range(3):
        assert partner.get(link).status_code == 200
        partner.client.head(link)
    with seeded_db.read() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == before
    assert "the hires are reported" in partner.does(link, verb="hired", names="Nora Quill\n")
    assert "reported by this link already" in partner.does(link, verb="hired", names="Nora Quill\n")


def test_a_made_up_link_is_refused(app: Flask, seeded_db: Database) -> None:
    link = answer_link(seeded_db)
    assert somebody(app).get(link[:-2] + "aa").status_code == 410
    assert somebody(app).post(link[:-2] + "aa", verb="accept").status_code == 410
    assert TokenKind.REFERRAL


def test_consent_is_recorded_by_the_candidates_own_organisation(app: Flask, hub: Person, seeded_db: Database) -> None:
    ivo, dora = (signed_in(app, seeded_db, email) for email in ("ivo@northfield.example", "dora@lakesidejobs.example"))
    assert "M. V." in dora.text("/candidates/1")
    assert dora.post("/candidates/1/consent", state="signed", on="2026-11-20").status_code == 404
    assert hub.post("/candidates/1/consent", state="signed", on="2026-11-20").status_code == 404
    assert "on which day" in ivo.does("/candidates/1/consent", state="signed")
    ivo.does("/candidates/1/consent", state="signed", on="2026-11-20", until="2099-01-01", scope="for jobs")
    assert "Marisol Vega" in dora.text("/candidates/1")
    ivo.does("/candidates/1/consent", state="none")
    assert "Marisol" not in dora.text("/candidates/1")


def test_an_organisation_chooses_how_it_is_told_and_named(app: Flask, seeded_db: Database, seeded: Seeded) -> None:
    own, other = seeded.organisations["Northfield College"], seeded.organisations["Lakeside Jobs Council"]
    ivo = signed_in(app, seeded_db, "ivo@northfield.example")
    ivo.does(f"/partners/{own}/choices", letters="weekly", shown_as="hidden")
    assert ivo.post(f"/partners/{other}/choices", letters="weekly", shown_as="hidden").status_code == 404
    assert "daily or weekly" in ivo.does(f"/partners/{own}/choices", letters="never", shown_as="hidden")
    with seeded_db.read() as session:
        found = session.get_one(Organisation, own)
        assert (found.letters, found.shown_as) == ("weekly", "hidden")


def test_a_search_tells_nothing_of_hidden_names(hub: Person) -> None:
    for path in ("/inbox?show=all&q=Marisol", "/referrals?show=all&q=Marisol", "/inbox?show=all&q=Okafor"):
        assert "Nothing matches" in hub.text(path)
    assert "Brightwater" in hub.text("/inbox?show=all&q=brightwater")


WITH_FILES = b"""From: Dora <dora@lakesidejobs.example>
To: tracker@hub.example
Subject: Lists
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Two lists.
--b
Content-Type: image/svg+xml
Content-Disposition: attachment; filename="../../evil.svg"

<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>
--b
Content-Type: text/html
Content-Disposition: attachment; filename="page.html"

<script>alert(2)</script>
--b--
"""


def test_attachments_are_downloads_that_no_browser_runs(hub: Person, seeded_db: Database) -> None:
    upload(hub, "lists.eml", WITH_FILES.replace(b"\n", b"\r\n"))
    with seeded_db.read() as session:
        found = select(InboundMessage.id).where(InboundMessage.source == "upload:lists.eml")
        message_id = session.scalar(found)
    for number, name in ((1, "evil.svg"), (2, "page.html")):
        response = hub.get(f"/messages/{message_id}/attachments/{number}")
        assert response.mimetype == "application/octet-stream"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "sandbox" in response.headers["Content-Security-Policy"]
        assert b"<script>" in response.get_data()
    assert hub.get(f"/messages/{message_id}/attachments/3").status_code == 404


def test_the_waterfall_adds_up_to_the_chance() -> None:
    steps = waterfall(0.9, [{"words": "same name", "weight": 4.0}, {"words": "other city", "weight": -1.0}])
    first, *reasons, last = steps
    assert first.weight + sum(step.weight for step in reasons) == pytest.approx(last.weight)
    assert last.weight == pytest.approx(2.197, abs=0.001)
    assert [step.without for step in reasons] == [pytest.approx(0.1415, abs=0.001), pytest.approx(0.9607, abs=0.001)]
    assert all(0 <= step.left <= 100 and 0 < step.width <= 100 for step in steps)


def test_a_partner_is_written_down_by_hand(app: Flask, hub: Person, seeded_db: Database) -> None:
    fields = {"kind": "chamber", "aliases": "OST; Oak", "domains": "oakstreet.example", "addresses": ""}
    page = hub.does("/partners/new", name="Oak Street Chamber", **fields)
    assert "oakstreet.example" in page
    assert "free-mail domain" in hub.does("/partners/new", name="Oak Street Chamber", domains="gmail.com")
    assert "It has no name." in hub.does("/partners/new", name="")
    with seeded_db.read() as session:
        found = session.scalars(select(Organisation).where(Organisation.name == "Oak Street Chamber")).one()
        sign = next(sign for sign in found.signs if sign.value == "Oak")
    hub.does(f"/partners/{found.id}/signs/{sign.id}/remove")
    assert "Oak<" not in hub.text(f"/partners/{found.id}").replace("\n", "")
    dora = signed_in(app, seeded_db, "dora@lakesidejobs.example")
    assert dora.post("/partners/new", name="Mine").status_code == 404
    assert dora.post(f"/partners/{found.id}/signs/{sign.id}/remove").status_code == 404
