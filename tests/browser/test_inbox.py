"""The inbox in a real browser: keys, the mail that changes beside the list, new mail by itself, and without script."""

import pytest
from playwright.sync_api import Page, expect

from mail.values import Employer, Introduction, Need
from tests.browser.conftest import LiveSite
from tests.service.said import Mail, arrive
from tests.service.seed import referral_status


def ready(page: Page) -> None:
    """The scripts have begun to listen."""
    expect(page.locator(".help-open")).to_be_visible()


def test_keys_walk_accept_and_undo(live: LiveSite, hub: Page) -> None:
    hub.goto(f"{live.url}/inbox/{live.seeded.draft_mail}")
    ready(hub)
    hub.keyboard.press("a")
    expect(hub.get_by_role("status")).to_contain_text("counts now")
    assert referral_status(live.db, live.seeded.draft) == "introduced"
    ready(hub)
    hub.keyboard.press("u")
    expect(hub.get_by_role("status")).to_contain_text("Taken back")
    assert referral_status(live.db, live.seeded.draft) == "draft"


def test_enter_accepts_too(live: LiveSite, hub: Page) -> None:
    hub.goto(f"{live.url}/inbox/{live.seeded.draft_mail}")
    ready(hub)
    hub.keyboard.press("Enter")
    expect(hub.get_by_role("status")).to_contain_text("counts now")


def test_j_and_k_change_the_mail_beside_the_list(live: LiveSite, hub: Page) -> None:
    hub.goto(f"{live.url}/inbox?show=all")
    ready(hub)
    first = hub.locator(".mail h2").inner_text()
    hub.keyboard.press("j")
    expect(hub.locator(".mail h2")).not_to_have_text(first)
    assert "/inbox/" in hub.url
    expect(hub.locator('.row > a[aria-current="true"]')).to_have_count(1)
    hub.keyboard.press("k")
    expect(hub.locator(".mail h2")).to_have_text(first)


def test_x_asks_why_with_the_likeliest_reason_chosen(live: LiveSite, hub: Page) -> None:
    hub.goto(f"{live.url}/inbox/{live.seeded.draft_mail}")
    ready(hub)
    hub.keyboard.press("x")
    expect(hub.get_by_role("radio", name="Not about a referral")).to_be_focused()
    hub.keyboard.press("Enter")
    expect(hub.get_by_role("status")).to_contain_text("Not a referral")
    assert referral_status(live.db, live.seeded.draft) == "discarded"


def test_the_list_of_keys_opens_and_closes(live: LiveSite, hub: Page) -> None:
    ready(hub)
    hub.keyboard.press("?")
    expect(hub.get_by_role("dialog", name="Keys")).to_be_visible()
    hub.keyboard.press("Escape")
    expect(hub.get_by_role("dialog", name="Keys")).to_be_hidden()


def test_letters_typed_into_a_field_are_no_commands(live: LiveSite, hub: Page) -> None:
    hub.goto(f"{live.url}/inbox/{live.seeded.draft_mail}")
    ready(hub)
    field = hub.locator("input[name^=other-]").first
    field.press_sequentially("a x d h")
    expect(field).to_have_value("a x d h")
    assert referral_status(live.db, live.seeded.draft) == "draft"


def test_new_mail_shows_up_by_itself(live: LiveSite, hub: Page) -> None:
    ready(hub)
    said = Introduction(
        "introduction",
        referring_org="Lakeside Jobs Council",
        receiving_orgs=("Northfield College",),
        employer=Employer("Quarry Road Dairy"),
        needs=(Need("dairy hand", 3),),
    )
    arrive(live.db, Mail(said, subject="Quarry Road Dairy"))
    expect(hub.locator("#rows")).to_contain_text("Quarry Road Dairy", timeout=9_000)
    hub.wait_for_timeout(5_000)
    assert hub.locator("#rows .subject", has_text="Quarry Road Dairy").count() == 1


def test_a_value_leads_to_its_words(live: LiveSite, hub: Page) -> None:
    hub.goto(f"{live.url}/inbox/{live.seeded.packers_mail}")
    hub.locator(".values").get_by_role("link", name="12 openings").click()
    expect(hub.locator("mark:target")).to_have_text("12 (Need 1: openings 98 %)Need 1: openings 98 %")
    expect(hub.locator("mark:target .tip")).to_be_visible()


@pytest.fixture
def scriptless(live: LiveSite, browser: object) -> Page:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(live.link())
    page.get_by_role("button", name="Sign in").click()
    yield page
    context.close()


def test_everything_works_without_script(live: LiveSite, scriptless: Page) -> None:
    scriptless.goto(f"{live.url}/inbox")
    scriptless.get_by_role("link", name="Tillie's Bakehouse").click()
    scriptless.get_by_role("button", name="Accept", exact=True).click()
    expect(scriptless.get_by_role("status")).to_contain_text("counts now")
    scriptless.get_by_role("button", name="Undo").click()
    assert referral_status(live.db, live.seeded.draft) == "draft"
