"""Real servers for the tests, private and on loopback: Dovecot and PostgreSQL.

Each has `start` and `stop`, takes free ports, keeps its files in a folder of its own and needs no rights; as root the
servers that refuse to be root are run as their own user. `Missing` names the program that is not there.
"""

import os
import pwd
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"


class Missing(Exception):
    """A program that a test needs is not on this machine; the message says which package has it."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return probe.getsockname()[1]


def wait_for(condition: Callable[[], Any], seconds: float = 10.0, step: float = 0.02) -> Any:
    """What `condition` answers once it is true. Raises TimeoutError."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if answer := condition():
            return answer
        time.sleep(step)
    raise TimeoutError(f"still not so after {seconds} s: {condition}")


def _program(name: str, package: str, *folders: Path) -> str:
    path = os.pathsep.join([*map(str, folders), os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
    found = shutil.which(name, path=path)
    if not found:
        raise Missing(f"{name} is not installed (package {package})")
    return found


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((LOOPBACK, port)) == 0


def _greets(port: int) -> bool:
    """Its first line has come: one that was just killed may still be heard closing its port."""
    try:
        with socket.create_connection((LOOPBACK, port), 2) as line:
            return bool(line.recv(1))
    except OSError:
        return False


def _folder(name: str) -> Path:
    """Short, because of the sockets in it (107 characters), and open to the server's own user."""
    folder = Path(tempfile.mkdtemp(prefix=f"loopin-{name}-"))
    folder.chmod(0o755)
    return folder


DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
instance_name = {folder.name}
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
mail_plugins = acl
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_fsync = never
imap_idle_notify_interval = 2 s
mail_max_userip_connections = 200
login_trusted_networks = 127.0.0.0/8
plugin {{
  acl = vfile:{folder}/acl
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password=secret
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  service_count = 0
  inet_listener imap {{
    port = {imap_port}
  }}
  inet_listener imaps {{
    port = {imaps_port}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp_port}
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
protocol lmtp {{
  postmaster_address = postmaster@loopin.test
  auth_username_format = %n
}}
"""
OAUTH2 = """
introspection_mode = post
introspection_url = http://127.0.0.1:{token_port}/
active_attribute = active
active_value = true
username_attribute = user
"""
# Dovecot as an ordinary user: no chroot, no users of its own
ROOTLESS = """
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of its own for 127.0.0.1, good for two days, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    command = [_program("openssl", "openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True)
    return certificate, key


@dataclass
class Dovecot:
    """IMAP (any user, password "secret", also over TLS) and LMTP. Every user's folder NoKeywords keeps no keywords.

    Access tokens are good where an HTTP server at `token_port` says {"active": "true", "user": ...}.
    """

    folder: Path = field(default_factory=lambda: _folder("dovecot"))
    imap_port: int = field(default_factory=free_port)
    imaps_port: int = field(default_factory=free_port)
    lmtp_port: int = field(default_factory=free_port)
    token_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Dovecot":
        program = _program("dovecot", "dovecot-imapd and dovecot-lmtpd")
        if not subprocess.run([program, "--version"], capture_output=True, text=True).stdout.startswith("2.3"):
            raise Missing("Dovecot 2.3 is not installed (2.4 wants other settings)")
        self._write_settings()
        command = [program, "-F", "-c", str(self.folder / "dovecot.conf")]
        wait_for(lambda: self._up(command), 40, 0.1)
        return self

    def _up(self, command: list[str]) -> bool:
        """It runs and greets; started anew where it ended, as it does while one that was killed still holds a port."""
        if self.process is None or self.process.poll() is not None:
            (self.folder / "run" / "master.pid").unlink(missing_ok=True)
            self.process = subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL)
        return _greets(self.imap_port) and _greets(self.lmtp_port)

    def _write_settings(self) -> None:
        root = os.geteuid() == 0
        account = pwd.getpwnam("mail") if root else pwd.getpwuid(os.geteuid())
        user, group = account.pw_name, account.pw_gid
        for name in ("run", "state", "mail"):
            (self.folder / name).mkdir(exist_ok=True)
        if root:
            os.chown(self.folder / "mail", account.pw_uid, group)
        (self.folder / "acl").write_text("NoKeywords owner lrsiteka\n")
        (self.folder / "oauth2").write_text(OAUTH2.format(token_port=self.token_port))
        if not (self.folder / "key.pem").exists():
            make_certificate(self.folder)
        values = {**vars(self), "user": user, "group": group}
        (self.folder / "dovecot.conf").write_text((DOVECOT if root else DOVECOT + ROOTLESS).format(**values))

    def deliver(self, content: bytes, user: str, sender: str = "dana@sender.example") -> None:
        """By LMTP, as a mail server does."""
        with smtplib.LMTP(LOOPBACK, self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [f"{user}@loopin.test"], content)

    def kill(self) -> None:
        """The server and all its children at once, as when the machine loses power."""
        if self.process:
            children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True)
            for pid in (self.process.pid, *map(int, children.stdout.split())):
                _kill(pid)
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def restart(self) -> None:
        self.stop(keep=True)
        self.start()

    def stop(self, *, keep: bool = False) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


@dataclass
class Postgres:
    """A cluster without passwords, user "loopin"; nothing is synced to disk, so it is fast and good for tests only."""

    folder: Path = field(default_factory=lambda: _folder("pg"))
    port: int = field(default_factory=free_port)

    def start(self) -> "Postgres":
        data = self.folder / "data"
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        if not data.exists():
            self._run("initdb", "-D", str(data), "-A", "trust", "-U", "loopin", "--no-sync", "-E", "UTF8", "--locale=C")
        options = f"-p {self.port} -h {LOOPBACK} -k {self.folder} -F -c full_page_writes=off -c max_connections=200"
        self._run("pg_ctl", "-D", str(data), "-o", options, "-l", str(self.folder / "log"), "-w", "start")
        return self

    def database(self, name: str, template: str = "template0") -> str:
        """A new, empty database (or a copy of `template`); its address."""
        self._run("createdb", "-h", LOOPBACK, "-p", str(self.port), "-U", "loopin", "-T", template, name)
        return f"postgresql://loopin@{LOOPBACK}:{self.port}/{name}"

    def drop(self, name: str) -> None:
        self._run("dropdb", "--force", "--if-exists", "-h", LOOPBACK, "-p", str(self.port), "-U", "loopin", name)

    def crash_and_restart(self) -> None:
        """As kill -9 of the server: what was not committed is gone, every connection breaks."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "restart")

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, name: str, *arguments: str) -> None:
        versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
        command = [_program(name, "postgresql", *reversed(versions)), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise RuntimeError(f"{name}: {done.stderr.strip()}")
