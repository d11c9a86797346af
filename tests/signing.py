"""Mails and DKIM signatures for the tests: keys are made from the domain's name, so that no secret lies about."""

import base64
import random
from functools import cache

import dkim


def mail(*headers: str, sender: str = "Ann Oduya <ann@college.example>", body: str = "We accept.\r\n") -> bytes:
    lines = [*headers, f"From: {sender}", "To: intake@hub.example", "Subject: Re: openings", "", body]
    return "\r\n".join(lines).encode()


def signed(content: bytes, domain: str, key_of: str = "", **options: object) -> bytes:
    """With a signature of `domain`, selector s1; made with another domain's key where `key_of` says so."""
    pem, _ = key(key_of or domain)
    return dkim.sign(content, b"s1", domain.encode(), pem, **options) + content


@cache
def key(domain: str) -> tuple[bytes, str]:
    """An RSA key of 1,024 bits, good for tests only: the private half in PEM, the public as its DNS record."""
    dice = random.Random(domain)
    p, q = _prime(dice), _prime(dice)
    e = 65537
    d = pow(e, -1, (p - 1) * (q - 1))
    private = _sequence(0, p * q, e, d, p, q, d % (p - 1), d % (q - 1), pow(q, -1, p))
    public = base64.b64encode(_sequence(p * q, e)).decode()
    kind = "RSA PRIVATE" + " KEY"
    pem = f"-----BEGIN {kind}-----\n{base64.encodebytes(private).decode()}-----END {kind}-----\n"
    return pem.encode(), f"v=DKIM1; k=rsa; p={public}"


def _prime(dice: random.Random) -> int:
    """512 bits with the two highest set; e has no part in p - 1."""
    while True:
        candidate = dice.getrandbits(512) | 3 << 510 | 1
        if candidate % 65537 != 1 and all(candidate % small for small in range(3, 1000, 2)) and _is_prime(candidate):
            return candidate


def _is_prime(number: int) -> bool:
    """Miller and Rabin, to the first twelve bases."""
    twos = ((number - 1) & -(number - 1)).bit_length() - 1
    odd = (number - 1) >> twos
    for base in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37):
        power = pow(base, odd, number)
        if power not in (1, number - 1) and all(pow(power, 1 << step, number) != number - 1 for step in range(1, twos)):
            return False
    return True


def _sequence(*numbers: int) -> bytes:
    return _tagged(0x30, b"".join(_tagged(2, each.to_bytes(each.bit_length() // 8 + 1, "big")) for each in numbers))


def _tagged(tag: int, content: bytes) -> bytes:
    """DER: a tag, a length, the content."""
    length = len(content)
    if length < 128:
        return bytes([tag, length]) + content
    size = (length.bit_length() + 7) // 8
    return bytes([tag, 128 | size]) + length.to_bytes(size, "big") + content
