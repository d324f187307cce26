"""Cleaning: each paragraph once, nothing invisible, nothing invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import SAMPLE_NEWS, SourceError
from ingest.article import Submission
from ingest.reading.clean import clean_line, clean_text, split_title, to_article

SEED = (SAMPLE_NEWS / "seed_article.txt").read_text()


def submission(text: str, **fields: object) -> Submission:
    return Submission(**{"key": "k", "origin": "o", "text": text, **fields})  # type: ignore[arg-type]


def test_the_seed_article_holds_each_paragraph_once() -> None:
    """Its headline stands twice and its last two paragraphs are repeated; both are gone."""
    article = to_article(submission(SEED))
    paragraphs = article.text.split("\n\n")
    assert article.title == "US Engages in Unprecedented Talks with Hamas Over Hostage Situation"
    assert len(paragraphs) == len(set(paragraphs)) == 5
    assert article.title not in article.text
    assert all(line in article.text or line == article.title for line in SEED.split("\n") if line)


def test_what_a_source_does_not_say_stays_unknown() -> None:
    """No date, author, publisher or language is invented."""
    article = to_article(submission("Rain."))
    assert (article.published, article.updated, article.authors) == (None, None, ())
    assert (article.source, article.language, article.url) == ("", None, None)


@given(st.text(max_size=400), st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str, title: str) -> None:
    """A text that is clean stays as it is."""
    once = clean_text(text, title)
    assert clean_text(once, title) == once


def test_invisible_characters_are_gone_and_scripts_that_need_joiners_keep_them() -> None:
    """Zero-width and direction characters can hide or turn words; Persian needs its joiner."""
    assert clean_line("a\u200bb\u202ec\ufeffd\u00ade\x00f") == "abcdef"
    assert clean_line("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize(
    "line",
    ["Advertisement", "Read more: ten trams", "Sign up for our newsletter", "© 2026 X"],
)
def test_furniture_of_a_page_is_left_out(line: str) -> None:
    """Lines that belong to the page and not to the article are no paragraphs."""
    assert clean_text(f"It rained.\n{line}\nIt stopped.") == "It rained.\n\nIt stopped."


def test_an_article_about_advertisements_keeps_its_words() -> None:
    """Only whole paragraphs are taken for furniture."""
    text = "Advertisement prices rose.\n\nRead more books, the minister said, and children will."
    assert "Advertisement prices rose." in clean_text(text)


def test_a_time_in_the_future_is_no_time() -> None:
    """A feed that dates its items into next year can't put them on top for ever."""
    later = datetime.now(UTC) + timedelta(days=400)
    assert to_article(submission("It rained.", published=later)).published is None


@pytest.mark.parametrize("text", ["", " \n ", "\u200b\u200b", "* * *", "Advertisement"])
def test_nothing_readable_is_an_error_with_the_sources_name(text: str) -> None:
    """An empty article is never kept."""
    with pytest.raises(SourceError, match=r"^o: has no readable text$"):
        to_article(submission(text))


def test_a_first_line_with_a_full_stop_is_no_headline() -> None:
    """A text that begins with a sentence has no headline."""
    assert split_title("It rained.\nIt stopped.")[0] is None
    assert split_title("Rain over Belmoor\nIt rained.")[0] == "Rain over Belmoor"


def test_languages_are_told_apart_and_short_texts_are_not_guessed() -> None:
    """German is found by its words, a code is normalised, two words stay unknown."""
    german = "Die Sternwarte hat einen bisher unbekannten Kometen entdeckt, sagte sie am Montag."
    assert to_article(submission(german)).language == "de"
    assert to_article(submission(german, language="DE-at")).language == "de"
    assert to_article(submission("Rain today.")).language is None
