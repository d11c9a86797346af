"""What the hostile mails are made of: a head, bodies, parts and files."""

import base64

HEAD = b"From: Dana Whitlock <dana@quarry.example>\r\nTo: intake@loopin.example\r\nSubject: Two openings\r\n"
WORDS = b"Pat, Quarry Foods needs two welders at $21 an hour in Cicero.\r\n"


def plain(body: bytes, kind: bytes = b"text/plain; charset=utf-8") -> bytes:
    return HEAD + b"Content-Type: " + kind + b"\r\n\r\n" + body


def html(body: bytes) -> bytes:
    return plain(b"<html><body><p>" + WORDS + b"</p>" + body, b"text/html; charset=utf-8")


def mixed(*parts: bytes, kind: bytes = b"multipart/mixed") -> bytes:
    joined = b"".join(b"--b1\r\n" + part + b"\r\n" for part in parts)
    return HEAD + b"Content-Type: " + kind + b"; boundary=b1\r\n\r\n" + joined + b"--b1--\r\n"


def attached(name: str, content: bytes, kind: str = "application/octet-stream") -> bytes:
    """The words of an introduction, and a file."""
    head = f'Content-Type: {kind}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
    encoded = head.encode() + b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(content)
    return mixed(b"Content-Type: text/plain\r\n\r\n" + WORDS, encoded)


def repeated(piece: bytes, size: int) -> bytes:
    return piece * max(1, size // len(piece))
