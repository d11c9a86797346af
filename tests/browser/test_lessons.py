"""Lessons in a real browser: a correction on the referral's page is learnt, seen, revoked and put in force again."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import LiveSite


def test_a_correction_is_learnt_shown_in_words_and_revoked(live: LiveSite, hub: Page) -> None:
    hub.goto(f"{live.url}/referrals/{live.seeded.packers}")
    hub.get_by_role("link", name="Change the position of Wanda Quist").click()
    hub.get_by_label("Position of Wanda Quist").fill("Head of operations")
    hub.get_by_role("button", name="Save").click()
    expect(hub.get_by_text("Head of operations").first).to_be_visible()
    hub.get_by_role("link", name="Lessons", exact=True).click()
    hub.get_by_role("link", name="“Operations” of wanda@brightwater.example is Head of operations.").click()
    expect(hub.get_by_text("in force")).to_be_visible()
    expect(hub.get_by_text("Operations → Head of operations")).to_be_visible()
    hub.get_by_role("button", name="Revoke it").click()
    expect(hub.get_by_text("Revoked: it is not used any more.")).to_be_visible()
    hub.get_by_role("button", name="Use it").click()
    expect(hub.get_by_text("In force from the next mail.")).to_be_visible()


def test_mails_of_a_revoked_lesson_are_put_back_to_be_read(live: LiveSite, hub: Page) -> None:
    hub.goto(f"{live.url}/lessons/{live.seeded.lesson}")
    hub.get_by_role("button", name="Revoke it").click()
    hub.get_by_role("button", name="Read 1 mail again without it").click()
    expect(hub.get_by_text("1 mail is read again now; look in a moment.")).to_be_visible()
