"""Reads the RealTime QA data set: news articles of 2022, questions, unanswerable questions."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ingest import Newsroom
from ingest.sources.addresses import canonical, web_address

ARTICLES = "articles.jsonl.gz"


def articles(folder: Path) -> Iterator[dict[str, Any]]:
    """Each article in our own JSON Lines fields, and its `id` in the data set."""
    with gzip.open(folder / ARTICLES, "rt") as file:
        for line in file:
            row = json.loads(line)
            yield {
                "id": row["id"],
                "url": row["url"],
                "title": row["title"],
                "text": row["text"],
                "published": row["publish_date"].replace("/", "-"),
            }


def address(url: str) -> str:
    """An article's address as the archive keeps it."""
    found = web_address(url)
    return canonical(found) if found else url


def write(rows: list[dict[str, Any]], file: Path) -> str:
    """The articles as a file for `newsdesk ingest`; its path."""
    file.write_text("\n".join(map(json.dumps, rows)))
    return str(file)


def article_ids(newsroom: Newsroom, rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The newsroom's own id of each article, by its id in the data set."""
    by_url = {article.url: article.id for article in newsroom.latest(1_000_000)}
    return {
        row["id"]: found
        for row in rows
        if (address := web_address(row["url"])) and (found := by_url.get(canonical(address)))
    }


def questions(folder: Path) -> list[dict[str, Any]]:
    """The questions that some articles answer, each with the `articles` (their ids)."""
    answered: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text().splitlines():
        question, article = line.split()[:2]
        answered.setdefault(question, set()).add(article)
    rows = [json.loads(line) for line in (folder / "questions.jsonl").read_text().splitlines()]
    return [{**row, "articles": answered[row["id"]]} for row in rows if row["id"] in answered]


def unanswerable(folder: Path) -> list[str]:
    """Questions about later years, which these articles can't answer."""
    lines = (folder / "unanswerable.jsonl").read_text().splitlines()
    return [json.loads(line)["question"] for line in lines]
