"""What our mail server says of a sender, and every way to make it seem to say more."""

import pytest

from mail.message import parse_message
from mail.sender import BadTrust, Verdict, judge, proposed_trust
from tests.signing import mail

US = "mx.hub.example"
PASS = f"Authentication-Results: {US}; dkim=pass header.d=college.example; dmarc=pass header.from=college.example"


def by_server(*headers: str, sender: str = "Ann Oduya <ann@college.example>", trust: str = f"id:{US}") -> Verdict:
    return judge(mail(*headers, sender=sender), trust=trust)


def test_two_from_headers_make_nobody_the_sender() -> None:
    verdict = by_server("From: eve@evil.example", PASS)
    assert (verdict.address, verdict.authenticated) == ("", False)


def test_a_from_behind_a_bare_carriage_return_counts_as_second() -> None:
    """Python's parser, which reads the mail, takes a bare CR for a line's end."""
    assert by_server("X-Note: x\rFrom: eve@evil.example", PASS).address == ""


def test_the_reader_sees_the_same_sender_as_the_judge() -> None:
    content = mail(PASS)
    assert parse_message(content).sender.address == judge(content, trust=f"id:{US}").address


def test_who_wrote_for_somebody_is_named() -> None:
    verdict = by_server("Sender: Bo <bo@college.example>", PASS)
    assert (verdict.address, verdict.sent_by) == ("ann@college.example", "bo@college.example")


def test_reply_to_is_nobodys_identity() -> None:
    assert by_server("Reply-To: boss@board.example", PASS).address == "ann@college.example"


def test_our_servers_dmarc_pass_authenticates() -> None:
    verdict = by_server(PASS)
    assert verdict.authenticated
    assert verdict.domain == "college.example"
    assert verdict.reason == f"{US} says dmarc=pass for college.example."


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ([], "no header"),
        ([PASS.replace(US, "mx.evil.example")], "another server's id"),
        ([PASS.replace(US, f"{US}.evil.example")], "an id that begins like ours"),
        ([PASS.replace(US, f"({US}) mx.evil.example")], "our id in a comment"),
        ([f"Authentication-Results: {US}; dmarc=fail header.from=college.example", PASS], "a forged second below ours"),
        ([f"Authentication-Results: {US}; spf=pass smtp.mailfrom=evil.example", PASS], "the same without DMARC"),
        ([PASS.replace("from=college", "from=evil")], "a pass for another domain"),
        ([PASS.replace(" header.from=college.example", "")], "a pass for no domain"),
        ([PASS.replace("dmarc=pass", "dmarc=temperror")], "no result"),
        ([f"Authentication-Results: {US}; none"], "nothing checked"),
        ([f"Authentication-Results: {US}; dkim=pass header.d=evil.example; dmarc=none"], "DKIM of another domain"),
        (
            [f"Authentication-Results: {US}; spf=pass smtp.mailfrom=eve@evil.example; dmarc=none"],
            "SPF of another",
        ),
        ([f"Authentication-Results: {US}; dmarc=pass (header.from=college.example)"], "the domain in a comment"),
        ([PASS.replace("; dkim", "; ((dkim")], "a comment that never ends"),
        ([f"ARC-{PASS}", "ARC-Seal: i=1; cv=none; d=evil.example"], "an ARC seal of nobody we know"),
        ([f"Authentication-Results: {US}; {'(' * 150}{')' * 150} dmarc=none"], "nested comments"),
        (["X-" + PASS], "a header of another name"),
    ],
)
def test_nothing_else_does(headers: list[str], why: str) -> None:
    assert not by_server(*headers).authenticated


def test_dmarc_fail_is_told_apart() -> None:
    failed = by_server(PASS.replace("dmarc=pass", "dmarc=fail"))
    assert failed.dmarc_fail
    assert not failed.authenticated


@pytest.mark.parametrize(
    "results",
    [
        "dkim=pass header.d=mail.college.example; dmarc=none",
        "dkim=pass header.i=@college.example",
        "spf=pass smtp.mailfrom=bounce@mail.college.example; dmarc=none header.from=college.example",
    ],
)
def test_without_dmarc_what_is_aligned_authenticates(results: str) -> None:
    assert by_server(f"Authentication-Results: {US}; {results}").authenticated


def test_a_sender_cannot_write_results_into_his_envelope_address() -> None:
    """His local part is quoted by the server, and stays one word."""
    forged = '"x; dmarc=pass header.from=college.example"@evil.example'
    assert not by_server(f"Authentication-Results: {US}; spf=pass smtp.mailfrom={forged}; dmarc=none").authenticated


def test_google_is_known_by_its_id() -> None:
    header = PASS.replace(US, "mx.google.com").replace("dmarc=pass", "dmarc=pass (p=NONE sp=NONE dis=NONE)")
    assert by_server(header, trust="google").authenticated
    assert not by_server(header).authenticated


MICROSOFT = (
    "Authentication-Results: spf=pass (sender IP is 192.0.2.7)\r\n smtp.mailfrom=college.example; dkim=pass (signature"
    " was verified)\r\n header.d=college.example;dmarc=pass action=none\r\n header.from=college.example;"
    "compauth=pass reason=100"
)


def test_microsoft_365_writes_no_id_and_is_read_all_the_same() -> None:
    assert by_server(MICROSOFT, trust="microsoft365").authenticated


@pytest.mark.parametrize(
    "headers",
    [
        [MICROSOFT.replace("dmarc=pass action=none", "dmarc=fail action=quarantine"), MICROSOFT],
        [PASS, MICROSOFT],
        [MICROSOFT.replace("header.from=college", "header.from=evil")],
        [MICROSOFT + ";dmarc=pass header.from=college.example"],
        [MICROSOFT.replace("smtp.mailfrom=college.example", 'smtp.mailfrom="x;y"')],
        [],
    ],
    ids=["a forged second", "one with an id on top", "another domain", "a method twice", "quotes", "none"],
)
def test_but_only_on_top_and_in_its_own_form(headers: list[str]) -> None:
    assert not by_server(*headers, trust="microsoft365").authenticated


INSIDE = "X-MS-Exchange-Organization-AuthAs: Internal"


def test_mail_inside_the_own_tenant_is_believed_where_that_is_set() -> None:
    content = mail(INSIDE)
    assert judge(content, trust="microsoft365", own_domains=["college.example"]).authenticated
    assert not judge(content, trust="microsoft365").authenticated
    assert not judge(content, trust=f"id:{US}", own_domains=["college.example"]).authenticated


def test_mail_from_outside_cannot_pretend_to_be_inside() -> None:
    """Exchange Online adds results to mail from outside."""
    outside = mail(MICROSOFT.replace("dmarc=pass", "dmarc=fail"), INSIDE)
    verdict = judge(outside, trust="microsoft365", own_domains=["college.example"])
    assert verdict.dmarc_fail
    assert not verdict.authenticated


def test_trust_none_believes_nobody() -> None:
    assert not by_server(PASS, trust="none").authenticated


@pytest.mark.parametrize("setting", ["", "id:", "always", "own:x", "ID:mx"])
def test_an_unknown_trust_is_refused_by_name(setting: str) -> None:
    with pytest.raises(BadTrust, match="own, id:AUTHSERV-ID, microsoft365, google or none"):
        judge(mail(), trust=setting)


@pytest.mark.parametrize(
    ("headers", "setting"),
    [
        ([], "own"),
        ([PASS], f"id:{US}"),
        ([PASS.replace(US, f"{US} 1 (the edge)"), MICROSOFT], f"id:{US}"),
        ([PASS.replace(US, "mx.google.com")], "google"),
        ([MICROSOFT, PASS], "microsoft365"),
    ],
)
def test_a_test_mail_speaks_for_a_setting_that_then_believes_it(headers: list[str], setting: str) -> None:
    content = mail(*headers)
    assert proposed_trust(content)[0] == setting
    assert not headers or judge(content, trust=setting).authenticated
