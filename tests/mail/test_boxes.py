"""Mail on disk in every shape that people keep it in."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mail import boxes
from mail.boxes import UnreadableBox, messages

MAIL = b"From: ann@college.example\nSubject: One\n\nHello.\n"


def mail(subject: str) -> bytes:
    return f"From: ann@college.example\nSubject: {subject}\n\nHello.\n".encode()


def subjects(path: Path) -> list[str]:
    return [raw.content.split(b"Subject: ")[1].splitlines()[0].decode() for raw in messages(path)]


def mbox(*mails: bytes, end: bytes = b"\n") -> bytes:
    return b"".join(b"From ann@college.example Wed Nov 25 09:01:02 2026" + end + each + end for each in mails)


def test_an_eml_file_comes_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(MAIL.replace(b"\n", b"\r\n"))
    [raw] = messages(path)
    assert raw.content == MAIL.replace(b"\n", b"\r\n")
    assert raw.source == f"ingest:{path}"


def test_a_maildir_gives_new_and_cur_and_its_folders_but_nothing_else(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / ".Referrals"):
        for name in ("cur", "new", "tmp"):
            (folder / name).mkdir(parents=True)
    (tmp_path / "cur" / "1.M1.host:2,S").write_bytes(mail("seen"))
    (tmp_path / "new" / "2.M2.host").write_bytes(mail("new"))
    (tmp_path / "tmp" / "3.M3.host").write_bytes(mail("half written"))
    (tmp_path / ".Referrals" / "cur" / "4.M4.host:2,").write_bytes(mail("in a folder"))
    (tmp_path / "dovecot-uidlist").write_text("3 V1 N2\n")
    said: list[str] = []
    assert [raw.content for raw in messages(tmp_path, said.append)] == [mail("new"), mail("seen"), mail("in a folder")]
    assert said == []


@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["LF", "CRLF"])
def test_an_mbox_is_taken_apart(tmp_path: Path, end: bytes) -> None:
    mails = [mail("One"), mail("Two") + b">From the college\n>>From twice\n", mail("Three") + b"\nFrom here on.\n"]
    mails = [each.replace(b"\n", end) for each in mails]
    path = tmp_path / "box"
    path.write_bytes(mbox(*mails, end=end))
    found = list(messages(path))
    assert [raw.content for raw in found] == [
        mails[0],
        mails[1].replace(b">From", b"From").replace(b">>From", b">From"),
        mails[2],
    ]
    assert [raw.source for raw in found] == [f"ingest:{path}#{number}" for number in (1, 2, 3)]


@given(
    st.lists(
        st.lists(st.sampled_from(["From a@b Mon Jan  1 00:00:00 2026", ">From x", "", "words", "From here"])),
        max_size=4,
    )
)
def test_an_mbox_gives_back_what_was_put_in(tmp_path_factory: pytest.TempPathFactory, bodies: list[list[str]]) -> None:
    """Written as mboxrd: every line that begins like >From gets one more >."""
    mails = [mail(str(number)) + "".join(f"{line}\n" for line in body).encode() for number, body in enumerate(bodies)]
    quoted = [
        b"".join(b">" + line if line.lstrip(b">").startswith(b"From ") else line for line in _lines(each))
        for each in mails
    ]
    path = tmp_path_factory.mktemp("box") / "box"
    path.write_bytes(mbox(*quoted) or b"\n")
    if mails:
        assert [raw.content for raw in messages(path)] == mails


def _quoted(line: bytes) -> bytes:
    return b">" + line if line.lstrip(b">").startswith(b"From ") else line


def _lines(content: bytes) -> list[bytes]:
    head, blank, body = content.partition(b"\n\n")
    return [head + blank, *body.splitlines(keepends=True)]


def test_folders_are_walked_in_a_stable_order_and_what_is_no_mail_is_named(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.eml").write_bytes(mail("Two"))
    (tmp_path / "a.eml").write_bytes(mail("One"))
    (tmp_path / "c.mbox").write_bytes(mbox(mail("Three"), mail("Four")))
    (tmp_path / "d.00012.abc").write_bytes(mail("Five"))
    (tmp_path / "notes.txt").write_text("Buy milk\n")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "rows.json").write_text('{"from": "a@x.example",\n "subject": 1}\n')
    (tmp_path / "todo.md").write_text("Note: call Ann\nSoon: yes\n")
    said: list[str] = []
    found = list(messages(tmp_path, said.append))
    assert subjects(tmp_path) == ["One", "Two", "Three", "Four", "Five"]
    assert len(found) == 5
    no_mail = "is no mail: it does not begin with header lines."
    assert said == [f"{tmp_path / name} {no_mail}" for name in ("empty.txt", "notes.txt", "rows.json", "todo.md")]


def test_what_is_called_eml_is_handed_over_whatever_it_holds(tmp_path: Path) -> None:
    (tmp_path / "broken.eml").write_bytes(b"\x00\x01 nonsense")
    assert [raw.content for raw in messages(tmp_path)] == [b"\x00\x01 nonsense"]


def test_links_in_a_circle_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "one.eml").write_bytes(MAIL)
    (tmp_path / "self").symlink_to(tmp_path)
    said: list[str] = []
    assert len(list(messages(tmp_path, said.append))) == 1
    assert "link" in said[0]


def test_what_is_not_there_or_no_mail_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UnreadableBox, match="is not there"):
        list(messages(tmp_path / "none"))
    (tmp_path / "notes.txt").write_text("Buy milk\n")
    with pytest.raises(UnreadableBox, match="no mail"):
        list(messages(tmp_path / "notes.txt"))


@pytest.mark.parametrize("in_mbox", [False, True], ids=["eml", "mbox"])
def test_of_a_mail_that_is_too_large_the_beginning_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_mbox: bool
) -> None:
    monkeypatch.setattr(boxes, "LARGEST", 1_000_000)
    large = mail("Large") + (b"x" * 76 + b"\n") * 20_000
    path = tmp_path / "large.eml"
    path.write_bytes(mbox(large, mail("Two")) if in_mbox else large)
    raw = next(messages(path))
    assert raw.oversized
    assert abs((raw.whole_size or 0) - len(large)) < 10
    assert large.startswith(raw.content)
    assert 256 * 1024 < len(raw.content) < 256 * 1024 + 200
    assert subjects(path) == (["Large", "Two"] if in_mbox else ["Large"])


def test_an_mbox_is_read_as_a_stream(tmp_path: Path) -> None:
    """20 MB of mails of 100 kB take no more than a few of them."""
    one = mail("One") + (b"x" * 76 + b"\n") * 1300
    path = tmp_path / "box"
    with path.open("wb") as file:
        for _ in range(200):
            file.write(mbox(one))
    tracemalloc.start()
    count = sum(1 for _ in messages(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 200
    assert peak < 3_000_000
