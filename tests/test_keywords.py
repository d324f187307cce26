"""The keyword index: every language is found by its own words, in both databases."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest import Newsroom, Settings
from ingest.archive import keywords
from ingest.archive.keywords import query_words
from ingest.archive.segment import segmented
from tests.support.servers import postgres
from tests.test_languages import NEWS

ASKED = {
    "ja": "知事選挙の投票率",
    "zh": "新的地铁线路什么时候开通",
    "th": "น้ำท่วมเชียงใหม่",
    "ar": "نتائج الانتخابات البلدية",
    "ru": "пожар на складе мебельной фабрики",
    "de": "abgebrannte Lagerhalle",
    "en": "fourth tram line",
}
OTHERS = {
    "whole": "北京地铁新线路将于明年三月开通。市民表示欢迎。这条线路很长。",
    "parts": "北京的天气很好。地铁里人很多。新线很美。道路将要修好。",
    "tokyo": "人々は東京都議会議員選挙の結果を待った。ロイター・ジャパンが報じた。",
    "kyoto": "東京で京都の話をした。都議は来なかった。議会の議員も。選挙はない。",
    "mixed": "華為Huawei發布Mate60手機，售價6999元。",
    "pointed": "وَأَعْلَنَتِ المَحْكَمَةُ القَرَارَ، قال «الناطق» ذلك.",
    "hebrew": "הַמֶּמְשָׁלָה הֶחְלִיטָה: ״רכבת״ חדשה תיסע.",
    "stressed": "ЁЛКУ в Ту́ле украсили «Российской» звездой.",
    "french": "Le “Café” de l’Élysée a fermé, O’Brien said. It lies 3.5 km away.",
    "hindi": "मुंबई में भारी बारिश से रेल सेवा ठप हुई।",
    "korean": "서울시는 지하철 요금을 인상했다.",
    "burmese": "ရန်ကုန်မြို့တွင် မိုးသည်းထန်စွာ ရွာသွန်းခဲ့သည်။",
    "khmer": "ទឹកជំនន់នៅភ្នំពេញបានបង្ខំឱ្យប្រជាជនចាកចេញ។",
    "lao": "ນ້ຳຖ້ວມຢູ່ນະຄອນຫຼວງວຽງຈັນ",
}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def newsroom(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newsroom]:
    """The news above, in each of the databases."""
    folder = tmp_path_factory.mktemp("languages")
    texts = NEWS | {name: (name, text) for name, text in OTHERS.items()}
    lines = [{"title": title, "text": text, "url": f"https://{name}.example/a"}
             for name, (title, text) in texts.items()]  # fmt: skip
    file = folder / "news.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    if request.param == "postgres":
        with postgres(folder) as url:
            yield from filled(Settings(data_dir=folder / "data", database_url=url), file)
    else:
        yield from filled(Settings(data_dir=folder / "data"), file)


def filled(settings: Settings, file: Path) -> Iterator[Newsroom]:
    with Newsroom(settings) as room:
        assert room.ingest([str(file)]).new == len(NEWS) + len(OTHERS)
        yield room


def found(newsroom: Newsroom, question: str) -> list[str]:
    """What the keyword index alone finds, best first, by the names of the news above."""
    scores = newsroom._store.find_words(query_words(question), 10, None)
    passages, ids = newsroom._store.passages_at([], [row for row, _ in scores])
    articles = (newsroom.article(passages[ids[row]].article_id) for row, _ in scores)
    return [(a.url or "").split("/")[2].removesuffix(".example") for a in articles if a]


@pytest.mark.parametrize("code", NEWS)
def test_each_language_is_found_by_its_own_words(newsroom: Newsroom, code: str) -> None:
    """The keyword index alone puts the right article first, with or without blanks."""
    assert found(newsroom, ASKED[code])[0] == code


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("北京地铁新线路", ["whole", "zh"]),
        ("東京都議会議員選挙", ["tokyo", "kyoto"]),
    ],
)
def test_the_whole_run_comes_before_its_parts(
    newsroom: Newsroom, question: str, names: list[str]
) -> None:
    """A passage with all of the question's letters in a row is first, one with some comes after."""
    best = found(newsroom, question)
    assert best[0] == names[0]
    assert names[1] in best[1:]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("人々", "tokyo"),
        ("ジャパン", "tokyo"),
        ("ｼﾞｬﾊﾟﾝ", "tokyo"),
        ("Huawei手機", "mixed"),
        ("mate60", "mixed"),
        ("أعلنت المحكمة", "pointed"),
        ("الناطق", "pointed"),
        ("הממשלה", "hebrew"),
        ("רכבת", "hebrew"),
        ("елку", "stressed"),
        ("Туле", "stressed"),
        ("РОССИЙСКОЙ", "stressed"),
        ("cafe", "french"),
        ("ÉLYSÉE", "french"),
        ("O'Brien", "french"),
        ("मुंबई", "hindi"),
        ("지하철은", "korean"),
        ("မိုးသည်း", "burmese"),
        ("ភ្នំពេញ", "khmer"),
        ("ວຽງຈັນ", "lao"),
    ],
)
def test_accents_points_case_and_quotation_marks_do_not_matter(
    newsroom: Newsroom, question: str, name: str
) -> None:
    """Arabic without vowels, Hebrew without points, ё as е, halfwidth kana; part of a run too."""
    assert found(newsroom, question)[0] == name


def test_unknown_runs_find_nothing(newsroom: Newsroom) -> None:
    """Letters that stand nowhere together are no word."""
    assert found(newsroom, "鯨魚") == []
    assert found(newsroom, "ฟุตบอล") == []


@pytest.mark.parametrize(
    "word", ["知事選", "北京地铁", "เชียงใหม่", "Élysée", "O'Brien", "O’Brien", "3.5"]
)
def test_words_that_stand_here_are_less_rare(newsroom: Newsroom, word: str) -> None:
    """A run is counted as a whole, however long; a word may hold an apostrophe or a point."""
    rarity = newsroom.rarity([word, "鯨魚", "地京"])
    assert rarity[word] < rarity["鯨魚"] == rarity["地京"]


@pytest.mark.parametrize("word", ["", " ", "'", '"', "\\", "a'b\"c\\", "& | !", "ก\x00"])
def test_no_word_breaks_the_query(newsroom: Newsroom, word: str) -> None:
    """What would end a phrase in a query language is not part of any word."""
    assert newsroom.rarity([word])[word] > 0


def test_the_text_that_is_shown_stays_as_it_was(newsroom: Newsroom) -> None:
    """Only the index sees pairs of letters."""
    hit = next(h for h in newsroom.search("北京地铁新线路", 20) if "whole" in (h.article.url or ""))
    assert hit.passage.text == OTHERS["whole"]


def test_an_index_that_was_made_otherwise_can_be_made_anew(newsroom: Newsroom) -> None:
    """All passages are found again, each once."""
    with newsroom.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM passage_words")
        assert keywords.count(connection, "北京地铁") == 0
        for _ in range(2):
            keywords.rebuild(connection)
        assert keywords.count(connection, "北京地铁新线路") == 1
    assert found(newsroom, ASKED["th"])[0] == "th"


def test_only_runs_without_blanks_are_segmented() -> None:
    """Words of other languages stay whole, marks that make a letter stay with it."""
    assert segmented("東京都 vote").split() == ["東京", "京都", "vote"]
    assert segmented("水").split() == ["水"]
    assert segmented("Größe Пожар Йод انتخابات").split() == ["große", "пожар", "йод", "انتخابات"]
    assert segmented("ท่วม").split() == ["ท่ว", "วม"]
    assert segmented("plain 3.5 & well-known: O'Brien") == "plain 3.5 & well-known: o'brien"


@example("≠")
@given(st.text(st.characters(codec="utf-8")))
def test_any_text_can_be_segmented(text: str) -> None:
    """What comes out is the same for both ways to write an accent."""
    assert segmented(unicodedata.normalize("NFC", text)).split() == (
        segmented(unicodedata.normalize("NFD", text)).split()
    )
