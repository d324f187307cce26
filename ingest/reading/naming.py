"""What publishers and articles are called, without what sites add. Pure."""

from __future__ import annotations

import re

_PARTED = re.compile(r"\s+(?:[|–—-]|::|»)\s+")
_CUT_OFF = re.compile(r"\s*(?:…|\.\.\.)\s*$")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_SECTION = 4
_INITIALS = 4
"""A host's name of so few letters is rather initials: CNN, BBC, RTVE."""


def publisher_name(given: str, host: str) -> str:
    """The name that a source gives its publisher; of one that gives none but a host, the host's own
    part ("cnn.com" is CNN), for a bare host would become a link wherever it is told."""
    if given and not _HOST.fullmatch(given):
        return given
    label = _label(given or host)
    return label.upper() if len(label) <= _INITIALS else label.capitalize()


def bare_headline(title: str, publisher: str, host: str) -> str:
    """A headline without the publisher's name at its end, and without the dots of one cut off."""
    bare = _CUT_OFF.sub("", title)
    cut = bare != title
    names = [squashed for name in (publisher, _label(host)) if (squashed := _squashed(name))]
    for part in reversed(list(_PARTED.finditer(bare))):
        end, barred = bare[part.end() :], "|" in part[0]
        if any(_calls(name, end, barred=barred, cut=cut and barred) for name in names):
            bare = bare[: part.start()]
    return _CUT_OFF.sub("", bare) or title


def _calls(name: str, end: str, *, barred: bool, cut: bool) -> bool:
    """Whether the end of a headline is the publisher's name: as it is; behind a bar also that of
    a section ("| CNN Politics"), or as much of the name as was not cut off."""
    said = _squashed(end)
    if said == name or (cut and said and name.startswith(said)):
        return True
    return barred and len(end.split()) <= _SECTION and said.startswith(name)


def _label(host: str) -> str:
    """The part of a host that names its owner: "theweek" of "www.theweek.co.uk"."""
    from courlan import extract_domain

    if domain := extract_domain(f"https://{host}"):
        return str(domain).partition(".")[0]
    *_, owner, top = ["", *host.split(".")] if host else ["", ""]
    return owner if owner and top.isalpha() else host


def _squashed(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))
