"""Web addresses: which are ours to use, and which are the same."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit


def is_address(source: str) -> bool:
    """Whether what a person typed is a web address, not a path."""
    return source.lower().startswith(("http://", "https://"))


def web_address(link: object, base: str | None = None) -> str | None:
    """`link` as an absolute http(s) address, seen from `base`; None if it is none."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        url = urljoin(base or "", link.strip())
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def canonical(url: str, declared: str | None = None) -> str:
    """The address under which an article is known: without tracking parameters and fragment.

    The page's own rel=canonical (`declared`) counts if it stays on the same site and does not
    point to the front page, which careless templates do.
    """
    from courlan import clean_url

    own = web_address(declared, url)
    if own and _site(own) == _site(url) and (urlsplit(own).path.strip("/") or _bare(url)):
        url = own
    cleaned = clean_url(url) or url
    return str(cleaned).partition("#")[0]


def elsewhere(url: str, declared: str | None) -> str | None:
    """The address on another site that a page names as its original (rel=canonical), if any."""
    original = web_address(declared, url)
    if original is None or _site(original) == _site(url) or _bare(original):
        return None
    return canonical(original)


def host_of(url: str | None) -> str:
    """The host's name without www., or "" without an address."""
    host = (urlsplit(url).hostname or "") if url else ""
    return host.removeprefix("www.")


def _site(url: str) -> str:
    from courlan import extract_domain

    return extract_domain(url) or host_of(url)


def _bare(url: str) -> bool:
    return not urlsplit(url).path.strip("/")
