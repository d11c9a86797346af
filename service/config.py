"""Settings: LOOPIN_* from the environment or a .env file, each checked at start and refused by name."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

PREFIX = "LOOPIN_"
Tls = Literal["tls", "starttls", "none"]


class WrongSetting(ValueError):
    """A setting that can't be used; the message names it and says what it takes. Exit status 78."""


class Settings(BaseSettings):
    """What an operator may set. Every name is read as LOOPIN_NAME; docs/settings.md is checked against this class."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    database_url: str = Field("sqlite:///var/loopin.db", description="SQLite file or postgresql://user@host/name")
    base_url: str = Field(
        "http://127.0.0.1:8000", description="how browsers reach the web view; links in letters use it"
    )
    secret_key: str = Field(
        "",
        description="signs links and sessions, keys hashes of people; made once and kept in var/secret_key when unset",
    )
    tracker_addresses: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="the tracker's own addresses, by comma"
    )
    imap_host: str = Field("", description="mailbox server; without it no mailbox is watched")
    imap_port: int = Field(993, ge=1, le=65535, description="mailbox port")
    imap_user: str = Field("", description="mailbox user")
    imap_password: str = Field("", description="mailbox password or app password")
    imap_oauth_token_url: str = Field("", description="OAuth2 token endpoint (Microsoft 365, Google)")
    imap_oauth_client_id: str = Field("", description="OAuth2 client id")
    imap_oauth_client_secret: str = Field("", description="OAuth2 client secret")
    imap_oauth_refresh_token: str = Field("", description="OAuth2 refresh token to start with; a rotated one is stored")
    imap_oauth_scope: str = Field("", description="OAuth2 scope, where the provider asks for one")
    imap_tls: Tls = Field("tls", description="tls, starttls or none")
    imap_folder: str = Field("INBOX", description="folder to watch")
    imap_since: str = Field("", description="ISO date: take in mail from then on at first connect; else from now on")
    smtp_host: str = Field("", description="outgoing relay; without it letters wait in the outbox")
    smtp_port: int = Field(587, ge=1, le=65535, description="relay port")
    smtp_user: str = Field("", description="relay user")
    smtp_password: str = Field("", description="relay password")
    smtp_tls: Tls = Field("starttls", description="tls, starttls or none")
    mail_from: str = Field("", description="From of letters; the first tracker address when unset")
    mail_trust: str = Field("none", description="own, id:AUTHSERV-ID, microsoft365, google, none")
    hold_minutes: int = Field(10, ge=0, le=1440, description="how long a letter waits so that a click can hold it")
    letters_a_minute: int = Field(25, ge=1, description="most letters sent in a minute")
    letters_a_day: int = Field(1500, ge=1, description="most letters sent in a day")
    mails_an_hour: int = Field(60, ge=1, description="most mails of one sender in an hour; more wait in quarantine")
    timezone: str = Field("America/Chicago", description="the network's own time zone")
    language: Literal["en", "es", "pl"] = Field("en", description="language of the web view and letters")
    quiet_hours: str = Field("19-7", description="hours without automatic letters, local time; empty: none")
    metrics_token: str = Field("", description="bearer token of /metrics; without it /metrics is closed")
    occupations: str = Field("", description="folder of the O*NET text database")
    lmtp_listen: str = Field("", description="host:port of an LMTP door; empty: off")
    operator: str = Field("", description="e-mail address of the first hub coordinator")
    demo: bool = Field(False, description="the demo: fictional partners and mails; refuses real mail")

    @field_validator("tracker_addresses", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        return (
            tuple(part.strip().lower() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError(f"{value!r} is no time zone") from error
        return value

    @field_validator("mail_trust")
    @classmethod
    def _known_trust(cls, value: str) -> str:
        if value not in {"own", "microsoft365", "google", "none"} and not value.startswith("id:"):
            raise ValueError("takes own, id:AUTHSERV-ID, microsoft365, google or none")
        return value

    @field_validator("database_url")
    @classmethod
    def _psycopg3(cls, value: str) -> str:
        if value.startswith(("postgres://", "postgresql://")):
            return "postgresql+psycopg://" + value.partition("://")[2]
        if not value.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("takes sqlite:///FILE or postgresql://USER@HOST/NAME")
        return value

    @field_validator("base_url")
    @classmethod
    def _no_slash(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("takes http://... or https://...")
        return value.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, dotenv_settings

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def from_address(self) -> str:
        return self.mail_from or (self.tracker_addresses[0] if self.tracker_addresses else "loopin@localhost")

    @property
    def data_folder(self) -> Path:
        """Where the secret key, backups and the SQLite file live."""
        if self.database_url.startswith("sqlite:///"):
            return Path(self.database_url.removeprefix("sqlite:///")).parent
        return Path("var")

    def secret(self) -> str:
        """The signing key; made once with mode 0600 and kept beside the database when none is set."""
        if self.secret_key:
            return self.secret_key
        path = self.data_folder / "secret_key"
        try:
            return path.read_text().strip()
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        return path.read_text().strip()


def load(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings from the environment, .env and `given`. Raises WrongSetting naming the first setting that is wrong."""
    environ = os.environ if environ is None else environ
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in sorted({*environ, *_names_in_dotenv()}):
        if name.startswith(PREFIX) and name not in known and not name.startswith(("LOOPIN_BENCH_", "LOOPIN_REQUIRE_")):
            raise WrongSetting(f"{name} is no setting of Loopin (see docs/settings.md)")
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise WrongSetting(f"{name}: {first['msg'].removeprefix('Value error, ')}") from error


def _names_in_dotenv() -> set[str]:
    try:
        lines = Path(".env").read_text(encoding="utf-8").splitlines()
    except OSError:
        return set()
    return {line.partition("=")[0].removeprefix("export ").strip() for line in lines if "=" in line}
