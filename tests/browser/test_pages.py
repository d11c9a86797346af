"""Every page in a real browser: axe finds nothing, nothing is wider than a phone, nothing complains."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from service import tokens
from service.models import OutboundLetter
from tests.browser.conftest import LiveSite

AXE = Path(__file__).with_name("axe-4.14.1.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


def pages(live: LiveSite) -> list[str]:
    known = live.seeded
    partner = known.organisations["Prairie Newcomers Office"]
    with live.db.begin() as session:
        letter = session.query(OutboundLetter).filter(OutboundLetter.organisation_id.is_not(None)).first()
        assert letter is not None
        profile = OutboundLetter(
            event="profile",
            kind="profile",
            recipient="x@x.example",
            organisation_id=partner,
            message_id="<p@x.example>",
        )
        session.add(profile)
        session.flush()
        own_page = tokens.profile_url(live.settings, profile).removeprefix(live.url)
        answer = tokens.answer_url(live.settings, letter).removeprefix(live.url)
        call = session.query(OutboundLetter).filter(OutboundLetter.kind == "talent_call").one()
        people = tokens.answer_url(live.settings, call).removeprefix(live.url)
    return [
        "/inbox",
        f"/inbox/{known.draft_mail}",
        f"/inbox/{known.packers_mail}",
        "/inbox?show=snoozed",
        "/referrals?show=all",
        f"/referrals/{known.packers}",
        f"/referrals/{known.draft}",
        f"/referrals/{known.welders}/change/need:{known.need}.populations",
        f"/referrals/{known.welders}/change/party.add:receiving",
        "/suggestions",
        f"/suggestions/needs/{known.need}",
        f"/suggestions/needs/{known.need}/others",
        f"/suggestions/{known.suggestion}/introduction",
        "/requests?reason=cannot_meet_occupation",
        "/learning",
        f"/partners/{partner}/learnt",
        "/employers/1/request",
        "/calls?show=all",
        f"/calls/{known.call}",
        "/calls/needs/1/new",
        "/calls/needs/1/new?offer=1",
        "/openings",
        "/agreements",
        "/agreements/1",
        "/agreements/1/change/scope",
        "/agreements/new",
        f"/placements/{known.placement}/agreement",
        "/candidacies/1/change",
        "/suggestions/needs/1",
        people,
        "/review",
        f"/review/{known.pair}",
        "/review/groups",
        "/review/bulk?kind=employer&least=60",
        "/partners",
        f"/partners/{partner}",
        f"/partners/{partner}/occupations",
        f"/partners/{partner}/services/new",
        f"/partners/{known.organisations['Northfield College']}/services/{known.service}/change/populations",
        f"/partners/{known.organisations['Northfield College']}/services/{known.service}/change/areas",
        "/partners/import",
        "/partners/new",
        f"/partners/new?partner={partner}",
        "/employers",
        "/employers/1",
        "/employers/1/change/aliases",
        "/candidates",
        "/candidates/1",
        "/candidates/1/erase",
        "/contacts/1/erase",
        "/placements",
        "/placements?show=maybe",
        "/statements",
        f"/statements?organisation={known.organisations['Northfield College']}",
        f"/placements/{known.placement}",
        "/lessons",
        "/lessons?show=waiting",
        "/lessons?show=corrections",
        f"/lessons/{known.lesson}",
        "/quarantine",
        f"/quarantine/{known.quarantined}",
        "/outbox",
        f"/outbox/{letter.id}",
        "/upload",
        "/monday",
        "/initiatives",
        "/initiatives/1",
        "/initiatives/new",
        "/sheets",
        "/sheets/1",
        "/sheets/1/change",
        f"/sheets/1/placements/{known.placement}",
        "/reports",
        "/reports/made",
        "/health",
        "/users",
        "/account",
        "/sign-in",
        answer,
        own_page,
    ]


def violations(page: Page) -> list[str]:
    found = page.evaluate(f"async () => {{ {AXE}; return (await axe.run(document, {RULES!r})).violations; }}")
    return [f"{one['id']}: {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_axe_finds_nothing_and_every_page_fits(live: LiveSite, hub: Page, width: int, scheme: str) -> None:
    hub.set_viewport_size({"width": width, "height": 800})
    hub.emulate_media(color_scheme=scheme)  # ty: ignore[invalid-argument-type]
    wrong = {}
    for path in pages(live):
        response = hub.goto(live.url + path)
        assert response is not None
        assert response.status == 200, path
        if found := violations(hub):
            wrong[path] = found
        wider = hub.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{path} is {wider} px wider than {width}"
    assert not wrong, "\n".join(f"{path} {one}" for path, found in wrong.items() for one in found)


def test_the_menu_of_a_phone_opens_without_script(live: LiveSite, hub: Page) -> None:
    hub.set_viewport_size({"width": 360, "height": 740})
    hub.goto(f"{live.url}/referrals")
    assert not hub.get_by_role("link", name="Monday page").is_visible()
    hub.get_by_role("link", name="Menu", exact=True).click()
    hub.get_by_role("link", name="Monday page").click()
    assert hub.url.endswith("/monday")


def test_a_page_prints_without_its_menu(live: LiveSite, hub: Page) -> None:
    hub.emulate_media(media="print")
    hub.goto(f"{live.url}/monday")
    assert not hub.locator("#menu").is_visible()
    assert hub.get_by_role("heading", name="Resource list").is_visible()
