"""Settings: an unknown name or a wrong value is refused by name; the secret is made once and kept to oneself."""

import stat
from pathlib import Path

import pytest

from service import config


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("LOOPIN_IMAP_PROT", "993", "LOOPIN_IMAP_PROT is no setting"),
        ("LOOPIN_IMAP_PORT", "many", "LOOPIN_IMAP_PORT"),
        ("LOOPIN_IMAP_TLS", "maybe", "LOOPIN_IMAP_TLS"),
        ("LOOPIN_TIMEZONE", "Chicago", "LOOPIN_TIMEZONE"),
        ("LOOPIN_DATABASE_URL", "mysql://x", "LOOPIN_DATABASE_URL"),
        ("LOOPIN_MAIL_TRUST", "everybody", "LOOPIN_MAIL_TRUST"),
        ("LOOPIN_HOLD_MINUTES", "-1", "LOOPIN_HOLD_MINUTES"),
        ("LOOPIN_BASE_URL", "loopin.example", "LOOPIN_BASE_URL"),
    ],
)
def test_a_wrong_setting_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, value)
    with pytest.raises(config.WrongSetting, match=words):
        config.load()


def test_an_unknown_name_in_dotenv_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("LOOPIN_IMAP_HOST=mail.hub.example\nLOOPIN_TYPO=1\n")
    with pytest.raises(config.WrongSetting, match="LOOPIN_TYPO"):
        config.load()


def test_dotenv_is_read_and_the_environment_goes_before(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("LOOPIN_IMAP_HOST=one.example\nLOOPIN_TRACKER_ADDRESSES=A@x.example, b@x.example\n")
    monkeypatch.setenv("LOOPIN_IMAP_HOST", "two.example")
    found = config.load()
    assert (found.imap_host, found.tracker_addresses) == ("two.example", ("a@x.example", "b@x.example"))


def test_the_secret_is_made_once_with_mode_0600(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    found = config.load(database_url=f"sqlite:///{tmp_path}/data/loopin.db")
    secret = found.secret()
    assert secret == found.secret()
    assert len(secret) > 40
    assert stat.S_IMODE((tmp_path / "data/secret_key").stat().st_mode) == 0o600


def test_bench_names_are_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOOPIN_BENCH_DATA", "/somewhere")
    assert config.load().imap_host == ""
