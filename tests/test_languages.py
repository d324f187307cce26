"""Languages: told for each article, searched with and without blanks, embedded by any model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import Newsroom, Settings
from ingest.archive.segment import segmented
from ingest.article import Submission
from ingest.reading.clean import to_article
from tests.support.servers import postgres

NEWS = {
    "ja": (
        "東京都知事選",
        "東京都の知事選挙は日曜日に行われ、現職の候補者が三回目の当選を果たした。"
        "投票率は前回より高かった。",
    ),
    "zh": (
        "北京地铁",
        "北京市政府星期二宣布，新的地铁线路将于明年三月开通，全长四十公里，共设二十二个车站。",
    ),
    "th": (
        "น้ำท่วมเชียงใหม่",
        "เกิดน้ำท่วมหนักในจังหวัดเชียงใหม่เมื่อคืนวันอังคาร ประชาชนหลายร้อยคนต้องอพยพออกจากบ้าน",
    ),
    "ar": (
        "انتخابات تونس",
        "أعلنت الهيئة العليا للانتخابات في تونس يوم الاثنين النتائج النهائية للانتخابات البلدية.",
    ),
    "ru": (
        "Пожар в Омске",
        "В Омске в ночь на вторник сгорел склад мебельной фабрики, пострадавших нет, "
        "сообщили спасатели.",
    ),
    "de": (
        "Brand in Kassel",
        "In Kassel ist in der Nacht zum Dienstag eine Lagerhalle abgebrannt, verletzt "
        "wurde niemand.",
    ),
    "en": (
        "Tram vote",
        "The council voted on Tuesday night to build the fourth tram line to the campus.",
    ),
}
ASKED = {
    "ja": "知事選挙の投票率",
    "zh": "新的地铁线路什么时候开通",
    "th": "น้ำท่วมเชียงใหม่",
    "ar": "نتائج الانتخابات البلدية",
    "ru": "пожар на складе мебельной фабрики",
    "de": "abgebrannte Lagerhalle",
    "en": "fourth tram line",
}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def newsroom(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("languages")
    file = folder / "news.jsonl"
    lines = [{"title": title, "text": text, "url": f"https://{code}.example/a"}
             for code, (title, text) in NEWS.items()]  # fmt: skip
    file.write_text("\n".join(map(json.dumps, lines)))

    def filled(settings: Settings) -> Newsroom:
        room = Newsroom(settings)
        assert room.ingest([str(file)]).new == len(NEWS)
        return room

    if request.param == "postgres":
        with (
            postgres(folder) as url,
            filled(Settings(data_dir=folder / "data", database_url=url)) as room,
        ):
            yield room
    else:
        with filled(Settings(data_dir=folder / "data")) as room:
            yield room


@pytest.mark.parametrize("code", NEWS)
def test_each_language_is_found_by_its_own_words(newsroom: Newsroom, code: str) -> None:
    """The keyword index alone puts the right article first, with or without blanks."""
    words = {hit.article.id: hit.keyword for hit in newsroom.search(ASKED[code], 20)}
    best = max(words, key=lambda key: words[key] or 0.0)
    article = newsroom.article(best)
    assert article
    assert article.url == f"https://{code}.example/a"
    assert words[best]


def test_part_of_a_run_is_found_and_unknown_runs_are_not(newsroom: Newsroom) -> None:
    """Two neighbouring letters are a word; those that stand nowhere together find nothing."""
    assert newsroom.rarity(["知事"])["知事"] < newsroom.rarity(["鯨魚"])["鯨魚"]
    assert all(hit.keyword is None for hit in newsroom.search("鯨魚", 20))


def test_only_runs_without_blanks_are_segmented() -> None:
    """Words of other languages stay whole, marks stay with their letters."""
    assert segmented("東京都 vote").split() == ["東京", "京都", "vote"]
    assert segmented("น้ำท่วม").split() == ["น้ำ", "ำท่", "ท่ว", "วม"]
    assert segmented("水").split() == ["水"]
    assert segmented("Größe Пожар انتخابات") == "Größe Пожар انتخابات"


@pytest.mark.parametrize("code", NEWS)
def test_the_language_of_an_article_is_told(code: str) -> None:
    """By its text; what the article says of itself counts more."""
    title, text = NEWS[code]
    article = to_article(Submission(key="k", text=text, origin="o", title=title))
    assert article.language == code
    stated = to_article(Submission(key="k", text=text, origin="o", title=title, language="fr-CA"))
    assert stated.language == "fr"


def test_any_sentence_transformers_model_works_by_setting(tmp_path: Path) -> None:
    """A model in a folder is loaded, cuts passages by its own tokens, and is searched with."""
    settings = Settings(data_dir=tmp_path / "data", embedding_model=str(tiny_model(tmp_path)))
    with Newsroom(settings) as room:
        assert room.ingest([str(write(tmp_path))]).embedded == 2
        assert room.embeddings.window == 64
        assert room.search("Новый трамвай идёт в университет.", 1)[0].article.title == "Трамвай"


def write(folder: Path) -> Path:
    file = folder / "two.jsonl"
    texts = {"Tram": "The tram comes.", "Трамвай": "Новый трамвай идёт в университет."}
    file.write_text("\n".join(json.dumps({"title": k, "text": v}) for k, v in texts.items()))
    return file


def tiny_model(folder: Path) -> Path:
    """A multilingual model of one small layer, with a vocabulary of characters."""
    import transformers

    letters = sorted({c for pair in NEWS.values() for text in pair for c in text.lower()})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    vocabulary += [f"##{letter}" for letter in letters]
    model = folder / "model"
    model.mkdir()
    (model / "vocab.txt").write_text("\n".join(vocabulary))
    tokenizer = transformers.BertTokenizerFast  # type: ignore[attr-defined] # it comes lazily
    tokenizer(vocab_file=str(model / "vocab.txt")).save_pretrained(model)
    shape = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    transformers.BertModel(shape).save_pretrained(model)
    return model
