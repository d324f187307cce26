"""Quantities: the value, the unit and the place of each number, in six languages."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.text.quantities import Quantity, quantities, same

LANGUAGES = ["en", "de", "es", "ru", "ar", "he", "xx", None]
PIECES = st.sampled_from(
    ["12", "1.5", "1,234", "%", "$", "€", "million", "two", "and", "a", "half", "-", " ", "\n",
     "км", "тысяч", "٣٫٥", "مليون", "אלף", "2022", "May", "8:30", "Mio.", "\ud800", "x", ".", "ein",
     "mil"]
)  # fmt: skip


def read(text: str, language: str | None = None) -> list[tuple[float, str]]:
    return [(quantity.value, quantity.unit) for quantity in quantities(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It spent $1.2bn on a plant with 3,400 workers.", [(1.2e9, "USD"), (3400, "")]),
        ("en", "Half a million people fled, two dozen died.", [(5e5, ""), (24, "")]),
        ("en", "£3m, £450,000, €1.5 million, US$5bn", [(3e6, "GBP"), (450e3, "GBP"),
                                                        (1.5e6, "EUR"), (5e9, "USD")]),
        ("en", "Two hundred and fifty-one tonnes of grain", [(251, "mass-tonne")]),
        ("en", "two and a half million people, a hundred more", [(2.5e6, ""), (100, "")]),
        ("en", "a 40-year-old, a 7-foot wall, a 100m race", [(40, "duration-year"),
                                                            (7, "length-foot"),
                                                            (100, "length-meter")]),
        ("de", "3,5 Prozent von 1,5 Millionen Euro", [(3.5, "%"), (1.5e6, "EUR")]),
        ("de", "€3,5 Mio. für zwei Dutzend Bäume", [(3.5e6, "EUR"), (24, "")]),
        ("de", "fünfundzwanzig Kilometer, eine halbe Million", [(25, "length-kilometer"),
                                                               (5e5, "")]),
        ("es", "un 3,5 % y 1,2 millones de euros", [(3.5, "%"), (1.2e6, "EUR")]),
        ("es", "veintitrés niños, dos millones y medio, mil personas", [(23, ""), (2.5e6, ""),
                                                                      (1000, "")]),
        ("ru", "3,5 процента, 1,5 млн рублей, 500 тыс. человек", [(3.5, "%"), (1.5e6, "RUB"),
                                                                 (5e5, "")]),
        ("ru", "1 200 домов, 20 км, 5 руб.", [(1200, ""), (20, "length-kilometer"), (5, "RUB")]),
        ("ar", "١٢٪ من ٣٫٥ مليون دولار", [(12, "%"), (3.5e6, "USD")]),
        ("he", "3.5% מתוך 1.2 מיליון שקל חדש, 500 איש", [(3.5, "%"), (1.2e6, "ILS"), (500, "")]),
    ],
)  # fmt: skip
def test_a_number_is_read_with_its_scale_and_its_unit(
    language: str, text: str, expected: list[tuple[float, str]]
) -> None:
    """Digits and words, with the separators, scales, currencies and units of the language."""
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("двадцать три человека", [(23, "")]),
        ("сто пятьдесят километров за пять дней", [(150, "length-kilometer"), (5, "duration-day")]),
        ("с двумя тысячами солдат", [(2000, "")]),
    ],
)
def test_russian_number_words_are_read_in_every_case(
    text: str, expected: list[tuple[float, str]]
) -> None:
    """number-parser reads them, whatever their case."""
    assert read(text, "ru") == expected


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "3.125 percent", 3.125),
        ("en", "1,234.5 points", 1234.5),
        ("en", "1.234,5 points", 1234.5),
        ("en", "1,5 points", 1.5),
        ("en", "1,234,567 votes", 1234567),
        ("en", "0,125 points", 0.125),
        ("de", "1.234 Stimmen", 1234),
        ("de", "3,125 Stimmen", 3.125),
        ("de", "1,234.5 Stimmen", 1234.5),
        ("es", "1.234,56 puntos", 1234.56),
        ("ru", "1 234,5 балла", 1234.5),
        ("ar", "١٬٢٠٠ شخص", 1200),
        ("he", "1,200 איש", 1200),
    ],
)
def test_the_language_says_what_a_separator_means_unless_the_form_forbids_it(
    language: str, text: str, value: float
) -> None:
    """Its group sign before three digits makes thousands, its decimal sign a fraction."""
    assert [quantity.value for quantity in quantities(text, language)] == [value]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On 14 April 2022, in 2022, at 8:30 or 8.30 p.m., since 2022-04-14"),
        ("en", "One of them said that no one won the third race on the 3rd, the twenty-third."),
        ("en", "Blink-182, the F-16, COVID-19, A4, the 1980s, version 1.2.3, 9/11"),
        ("en", "Hundreds of thousands fled, several hundred died, millions starve."),
        ("de", "Eine Frau am 14. April im Jahr 2022 um 20.30 Uhr, der 3. Platz, Hunderte"),
        ("es", "Una mujer, el 14 de abril de 2022, el 3º, miles de personas, uno de ellos"),
        ("ru", "14 апреля, в 2022 году, 2022 г., 3-й, 90-х, тысячи людей"),
        ("ar", "في ١٤ أبريل ٢٠٢٢"),
        ("he", "ב-14 באפריל 2022, ב-8:30"),
    ],
)
def test_times_ordinals_pronouns_names_and_vague_plurals_are_no_quantities(
    language: str, text: str
) -> None:
    """What only looks like an amount says nothing."""
    assert quantities(text, language) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022 employees", [(2022, "")]),
        ("The firm had 2022 employees", [(2022, "")]),
        ("about 1500 people", [(1500, "")]),
        ("a march of 2000 km", [(2000, "length-kilometer")]),
        ("the 2022 elections", []),
    ],
)
def test_a_year_is_a_count_only_where_its_form_tells(
    text: str, expected: list[tuple[float, str]]
) -> None:
    """A unit after it, or what is counted, where nothing dates it."""
    assert read(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "3-1", [(3, ""), (1, "")]),
        ("en", "10 to 15 percent", [(10, "%"), (15, "%")]),
        ("en", "$5-7 million", [(5e6, "USD"), (7e6, "USD")]),
        ("en", "from 900,000 to 1.2 million", [(9e5, ""), (1.2e6, "")]),
        ("de", "10 bis 15 Kilometer", [(10, "length-kilometer"), (15, "length-kilometer")]),
        ("es", "de 10 a 15 por ciento", [(10, "%"), (15, "%")]),
        ("ru", "10–15 процентов", [(10, "%"), (15, "%")]),
    ],
)
def test_both_ends_of_a_range_have_its_unit_and_its_scale(
    language: str, text: str, expected: list[tuple[float, str]]
) -> None:
    """Unless the first end is larger than the second says without its scale."""
    assert read(text, language) == expected


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("carrying 184 passengers and others", {"passeng"}),
        ("a crew of nine", {"crew"}),
        ("10-15 people", {"peopl"}),
        ("12 percent of all", set()),
        ("six Russian soldiers were", {"russian", "soldier"}),
    ],
)
def test_a_number_counts_the_words_after_it_in_its_clause(text: str, counts: set[str]) -> None:
    """At most three, as stems; those before "of" if none follows."""
    assert quantities(text)[0].counts == counts


def test_the_same_amount_has_the_same_unit() -> None:
    """However it is written."""

    def one(text: str, language: str = "en") -> Quantity:
        return quantities(text, language)[0]

    assert same(one("$1.2bn"), one("1.2 billion dollars"))
    assert same(one("1,5 Mio. Euro", "de"), one("€1.5 million"))
    assert not same(one("5 percent"), one("5 people"))
    assert not same(one("5.1 percent"), one("5 percent"))


@settings(max_examples=150, deadline=None)
@given(text=st.lists(PIECES, max_size=30).map("".join), language=st.sampled_from(LANGUAGES))
def test_each_quantity_stands_where_it_says(text: str, language: str | None) -> None:
    """text[start:end] is the quantity, in order, without overlaps, whatever the text."""
    end = 0
    for quantity in quantities(text, language):
        assert quantity.start >= end
        assert text[quantity.start : quantity.end] == quantity.text
        end = quantity.end


@pytest.mark.parametrize("language", ["en", "ru", "he"])
@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, "1," * 50_000, "1-" * 20_000, "\ud800 5 \udfff" * 10_000, "million " * 10_000,
     "5" + " " * 100_000 + "5", "5 тысяч 5 آلاف 5 אלף " * 3000, "twenty hundred and " * 5000],
    ids=["digits", "commas", "scores", "surrogates", "scales", "spaces", "scripts", "words"],
)  # fmt: skip
def test_hostile_text_neither_fails_nor_takes_long(text: str, language: str) -> None:
    """The time grows with the length and not faster."""
    begun = time.process_time()
    quantities(text, language)
    assert time.process_time() - begun < 15


def test_importing_loads_no_library() -> None:
    """Number words and dates are loaded when the first text is read."""
    code = (
        "import sys, ingest.text.quantities; "
        "print({'text_to_num', 'dateparser', 'number_parser'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
