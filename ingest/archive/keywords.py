"""The keyword index: SQLite's FTS5 with BM25, or PostgreSQL's full text search.

Both live in the same database as the passages, so one transaction changes both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from ingest.archive.segment import segmented
from ingest.archive.tables import UtcTime
from ingest.text import stop_words

MAX_WORDS = 40
_NOT_IN_PHRASES = re.compile(r"[\x00-\x1f\"'\\]")
"""They would end the phrase in one query language or the other."""
_TIME_FILTER = (
    "AND (CAST(:end AS {type}) IS NULL OR a.published IS NULL OR a.published <= :end) "
    "AND (CAST(:start AS {type}) IS NULL OR a.published >= :start)"
)


def query_words(question: str) -> list[str]:
    """The words of a question that are worth looking for, lower case, each once.

    If all of them are stop words ("Who is it?"), they are all kept. At most MAX_WORDS.
    """
    folded = re.sub(r"'s\b", "", segmented(question))
    words = list(dict.fromkeys("".join(map(_letter_or_blank, folded)).split()))
    return ([word for word in words if word not in stop_words()] or words)[:MAX_WORDS]


def _letter_or_blank(character: str) -> str:
    """Letters and digits as they are, with the marks that belong to them (Thai, Hebrew, Hindi)."""
    return character if unicodedata.category(character)[0] in "LNM" else " "


def put(connection: Connection, title: str, rows: Sequence[tuple[int, str]]) -> None:
    """Index passages, given as (row, text), under their article's title."""
    statement = (
        "INSERT INTO passage_words (row, words) VALUES (:row, setweight(to_tsvector('english', "
        ":title), 'B') || to_tsvector('english', :text))"
        if connection.dialect.name == "postgresql"
        else "INSERT INTO passage_words (rowid, title, text) VALUES (:row, :title, :text)"
    )
    heading = segmented(title)
    connection.execute(
        text(statement),
        [{"row": row, "title": heading, "text": segmented(body)} for row, body in rows],
    )


def delete(connection: Connection, rows: Iterable[int]) -> None:
    """Take passages out of the index."""
    numbers = [{"row": row} for row in rows]
    key = "row" if connection.dialect.name == "postgresql" else "rowid"
    if numbers:
        connection.execute(text(f"DELETE FROM passage_words WHERE {key} = :row"), numbers)


def find(
    connection: Connection,
    words: Sequence[str],
    limit: int,
    start: datetime | None = None,
    end: datetime | None = None,
) -> list[tuple[int, float]]:
    """The passages with the most telling of `words`: (row, score above 0), best first.

    Articles published after `end` or before `start` are left out; those without a date only if
    there is a `start`.
    """
    if not words:
        return []
    postgres = connection.dialect.name == "postgresql"
    statement = text(_POSTGRES if postgres else _SQLITE).bindparams(
        bindparam("start", type_=UtcTime()), bindparam("end", type_=UtcTime())
    )
    quoted = [f"'{word}'" if postgres else f'"{word}"' for word in words]
    query = (" | " if postgres else " OR ").join(quoted)
    values = {"query": query, "limit": limit, "start": start, "end": end}
    if postgres:
        values["words"] = quoted
    found = connection.execute(statement, values)
    return [(row, max(float(score), 1e-9)) for row, score in found]


def count(connection: Connection, word: str) -> int:
    """In how many passages, or their titles, a word stands (by its stem).

    A run of letters without blanks stands where all of its pairs stand in a row.
    """
    phrase = _NOT_IN_PHRASES.sub(" ", segmented(word)).strip()
    if not phrase:
        return 0
    postgres = connection.dialect.name == "postgresql"
    match = "words @@ to_tsquery('english', :query)" if postgres else "passage_words MATCH :query"
    statement = text(f"SELECT count(*) FROM passage_words WHERE {match}")
    query = {"query": f"'{phrase}'" if postgres else f'"{phrase}"'}
    return connection.scalar(statement, query) or 0


def holding(connection: Connection, sentence: str) -> set[str]:
    """The articles in whose text these words stand in a row, letter case and endings aside."""
    phrase = _NOT_IN_PHRASES.sub(" ", segmented(sentence)).strip()
    if not phrase:
        return set()
    postgres = connection.dialect.name == "postgresql"
    match = (
        "w.words @@ phraseto_tsquery('english', :query)"
        if postgres
        else "passage_words MATCH :query"
    )
    key = "row" if postgres else "rowid"
    statement = text(
        f"SELECT DISTINCT p.article_id FROM passage_words w JOIN passages p ON p.row = w.{key} "
        f"WHERE {match}"
    )
    query = {"query": phrase if postgres else f'text : "{phrase}"'}
    return set(connection.scalars(statement, query))


def rebuild(connection: Connection) -> None:
    """Index all passages anew from SQL, for an archive that was indexed in another way."""
    connection.execute(text("DELETE FROM passage_words"))
    titles = "SELECT a.id, a.title FROM articles a ORDER BY a.id"
    bodies = text("SELECT row, text FROM passages WHERE article_id = :id")
    for article_id, title in connection.execute(text(titles)).all():
        rows = [(row, body) for row, body in connection.execute(bodies, {"id": article_id})]
        if rows:
            put(connection, title, rows)


_SQLITE = f"""
SELECT w.rowid, -bm25(passage_words) AS score
FROM passage_words w JOIN passages p ON p.row = w.rowid JOIN articles a ON a.id = p.article_id
WHERE passage_words MATCH :query {_TIME_FILTER.format(type="text")}
ORDER BY score DESC, w.rowid LIMIT :limit
"""
# PostgreSQL's own ranking does not know which words are rare. Here each word of the question counts
# by its rarity, as in BM25; on the news that we measured, the right article came first more often.
_POSTGRES = f"""
WITH asked AS MATERIALIZED (
  SELECT query, ln(1 + (total.n - held.n + 0.5) / (held.n + 0.5)) AS rarity
  FROM unnest(CAST(:words AS text[])) AS word
  CROSS JOIN LATERAL to_tsquery('english', word) AS query
  CROSS JOIN LATERAL (SELECT count(*) AS n FROM passage_words WHERE words @@ query) AS held
  CROSS JOIN (SELECT count(*) AS n FROM passage_words) AS total
)
SELECT w.row, (
  SELECT sum(rarity * ts_rank('{{1, 1, 1, 1}}', w.words, query, 1)) FROM asked
) AS score
FROM passage_words w JOIN passages p ON p.row = w.row JOIN articles a ON a.id = p.article_id
WHERE w.words @@ to_tsquery('english', :query) {_TIME_FILTER.format(type="timestamptz")}
ORDER BY score DESC, w.row LIMIT :limit
"""
