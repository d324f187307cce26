"""Cleans a submission: each paragraph once, nothing invisible, no furniture of the page."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from ingest.article import Article, Submission, article_id
from ingest.errors import SourceError
from ingest.reading.naming import bare_headline, publisher_name
from ingest.reading.notices import is_retraction, notice_in
from ingest.text.language import detect_language, normal_code

MAX_TITLE = 300
GUESSED_TITLE = 80
MAX_HEADLINE = 160
MIN_REPEATED = 20
"""Shorter paragraphs ("Yes.") may rightly stand twice."""
_SENTENCE_ENDS = ".!?…”\"’'»)。！？"
_JOINERS = "\u200c\u200d"
_FURNITURE = re.compile(
    r"(?:advertisement|story continues below( advertisement)?|read (more|also|next)\b.{0,120}"
    r"|related( articles| stories| topics)?:?|share (this|on|article)\b.{0,60}"
    r"|sign up (for|to)\b.{0,160}(newsletter|alerts|inbox)\b.{0,40}"
    r"|(click|tap) here\b.{0,80}|follow us on\b.{0,80}|all rights reserved\.?"
    r"|we use cookies\b.{0,200}|accept (all )?cookies|(print|e-?mail) this( article)?"
    r"|(©|copyright)\s.{0,100}|comments?( \(\d+\))?|loading\W*)",
    re.IGNORECASE,
)


def to_article(submission: Submission) -> Article:
    """The submission as an article; SourceError if nothing readable is left of it.

    A time of publication in the future, or at the beginning of computer time, is no time.
    """
    host = (urlsplit(submission.url or "").hostname or "").removeprefix("www.")
    publisher = publisher_name(clean_line(submission.source or ""), host)
    given = bare_headline(clean_line(submission.title or "")[:MAX_TITLE], publisher, host)
    title, body = (given, submission.text) if given else split_title(submission.text)
    text = clean_text(body, title or "")
    if not any(map(str.isalnum, text)):
        raise SourceError(submission.url or submission.origin, "has no readable text")
    language = normal_code(submission.language) or detect_language(text)
    notice = notice_in(text, language)
    return Article(
        id=article_id(submission.key),
        title=title or _shortened(text),
        text=text,
        url=submission.url,
        source=publisher,
        authors=tuple(filter(None, map(clean_line, submission.authors))),
        published=_plausible(submission.published),
        updated=_plausible(submission.updated),
        language=language,
        depth=submission.depth,
        original=submission.original,
        notice=notice,
        corrected=_plausible(submission.updated or submission.published) if notice else None,
        withdrawn=datetime.now(UTC) if is_retraction(notice) else None,
    )


def clean_text(text: str, title: str = "") -> str:
    """Paragraphs parted by blank lines, each once; `title` is left out where it stands again."""
    seen = {_key(title)}
    kept = []
    for line in re.split(r"[\r\n\u2028\u2029\v\f]+", text):
        paragraph = clean_line(line)
        key = _key(paragraph)
        if not paragraph or (key in seen and _needless(paragraph, key, title)):
            continue
        if _FURNITURE.fullmatch(paragraph):
            continue
        seen.add(key)
        kept.append(paragraph)
    return "\n\n".join(kept)


def _needless(paragraph: str, key: str, title: str) -> bool:
    """Whether a paragraph that stood before says nothing where it stands again: the headline, or
    whole sentences. Items of lists and tables may come again."""
    return key == _key(title) or (len(key) >= MIN_REPEATED and paragraph[-1] in _SENTENCE_ENDS)


def clean_line(text: str) -> str:
    """One line in NFC, with single blanks and without characters that can't be seen."""
    text = unicodedata.normalize("NFC", re.sub(r"\s", " ", text))
    visible = (c for at, c in enumerate(text) if _visible(text, at, c))
    return unicodedata.normalize("NFC", " ".join("".join(visible).split()))


def split_title(text: str) -> tuple[str | None, str]:
    """The headline of a plain text (None if it has none) and the text.

    A headline is a line without a full stop that stands twice, or the first line if it is short,
    has no full stop and more follows.
    """
    lines = [line for line in map(clean_line, text.splitlines()) if line]
    keys = [_key(line) for line in lines]
    for line, key in zip(lines, keys, strict=True):
        if _like_headline(line) and keys.count(key) > 1:
            return line, text
    if len(lines) > 1 and _like_headline(lines[0]):
        return lines[0], text
    return None, text


def _like_headline(line: str) -> bool:
    return (
        len(line) <= MAX_HEADLINE and " " in line and not line.endswith((".", ":", ";", ",", "…"))
    )


def _visible(text: str, at: int, character: str) -> bool:
    if character in _JOINERS:  # they matter inside words of some scripts, and nowhere else
        around = text[at - 1 : at] + text[at + 1 : at + 2]
        return len(around) == 2 and all(c > "\u02ff" and c.isalpha() for c in around)  # noqa: PLR2004
    return unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _key(paragraph: str) -> str:
    return " ".join(re.findall(r"\w+", paragraph.casefold()))


def _shortened(text: str) -> str:
    """The beginning of a text without a headline; a line without an end (a dateline) is none."""
    lines = text.split("\n")
    line = next((line for line in lines if line.endswith(tuple(_SENTENCE_ENDS))), lines[0])
    if len(line) <= GUESSED_TITLE:
        return line
    return f"{line[:GUESSED_TITLE].rsplit(' ', 1)[0]} …"


def _plausible(time: datetime | None) -> datetime | None:
    if time is None or time > datetime.now(UTC) + timedelta(days=1) or time.timestamp() < 86400:  # noqa: PLR2004
        return None
    return time.astimezone(UTC)
