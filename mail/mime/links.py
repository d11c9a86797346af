"""Links that a gateway rewrote, shown as the address they hide: SafeLinks, Proofpoint, Mimecast and their kin."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

_URL = re.compile(r"https?://[^\s<>\"'\])}]{4,4000}", re.I)
_HOSTS = re.compile(
    r"safelinks\.protection\.outlook\.com|evergreen-assets/safelinks|urldefense\.(?:com|us|proofpoint\.com)|"
    r"protect\d?-?[\w.-]{0,40}\.mimecast\.com|mimecastprotect\.com"
    r"|linkprotect\.cudasvc\.com|secure-web\.cisco\.com|click\.pstmrk\.it|google\.com/url|clicktime\.symantec\.com"
    r"|urlsand\.esvalabs\.com|avanan\.click|l\.facebook\.com/l\.php|trendmicro\.com",
    re.I,
)
_V3 = re.compile(r"urldefense\.(?:com|us)/v3/__(.{1,3800}?)__;([\w-]*)!", re.I)


def unwrap(text: str) -> str:
    """Every rewritten link in a text as the link it hides; what hides it beyond reading stays as it is."""
    if "http" not in text or not _HOSTS.search(text):
        return text
    return _URL.sub(lambda match: unwrapped(match[0]), text)


def unwrapped(url: str, depth: int = 0) -> str:
    """The address behind one link, through at most three wrappers."""
    if depth > 2 or not _HOSTS.search(url[:300]):
        return url
    inner = _inside(url)
    return unwrapped(inner, depth + 1) if inner and re.match(r"(?:https?|mailto):", inner, re.I) else url


def _inside(url: str) -> str:
    v3 = _V3.search(url)
    if v3:
        return _proofpoint_v3(v3[1], v3[2])
    try:
        parts = urlsplit(url.replace("&amp;", "&"))
        query = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    host = parts.netloc.lower()
    if "urldefense.proofpoint.com" in host:
        hidden = query.get("u", [""])[0]
        if "/v2/" in parts.path:
            hidden = unquote(hidden.replace("-", "%").replace("_", "/"))
        return hidden
    for key in ("url", "u", "a", "q", "domain"):
        value = query.get(key, [""])[0]
        if value.startswith(("http", "mailto:")):
            return value
        if key == "domain" and re.fullmatch(r"[\w.-]{3,200}", value):
            return f"https://{value}/"  # Mimecast keeps the path to itself and shows the host alone
    tail = re.search(r"/(https?(?:://|%3a%2f%2f).+)$", parts.path, re.I)
    return unquote(tail[1]) if tail else ""


def _proofpoint_v3(url: str, encoded: str) -> str:
    """Characters of version 3 stand as "*" (one) and "**X" (a run), and their bytes in base64 behind the link."""
    import base64
    import binascii

    try:
        hidden = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode("utf-8", "replace")
    except binascii.Error:
        return url
    characters = iter(hidden)
    return re.sub(r"\*(?!\*)", lambda _: next(characters, "*"), url)
