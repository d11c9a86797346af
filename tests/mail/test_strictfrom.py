"""The strict From: one plain address, or nobody; one test for each way to show another sender than the real one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail.proof.strictfrom import NoStrictFrom, strict_from


@pytest.mark.parametrize(
    "value",
    [
        "ann@college.example",
        "Ann <Ann@College.example>",
        '"Oduya, Ann (WFD)" <ann@college.example>',
        "Ann (Workforce) <ann@college.example> (in the office)",
        "=?utf-8?q?Ann_Od=C3=BAya?= <ann@college.example>",
        "<ann@college.example>",
        "Ann\r\n <ann@college.example>",
        '"ann@college.example" <ann@college.example>',
        "ann@college.example <ann@college.example>",
        "'ann.oduya@mail.college.example' <ann@college.example>",
        "Ann @ College <ann@college.example>",
    ],
)
def test_one_plain_address_is_read(value: str) -> None:
    assert strict_from([value]) == "ann@college.example"


@pytest.mark.parametrize(
    "values",
    [
        pytest.param([], id="no From"),
        pytest.param(["ann@college.example", "eve@evil.example"], id="two headers"),
        pytest.param(["ann@college.example, eve@evil.example"], id="a list"),
        pytest.param(["Staff: ann@college.example;"], id="a group"),
        pytest.param(["<ann@college.example> <eve@evil.example>"], id="two brackets"),
        pytest.param(["ann@college.example <eve@evil.example>"], id="an address as name"),
        pytest.param(["ann @ college.example <eve@evil.example>"], id="an address with blanks as name"),
        pytest.param(['"ann@college.example" <eve@evil.example>'], id="a quoted address as name"),
        pytest.param(["=?utf-8?q?ann=40college.example?= <eve@evil.example>"], id="an encoded address as name"),
        pytest.param(["=?utf-8?q?ann=40college.example_=3C?= <eve@evil.example>"], id="an encoded bracket"),
        pytest.param(["Ann <=?utf-8?q?ann?=@college.example>"], id="an encoded word inside"),
        pytest.param(["(ann@college.example) eve@evil.example"], id="an address as comment"),
        pytest.param(["ann(x)@college.example"], id="a comment inside"),
        pytest.param(['"ann"@college.example'], id="a quoted local part"),
        pytest.param(["Ann <ann@college.example"], id="never closed"),
        pytest.param(["Ann <ann@college.example> eve@evil.example"], id="something behind"),
        pytest.param(["ann@college.example\x00@evil.example"], id="NUL"),
        pytest.param(["ann@college.example\r\neve@evil.example"], id="a line that is no fold"),
        pytest.param(["\u0430nn@college.example"], id="a Cyrillic a"),
        pytest.param(["ann\uff20college.example <eve@evil.example>"], id="a wide @"),
        pytest.param(["<@evil.example:ann@college.example>"], id="a source route"),
        pytest.param(["ann@localhost"], id="no domain"),
        pytest.param(["ann@[192.0.2.1]"], id="an address literal"),
        pytest.param(["Ann"], id="a name only"),
        pytest.param(["a" * 3000 + "@college.example"], id="too long"),
    ],
)
def test_what_does_not_say_one_sender_says_none(values: list[str]) -> None:
    with pytest.raises(NoStrictFrom):
        strict_from(values)


@given(st.text(alphabet='a@.<>"(),:;\\ =?_q\r\n\t\x00é', max_size=60))
def test_whatever_is_read_is_one_plain_address(value: str) -> None:
    try:
        found = strict_from([value])
    except NoStrictFrom:
        return
    local, _, domain = found.partition("@")
    assert found.isascii()
    assert local
    assert "." in domain
    assert not set(found) & set('<>"(),:;\\ \r\n\t\x00')
