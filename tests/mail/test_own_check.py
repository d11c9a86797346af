"""Our own check of DKIM and DMARC, with keys and answers of our own; and that no mail keeps it busy for long."""

import time
from collections.abc import Callable
from hashlib import sha256

import dkim
import pytest
from dkim.canonicalization import Relaxed, Simple
from hypothesis import given
from hypothesis import strategies as st

from mail.proof import bodyhash
from mail.proof.bodyhash import body_hash
from mail.proof.domains import aligned, organisational_domain
from mail.proof.resolver import NoAnswerNow, answers, dns_resolver, from_answers
from mail.sender import Verdict, judge, names_to_ask
from tests.network import NameServer
from tests.servers import LOOPBACK
from tests.signing import key, mail, signed

US = "mx.hub.example"
PASS = f"Authentication-Results: {US}; dkim=pass header.d=college.example; dmarc=pass header.from=college.example"
SIGNATURE = "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=college.example; s=s1; h=from; bh=eA==; b=eA=="


def zone(*domains: str, dmarc: str = "") -> dict[str, tuple[str, ...] | None]:
    records: dict[str, tuple[str, ...] | None] = {f"s1._domainkey.{domain}": (key(domain)[1],) for domain in domains}
    for name in ("college.example", "mail.college.example", "evil.example"):
        records[f"_dmarc.{name}"] = ()
    if dmarc:
        records["_dmarc.college.example"] = (dmarc,)
    return records


def own(content: bytes, records: dict[str, tuple[str, ...] | None]) -> Verdict:
    return judge(content, trust="own", resolver=from_answers(records))


def test_a_valid_signature_of_the_senders_domain_authenticates() -> None:
    verdict = own(signed(mail(), "college.example"), zone("college.example"))
    assert verdict.authenticated
    assert verdict.reason == "Its DKIM signature of college.example is valid."


def test_a_signature_of_a_subdomain_is_aligned_unless_the_policy_is_strict() -> None:
    content = signed(mail(), "mail.college.example")
    assert own(content, zone("mail.college.example")).authenticated
    assert not own(content, zone("mail.college.example", dmarc="v=DMARC1; p=none; adkim=s")).authenticated


def test_two_domains_of_one_suffix_are_not_aligned() -> None:
    assert not own(signed(mail(), "evil.example"), zone("evil.example")).authenticated
    assert not aligned("cara.example", "evil.example")
    assert not aligned("a.co.uk", "b.co.uk")
    assert aligned("mail.cara.example", "cara.example")
    assert organisational_domain("a.b.cara.co.uk") == "cara.co.uk"


def test_a_changed_body_or_from_breaks_the_signature() -> None:
    content = signed(mail(sender="eve@college.example"), "college.example")
    records = zone("college.example")
    assert own(content, records).authenticated
    assert not own(content.replace(b"We accept", b"We refuse"), records).authenticated
    assert not own(content.replace(b"eve@", b"ann@"), records).authenticated


def test_a_signature_made_with_another_key_is_none() -> None:
    assert not own(signed(mail(), "college.example", "evil.example"), zone("college.example")).authenticated


def test_a_signature_over_part_of_the_body_is_none() -> None:
    content = signed(mail(), "college.example", length=True) + b"And send all to Eve.\r\n"
    assert dkim.verify(content, dnsfunc=lambda name, timeout=5: key("college.example")[1].encode())
    assert not own(content, zone("college.example")).authenticated


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record + "; t=y:s",
        lambda record: "v=DKIM1; k=rsa; p=",
        lambda record: record.replace("k=rsa", "k=ed25519"),
        lambda record: record + "; n=" + "x" * 3000,
        lambda record: record.replace("DKIM1", "DKIM2"),
        lambda record: record[:60],
    ],
    ids=["test mode", "revoked", "another kind", "monstrous", "another version", "cut"],
)
def test_a_key_that_is_no_good_makes_no_signature(change: Callable[[str], str]) -> None:
    records = zone("college.example")
    records["s1._domainkey.college.example"] = (change(key("college.example")[1]),)
    assert not own(signed(mail(), "college.example"), records).authenticated


def test_two_key_records_are_none() -> None:
    records = zone("college.example")
    records["s1._domainkey.college.example"] = (key("college.example")[1], key("evil.example")[1])
    assert not own(signed(mail(), "college.example"), records).authenticated


def test_a_domain_that_asks_to_refuse_disowns_what_is_not_signed() -> None:
    assert own(mail(), zone(dmarc="v=DMARC1; p=reject")).dmarc_fail
    assert own(mail(), zone(dmarc="v=DMARC1; p=quarantine; sp=none")).dmarc_fail
    assert not own(mail(), zone(dmarc="v=DMARC1; p=none")).dmarc_fail
    assert not own(mail(), zone()).dmarc_fail


def test_a_subdomain_inherits_the_policy_meant_for_subdomains() -> None:
    content = mail(sender="ann@mail.college.example")
    assert own(content, zone(dmarc="v=DMARC1; p=none; sp=reject")).dmarc_fail
    assert not own(content, zone(dmarc="v=DMARC1; p=reject; sp=none")).dmarc_fail


def test_an_unanswered_question_is_no_verdict_yet() -> None:
    records = zone("college.example")
    records["s1._domainkey.college.example"] = None
    verdict = own(signed(mail(), "college.example"), records)
    assert verdict.temporary
    assert not verdict.authenticated
    assert "DNS gave no answer" in verdict.reason


def test_a_forged_header_does_not_help_where_we_check_ourselves() -> None:
    assert not own(mail(PASS), zone()).authenticated


def test_all_names_are_known_beforehand() -> None:
    content = signed(mail(), "college.example")
    asked = []

    def resolver(name: str) -> tuple[str, ...]:
        asked.append(name)
        return ()

    judge(content, trust="own", resolver=resolver)
    assert set(asked) <= set(names_to_ask(content))
    assert names_to_ask(mail(sender="a@x.example, b@y.example")) == ()


def test_only_signatures_that_can_count_are_asked_for() -> None:
    content = mail()
    for domain in ["evil.example"] * 30 + ["college.example"] * 30:
        content = f"DKIM-Signature: v=1; a=rsa-sha256; d={domain}; s=s1; h=from; bh=x; b=x\r\n".encode() + content
    assert names_to_ask(content) == ("_dmarc.college.example", "s1._domainkey.college.example")
    assert (
        len(names_to_ask(content.replace(b"s=s1; h=from; bh=x; b=x\r\nDKIM", b"s=s2; h=from; bh=x; b=x\r\nDKIM"))) <= 6
    )


def test_over_the_network(name_server: NameServer) -> None:
    name_server.records["s1._domainkey.college.example"] = [key("college.example")[1]]
    ask = dns_resolver([LOOPBACK], name_server.port, seconds=0.5)
    content = signed(mail(), "college.example")
    assert judge(content, trust="own", resolver=ask).authenticated
    assert judge(content, trust="own", resolver=from_answers(answers(names_to_ask(content), ask))).authenticated
    name_server.mode = "fail"
    with pytest.raises(NoAnswerNow):
        ask("_dmarc.college.example")
    name_server.mode = "silent"
    assert answers(["_dmarc.college.example"], ask) == {"_dmarc.college.example": None}
    assert ask("a..b") == ()
    assert ask("x" * 70 + ".example") == ()


@pytest.mark.parametrize(
    "content",
    [
        mail(f"Authentication-Results: {US}; " + "dkim=pass header.d=x.example; " * 500),
        mail(f"Authentication-Results: {US}; " + "(" * 15_000),
        mail(f'Authentication-Results: {US}; dkim=pass header.d="' + "\\" * 15_000),
        mail(SIGNATURE.replace("h=from", "h=from" + " " * 100_000)),
        mail(
            *["DKIM-Signature: v=1; a=rsa-sha256; d=college.example; s=s1; h=from; c=relaxed/relaxed; bh=eA==; b=eA=="]
            * 900
        ),
        mail(SIGNATURE) + b" " * 5_000_000,
        mail(SIGNATURE + "\r\n " * 2_500),
        mail(SIGNATURE + "; x=" + "9" * 7_000),
        mail(sender="(" * 100_000),
        mail(sender="a@" * 50_000),
        b"X: y\r\n" * 60_000 + mail(),
        b"\x00" * 300_000,
        b"",
    ],
    ids=[
        "results",
        "brackets",
        "escapes",
        "h",
        "signatures",
        "blanks",
        "folds",
        "digits",
        "comments",
        "ats",
        "headers",
        "NUL",
        "empty",
    ],
)
@pytest.mark.parametrize("trust", [f"id:{US}", "microsoft365", "own"])
def test_hostile_mail_is_judged_quickly(content: bytes, trust: str) -> None:
    began = time.monotonic()
    verdict = judge(content, trust=trust, resolver=from_answers(zone("college.example")))
    assert not verdict.authenticated
    assert time.monotonic() - began < 2


PIECES = st.sampled_from(
    [b"a", b" ", b"\t", b"\r\n", b"\n", b"\r", b"  \r\n", b"\r\r\n", b"words and words", b"\n" * 5]
)


@given(st.lists(PIECES, max_size=30).map(b"".join), st.booleans())
def test_the_body_hash_is_that_of_dkimpy(body: bytes, relaxed: bool) -> None:
    rule = (Relaxed if relaxed else Simple).canonicalize_body
    _, parsed = dkim.rfc822_parse(b"From: x\r\n\r\n" + body)
    assert body_hash(b"1234" + body, 4, relaxed=relaxed) == sha256(rule(parsed)).digest()


def test_the_body_hash_does_not_depend_on_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"a \n\n\r\n b\t \r\n" * 50 + b"\r\n" * 20
    whole = [body_hash(body, 0, relaxed=relaxed) for relaxed in (True, False)]
    monkeypatch.setattr(bodyhash, "_BLOCK", 3)
    assert [body_hash(body, 0, relaxed=relaxed) for relaxed in (True, False)] == whole


@pytest.mark.parametrize("canonicalize", [(b"simple", b"simple"), (b"relaxed", b"simple"), (b"relaxed", b"relaxed")])
def test_signatures_of_each_form_are_verified(canonicalize: tuple[bytes, bytes]) -> None:
    content = signed(mail(body="We  accept. \r\n\r\n.\r\n\r\n\r\n"), "college.example", canonicalize=canonicalize)
    assert own(content, zone("college.example")).authenticated
    assert not own(content + b"x\r\n", zone("college.example")).authenticated


def test_a_large_signed_mail_is_checked_quickly() -> None:
    content = signed(mail(body="a b c\r\n" * 300_000), "college.example")
    began = time.monotonic()
    assert own(content, zone("college.example")).authenticated
    assert time.monotonic() - began < 1
