"""The command line: what it prints, where, and its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def newsdesk(*arguments: str, stdin: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name.isupper()}
    environment |= {"PYTHONPATH": str(ROOT), **settings}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=environment, capture_output=True, text=True, input=stdin, check=False,
    )  # fmt: skip


def document(*arguments: str, data: Path, **settings: str) -> Any:
    done = newsdesk(*arguments, "--json", DATA_DIR=str(data), **settings)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_ask_prints_the_document_that_others_rely_on(sample_dir: Path) -> None:
    """Every field of docs/formats.md is there, and the quote stands in the stored text."""
    answer = document("ask", "Who is the US special envoy for hostages?", data=sample_dir)
    assert set(answer) == {
        "question", "answer", "answered", "mode", "sentences", "citations", "sources", "conflicts",
        "verdict", "against", "confidence", "note", "nearest", "timings_ms", "kind", "heading",
        "more", "stories",
    }  # fmt: skip
    assert (answer["answered"], answer["mode"], answer["conflicts"]) == (True, "quotes", [])
    assert set(answer["citations"][0]) == {
        "n", "title", "source", "url", "published", "quote", "article_id", "passage_id", "depth",
    }  # fmt: skip
    assert answer["sources"] == {"articles": 1, "independent": 1}
    assert set(answer["timings_ms"]) == {"retrieve", "answer", "total"}
    found = document("search", "special envoy hostages", "--limit", "3", data=sample_dir)
    assert any(answer["citations"][0]["quote"] in hit["text"] for hit in found)


def test_asked_at_leaves_out_what_came_later(sample_dir: Path) -> None:
    """The option is understood, and a wrong time is wrong use."""
    arguments = ("ask", "How much will Line 4 cost?", "--asked-at", "2026-05-20")
    assert "286" in document(*arguments, data=sample_dir)["answer"]
    wrong = newsdesk("ask", "Who?", "--asked-at", "soon", DATA_DIR=str(sample_dir))
    assert wrong.returncode == 2
    assert "2026-04-15" in wrong.stderr


def test_ingest_adds_up_and_names_what_failed(tmp_path: Path) -> None:
    """Good ones come in beside bad ones; if nothing could be read, the exit code says so."""
    good = tmp_path / "a.txt"
    good.write_text("The council voted for the tram.\nWork begins in March.")
    data = tmp_path / "data"
    done = newsdesk("ingest", str(good), "nowhere.txt", DATA_DIR=str(data))
    assert done.returncode == 0
    assert "2 found = 1 new + 0 updated + 0 unchanged + 1 failed" in done.stdout
    assert "failed: nowhere.txt: does not exist" in done.stderr
    assert newsdesk("ingest", "nowhere.txt", DATA_DIR=str(data)).returncode == 1
    assert document("ingest", str(good), data=data)["unchanged"] == 1
    assert document("status", data=data)["articles"] == 1
    [article] = document("articles", data=data)
    assert article["title"] == "The council voted for the tram." or article["published"] is None


def test_chat_follows_a_conversation(sample_dir: Path) -> None:
    """One question after the other, an empty line ends it."""
    talk = "How long will tram Line 4 be?\nAnd when will it open?\n\n"
    done = newsdesk("chat", stdin=talk, DATA_DIR=str(sample_dir))
    assert done.returncode == 0
    assert "7.2 kilometres" in done.stdout
    assert "2030" in done.stdout or "2031" in done.stdout


def test_doctor_names_what_is_missing_and_how_to_mend_it(tmp_path: Path) -> None:
    """Token, language model, articles, database, Chroma: each with its setting or command."""
    done = newsdesk("doctor", "--json", DATA_DIR=str(tmp_path), TELEGRAM_BOT_TOKEN="")
    assert done.returncode == 1
    found = {finding["name"]: finding for finding in json.loads(done.stdout)}
    assert found["Database"]["ok"]
    assert found["Chroma"]["ok"]
    assert found["Embedding model"]["ok"]
    assert "newsdesk ingest" in found["Articles"]["mend"]
    assert "LLM_MODEL" in found["Language model"]["mend"]
    assert "TELEGRAM_BOT_TOKEN" in found["Telegram"]["mend"]
    broken = newsdesk(
        "doctor",
        DATA_DIR=str(tmp_path),
        DATABASE_URL="postgresql://x:y@127.0.0.1:1/z",
        LLM_MODEL="openai:x",
        LLM_BASE_URL="http://127.0.0.1:1/v1",
        TELEGRAM_BOT_TOKEN="1:x",
        TELEGRAM_API_URL="http://127.0.0.1:1",
    )
    assert "✗ Database" in broken.stdout
    assert "✗ Language model" in broken.stdout
    assert "TELEGRAM_API_URL=http://127.0.0.1:1" in broken.stdout


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "words"),
    [
        (("ask", "  "), {}, 2, "Please ask in words"),
        (("nonsense",), {}, 2, "No such command"),
        (("ingest",), {}, 2, "Name a SOURCE"),
        (("status",), {"LOG_LEVEL": "LOUD"}, 2, "LOG_LEVEL='LOUD' is wrong"),
        (("status",), {"CHROMA_URL": "here"}, 2, "must look like http://host:8000"),
        (("status",), {"DATABASE_URL": "nonsense"}, 2, "DATABASE_URL=(hidden) is wrong"),
        (("status",), {"DATA_DIR": "/dev/null/x"}, 1, "DATA_DIR=/dev/null/x can't be used"),
        (("search", "x"), {"EMBEDDING_MODEL": "/no/model"}, 2, "EMBEDDING_MODEL=/no/model"),
    ],
)
def test_wrong_use_is_told_in_a_line(
    tmp_path: Path, arguments: tuple[str, ...], settings: dict[str, str], code: int, words: str
) -> None:
    """The setting or argument is named; there is no trace."""
    done = newsdesk(*arguments, **{"DATA_DIR": str(tmp_path), **settings})
    assert done.returncode == code
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_demo_ends_in_cited_answers(tmp_path: Path) -> None:
    """Without token and key; the reader's own archive is not touched."""
    done = newsdesk("demo", DATA_DIR=str(tmp_path / "mine"))
    assert done.returncode == 0, done.stderr
    assert "Adam Boehler" in done.stdout
    assert "[1]" in done.stdout
    assert "Our articles do not answer this." in done.stdout
    assert not (tmp_path / "mine").exists()


def test_check_tells_a_verdict(sample_dir: Path) -> None:
    """`newsdesk check --json`: the verdict, what speaks for and against, verbatim and cited."""
    claim = "Line 4 will cost 500 million crowns."
    answer = document("check", claim, data=sample_dir)
    assert (answer["verdict"], answer["answered"]) == ("contradicted", True)
    assert 1 in answer["against"]
    assert "million crowns" in answer["citations"][0]["quote"]
    unknown = document("check", "Aliens have landed in Belmoor.", data=sample_dir)
    assert (unknown["verdict"], unknown["answered"]) == ("not covered", False)
