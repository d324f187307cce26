"""The bot's own words in the language of whom it speaks to: catalogues, dates, numbers, names.

The language belongs to the context: it is chosen once for the task that answers an update or sends
a delivery (`choose`), and whatever that task runs, in threads too, speaks it. The catalogues are
GNU gettext's (languages/*.po); `make words` brings them up to date with the code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.dates import format_date, format_skeleton, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = {
    "en": "English",
    "de": "Deutsch",
    "es": "Español",
    "ar": "العربية",
    "he": "עברית",
    "ru": "Русский",
}
"""Each by its own name. The code's sentences are English; the others have catalogues."""
ENGLISH = "en"
CATALOGUES = Path(__file__).parent / "languages"
_LOCALES = {ENGLISH: "en_GB"}
_OLD_CODES = {"iw": "he"}
ISOLATES = "\u2068\u2069"
"""Between these two (first strong isolate, pop directional isolate) a text finds its own direction,
and does not turn what stands around it."""
_current: ContextVar[str] = ContextVar("language", default=ENGLISH)


def known(code: str | None) -> str:
    """Our code for a language tag such as "de-AT"; "" if we don't speak that language."""
    short = (code or "").lower().replace("_", "-").partition("-")[0]
    short = _OLD_CODES.get(short, short)
    return short if short in LANGUAGES else ""


def current() -> str:
    """The code of the language that is spoken here."""
    return _current.get()


def choose(code: str) -> None:
    """Speak this language from here on, in this task; English if we don't know it."""
    _current.set(known(code) or ENGLISH)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak this language within the block."""
    token = _current.set(known(code) or ENGLISH)
    try:
        yield
    finally:
        _current.reset(token)


def _(message: str) -> str:
    """One of our sentences in the language that is spoken here."""
    return _catalogue(current()).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The same for a sentence that counts; `{n}` in it is the number, written as it is there."""
    form = _catalogue(current()).ngettext(one, many, n)
    return form.replace("{n}", number(n))


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Marks a sentence for the catalogues that is translated where it is used."""
    return message


def number(n: int) -> str:
    """ "12,345" """
    return str(format_decimal(n, locale=_locale()))


def long_date(time: date) -> str:
    """ "14 April 2026" """
    return str(format_date(time, "long", locale=_locale()))


def day_and_month(time: datetime, *, short: bool = False) -> str:
    """ "14 April", or "14 Apr" """
    return str(format_skeleton("MMMd" if short else "MMMMd", time, locale=_locale()))


def short_month(time: datetime) -> str:
    """ "Apr" """
    return str(format_skeleton("MMM", time, locale=_locale()))


def day_name(weekday: int, *, short: bool = False) -> str:
    """ "Monday" for 0, or "Mon" """
    names = get_day_names("abbreviated" if short else "wide", "stand-alone", _locale())
    return str(names[weekday])


def isolated(text: str) -> str:
    """Outside text ready to stand within a sentence of ours: set apart where the two may run in
    different directions. `text` must hold no such signs itself (rendering.line_of sees to that).
    """
    if not text or not (_is_rtl_language() or any(map(_is_rtl, text))):
        return text
    return text.join(ISOLATES)


def _is_rtl_language() -> bool:
    return current() in {"ar", "he"}


def _is_rtl(character: str) -> bool:
    return unicodedata.bidirectional(character) in {"R", "AL"}


def _locale() -> str:
    return _LOCALES.get(current(), current())


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(code: str) -> NullTranslations:
    if code == ENGLISH:
        return NullTranslations()
    compiled = BytesIO()
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)
