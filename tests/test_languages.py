"""Languages: told for each article, embedded by any model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import Newsroom, Settings
from ingest.article import Submission
from ingest.reading.clean import to_article

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
TRAMS = {"Tram": "The tram comes.", "Трамвай": "Новый трамвай идёт в университет."}


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
        for title, text in TRAMS.items():
            hit = room.search(f"{title} {text}", 1)[0]
            assert hit.article.title == title
            assert hit.dense == pytest.approx(1, abs=1e-3), "the same words, the same vector"


def write(folder: Path) -> Path:
    file = folder / "two.jsonl"
    file.write_text("\n".join(json.dumps({"title": k, "text": v}) for k, v in TRAMS.items()))
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
