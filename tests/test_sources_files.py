"""Files of every kind, good and bad: each gives its articles, or one clear line."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fpdf import FPDF

from ingest import Depth, Failure, Settings
from ingest.article import Submission
from ingest.sources.polite import Polite
from ingest.sources.read import read_source

STORY = "The council voted 31 to 24 for the tram on Tuesday night. Work begins in March."


def read(path: Path | str, **settings: object) -> tuple[list[Submission], list[Failure]]:
    chosen = Settings(**settings)  # type: ignore[arg-type]
    arrivals = list(read_source(str(path), chosen, Polite(chosen)))
    good = [arrival for arrival in arrivals if isinstance(arrival, Submission)]
    return good, [arrival for arrival in arrivals if isinstance(arrival, Failure)]


def write(path: Path, body: str | bytes) -> Path:
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def test_a_text_file_is_named_by_its_path(tmp_path: Path) -> None:
    """The key is the path, so that the file may change and stay the same article."""
    [article], [] = read(write(tmp_path / "a.txt", STORY))
    assert (article.text, article.key) == (STORY, (tmp_path / "a.txt").as_posix())
    assert article.depth is Depth.FULL


def test_markdown_loses_its_marks_and_keeps_its_front_matter(tmp_path: Path) -> None:
    """Title, date, source and address come from the front matter, the words from the text."""
    body = (
        "---\ntitle: Tram vote\ndate: 2026-05-12\nsource: Observer\nurl: https://o.example/tram\n"
        "---\n# Tram vote\n\nThe **council** voted [31 to 24](https://x.example).\n\n"
        "- *Work* begins.\n"
    )
    [article], [] = read(write(tmp_path / "a.md", body))
    assert article.text == "The council voted 31 to 24.\n\nWork begins."
    assert (article.title, article.source) == ("Tram vote", "Observer")
    assert article.published == datetime(2026, 5, 12, tzinfo=UTC)
    assert article.key == article.url == "https://o.example/tram"


def test_an_html_file_tells_of_itself(tmp_path: Path) -> None:
    """Title, canonical address and times with their zone are read; the menu is not."""
    body = f"""<html lang="en-GB"><head><title>Tram vote</title>
    <link rel="canonical" href="https://o.example/tram?utm_source=x#top">
    <meta property="article:published_time" content="2026-05-12T22:15:00+01:00"></head>
    <body><nav>Home Sport Weather</nav><article><h1>Tram vote</h1><p>{STORY}</p>
    <p>{STORY.replace("tram", "bus")} The mayor thanked all who came to listen.</p>
    </article></body></html>"""
    [article], [] = read(write(tmp_path / "a.html", body))
    assert STORY in article.text
    assert "Weather" not in article.text
    assert article.url == article.key == "https://o.example/tram"
    assert article.published == datetime(2026, 5, 12, 21, 15, tzinfo=UTC)


def test_a_pdf_gives_its_text_layer(tmp_path: Path) -> None:
    """The words of a PDF are read, and its day of creation is not taken for its publication."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica")
    pdf.multi_cell(0, text=STORY)
    pdf.output(str(tmp_path / "a.pdf"))
    [article], [] = read(tmp_path / "a.pdf")
    assert article.text.replace("\n", " ") == STORY
    assert article.published is None


def test_one_bad_line_among_good_ones_fails_alone(tmp_path: Path) -> None:
    """Each bad line is named by its number; the others are read, unknown fields ignored."""
    lines = [
        json.dumps({"text": STORY, "title": "T", "url": "https://o.example/1", "mood": "good"}),
        "{broken",
        json.dumps({"title": "no text"}),
        "[1]",
        json.dumps({"text": STORY, "published": "last week"}),
        json.dumps({"text": STORY, "authors": ["A", "B"], "published": "2026-05-12T21:15:00Z"}),
        "",
    ]
    good, bad = read(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [article.authors for article in good] == [(), ("A", "B")]
    assert [failure.source.rpartition(":")[2] for failure in bad] == ["2", "3", "4", "5"]
    assert bad[1].reason == "has no text"
    assert "ISO 8601" in bad[3].reason


def test_json_lines_may_be_compressed_and_a_cut_file_gives_what_it_holds(tmp_path: Path) -> None:
    """A .gz is read as it is; if it is cut off, the lines before are kept and the end told."""
    line = json.dumps({"text": STORY}) + "\n"
    whole = gzip.compress(line.encode() * 3)
    good, bad = read(write(tmp_path / "a.jsonl.gz", whole))
    assert (len(good), bad) == (3, [])
    _, bad = read(write(tmp_path / "b.jsonl.gz", whole[:-12]))
    assert [failure.source for failure in bad][-1].startswith(str(tmp_path / "b.jsonl.gz"))


def test_a_folder_is_read_in_order_and_hidden_files_are_left_alone(tmp_path: Path) -> None:
    """Every readable file below it, sorted; a bad one is told and the rest goes on."""
    (tmp_path / "sub").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b.txt", "sub/c.txt", ".git/x.txt", "picture.png"):
        write(tmp_path / name, STORY)
    write(tmp_path / "a.txt", "")
    good, bad = read(tmp_path)
    assert [Path(article.key).name for article in good] == ["b.txt", "c.txt"]
    assert [failure.reason for failure in bad] == ["is empty"]


@pytest.mark.parametrize(
    ("name", "body", "reason"),
    [
        ("empty.txt", b" \n", "is empty"),
        ("binary.txt", bytes(range(256)) * 20, "is not text"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(2000), "is not"),
        ("broken.pdf", b"%PDF-1.7 nothing here", "is not a readable PDF"),
        ("list.opml", b"<?xml version='1.0'?><opml><body></body></opml>", "no feed was found"),
        ("feed.xml", b"<rss><channel><item><title>x", "text"),
        ("what.xml", b"<note>hello</note>", "is not a kind of file"),
        ("big.txt", b"x" * 2_000_001, "is larger than 2 MB (FETCH_MAX_MB"),
        ("feed.json", b'{"version": "https://jsonfeed.org/version/1.1", "items": 3}', "items"),
    ],
)
def test_a_bad_file_is_one_clear_line(tmp_path: Path, name: str, body: bytes, reason: str) -> None:
    """It names the file and says what is wrong; nothing is read from it."""
    good, bad = read(write(tmp_path / name, body), fetch_max_mb=2)
    assert good == []
    assert len(bad) == 1
    assert name in bad[0].source or name in bad[0].reason
    assert reason in bad[0].reason


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    """A path that leads nowhere is told with its name."""
    assert read(tmp_path / "nowhere.txt")[1] == [
        Failure(str(tmp_path / "nowhere.txt"), "does not exist")
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    """Umlauts and quotation marks come through, whatever the file was saved as."""
    text = "Die Bürger von Überlingen sagten: „Schön ist es am See, und größer wäre schöner.“ " * 4
    shown = text if encoding != "cp1252" else text.replace("“", "”")
    [article], [] = read(write(tmp_path / "a.txt", shown.encode(encoding)))
    assert "Bürger von Überlingen" in article.text


def test_a_web_page_saved_in_the_wrong_encoding_still_reads(tmp_path: Path) -> None:
    """UTF-8 that declares itself latin-1 is read as what it is."""
    body = (
        f'<html><head><meta charset="iso-8859-1"></head><body><article><p>Bürgermeisterin '
        f"Frost sprach. {STORY}</p><p>{STORY} Ende der Sitzung.</p></article></body></html>"
    )
    [article], [] = read(write(tmp_path / "a.html", body))
    assert "Bürgermeisterin" in article.text


def test_an_xml_bomb_is_harmless(tmp_path: Path) -> None:
    """Entities that grow a billionfold are not expanded."""
    grow = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{grow}]>'
        "<rss><channel><title>b</title><item><title>&l9;</title></item></channel></rss>"
    )
    good, bad = read(write(tmp_path / "bomb.xml", body))
    assert good == []
    assert len(bad) == 1
