"""Bytes to words: charsets that are missing, unknown or lie, and encoded words in headers (RFC 2047)."""

import base64
import binascii
import codecs
import quopri
import re

# Codecs that are no charset, or that cost more than linear time (RFC 2047 words in punycode or idna hang a reader).
_REFUSED = frozenset({
    "idna", "punycode", "raw_unicode_escape", "unicode_escape", "unicode_internal", "uu", "uu_codec", "zlib",
    "zlib_codec", "bz2", "bz2_codec", "hex", "hex_codec", "base64", "base64_codec", "quopri", "quopri_codec",
    "rot13", "rot_13", "undefined", "mbcs", "oem", "utf_7", "utf7", "u7", "unicode_1_1_utf_7",
})  # fmt: skip
_NAMELESS = frozenset(
    ("", "us-ascii", "ascii", "ansi_x3.4-1968", "x-unknown", "unknown-8bit", "unknown8bit", "default")
)
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,5000})\?=")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]{2,2000}")
_TWICE = re.compile(r"[ÂÃÄÅÎÏÐÑÈâï][^\x00-\x7fa-zA-ZÀ-ÿ]")  # a lead byte and a continuation, read as windows-1252
_LETTER_AND_BLANK = frozenset(("Å\xa0", "Ä\xa0", "Î\xa0", "Ð\xa0"))  # letters of words as well, before a firm blank
_PLAUSIBLE = re.compile(
    "[\u00a0-\u017f\u0218-\u021b\u0384-\u03ce\u0400-\u045f\u0490\u0491\u2010-\u203a\u20ac\u2122\u2190-\u2193\u2022\ufeff]"
)
_EIGHT_BIT = re.compile("[\udc80-\udcff]")


def decode(content: bytes, charset: str | None) -> tuple[str, str]:
    """Words of `content` and a note in words where the charset given could not be believed ("" where it could).

    us-ascii and nothing are asked no questions: UTF-8 if it is valid, else windows-1252, which is what clients
    that forget the label send. A label that is refused or fails falls back in the same way, then to detection.
    """
    name = _python_name(charset)
    if name is None:
        return _guess(content), "" if (charset or "").lower() in _NAMELESS else f"The charset {charset!r} is unknown."
    try:
        text = content.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return _guess(content), f"The text is not in {charset}, as its label says."
    if name in ("iso8859-1", "latin_1", "latin-1") and any(0x80 <= byte < 0xA0 for byte in content[:200_000]):
        text = content.decode("windows-1252", "replace")  # as browsers do: no mail has C1 controls
    return mend_twice_encoded(text), ""


def mend_twice_encoded(text: str) -> str:
    """UTF-8 that was read as windows-1252 and encoded once more ("FranÃ§ois") put right; anything else as it is."""
    if text.isascii() or not _TWICE.search(text):
        return text
    return _NOT_ASCII.sub(_mend_run, text)


def _mend_run(run: re.Match[str]) -> str:
    """One run of characters beyond ASCII, where its bytes are UTF-8 for letters and signs that mails have."""
    try:
        mended = run[0].encode("windows-1252", _C1).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return run[0]
    if (run[0] in _LETTER_AND_BLANK and not _opens_line(run)) or not all(_PLAUSIBLE.match(char) for char in mended):
        return run[0]
    return mended


def _opens_line(run: re.Match[str]) -> bool:
    """Whether a word goes on behind the run that begins its line: "Å\xa0alje:" is Šalje, "Odense Å\xa0" a river."""
    before, after = run.string[max(0, run.start() - 1) : run.start()], run.string[run.end() : run.end() + 3]
    return before in ("", "\n", "*", ">") and len(after) == 3 and after.isalpha() and after.islower()


def _c1_bytes(error: UnicodeError) -> tuple[bytes, int]:
    """The five bytes that windows-1252 leaves undefined pass as what they are, as in browsers."""
    if isinstance(error, UnicodeEncodeError):
        char = error.object[error.start]
        if "\x80" <= char <= "\x9f":
            return bytes([ord(char)]), error.start + 1
    raise error


_C1 = "loopin.c1"
codecs.register_error(_C1, _c1_bytes)


def decode_header(value: str) -> str:
    """A raw header value (surrogate escapes allowed) as words: unfolded, encoded words decoded, controls taken out."""
    if value.isascii() and "=?" not in value:
        return " ".join(value.replace("\x00", "").split())
    if _EIGHT_BIT.search(value):
        value = _guess(value.encode("utf-8", "surrogateescape"))
    if "=?" in value:
        value = _decode_words(value)
    return " ".join(value.replace("\x00", "").split())


def _decode_words(value: str) -> str:
    """Neighbours in one charset are joined as bytes first: clients split words inside a character."""
    out: list[str] = []
    pending, pending_charset, end = b"", "", 0
    for match in _ENCODED_WORD.finditer(value):
        between = value[end : match.start()]
        charset, payload = match[1].partition("*")[0].lower(), _word_bytes(match[2], match[3])
        if pending_charset and (between.strip() or charset != pending_charset):
            out.append(decode(pending, pending_charset)[0])
            pending, pending_charset = b"", ""
        if between.strip() or (not out and not pending_charset):
            out.append(between)
        pending, pending_charset, end = pending + payload, charset, match.end()
    if pending_charset:
        out.append(decode(pending, pending_charset)[0])
    return "".join(out) + value[end:]


def _word_bytes(encoding: str, payload: str) -> bytes:
    raw = payload.encode("ascii", "ignore")
    if encoding in "qQ":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw + b"=" * (-len(raw) % 4))
    except binascii.Error:
        return raw


def _python_name(charset: str | None) -> str | None:
    label = (charset or "").strip().strip("\"'").lower()
    if label in _NAMELESS or label.replace("-", "_") in _REFUSED:
        return None
    try:
        info = codecs.lookup(label)
    except (LookupError, ValueError):
        return None
    if info.name.replace("-", "_") in _REFUSED or not getattr(info, "_is_text_encoding", True):
        return None
    return info.name


def _guess(content: bytes) -> str:
    try:
        return mend_twice_encoded(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        pass
    if content.count(b"\x00", 0, 4000) > len(content[:4000]) // 4:
        return content.decode("utf-16", "replace")
    if sum(byte > 0x7F for byte in content[:4000]) * 4 < len(content[:4000]):
        return content.decode("windows-1252", "replace")
    return _detected(content)


def _detected(content: bytes) -> str:
    """Mostly non-ASCII bytes: Cyrillic, Greek, Chinese; let charset-normalizer weigh the first 20 kB."""
    from charset_normalizer import from_bytes

    best = from_bytes(content[:20_000]).best()
    return content.decode(best.encoding if best else "windows-1252", "replace")
