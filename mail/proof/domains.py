"""Organisational domains: which domains belong to one owner, by the public suffix list, offline (RFC 7489 3.2)."""

from functools import cache, lru_cache
from typing import Any


@cache
def _public_suffixes() -> Any:
    """Loaded at first use: 10,000 rules take 40 ms."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()


@lru_cache(4096)
def _looked_up(domain: str) -> str:
    return _public_suffixes().privatesuffix(domain) or domain


def organisational_domain(domain: str) -> str:
    """mail.dept.cara.example -> cara.example; a public suffix itself stays as it is. Lower case, no final dot."""
    domain = domain.lower().rstrip(".")
    return _looked_up(domain) if len(domain) <= 253 else domain


def aligned(domain: str, other: str, *, strict: bool = False) -> bool:
    """Whether both have one owner: the same organisational domain, or with `strict` the very same domain."""
    domain, other = domain.lower().rstrip("."), other.lower().rstrip(".")
    if not domain or not other:
        return False
    return domain == other or (not strict and organisational_domain(domain) == organisational_domain(other))
