"""The vector index: passages in Chroma. Derived from SQL; it can be thrown away and rebuilt.

The embedded Chroma is safe between threads, but not between processes. So a process holds a file
lock while it uses it, and opens it anew when another one has written since.
"""

from __future__ import annotations

import os
import shutil
import threading
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from filelock import FileLock

from ingest.article import Article, Passage
from ingest.errors import ArchiveError, ModelMismatchError
from ingest.settings import Settings

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

NAME = "passages"
DELETE_BATCH = 500


class VectorIndex:
    """Embeddings of passages by passage id, nearest first by cosine."""

    def __init__(self, settings: Settings, model: str) -> None:
        self._settings = settings
        self._model = model
        self._client: ClientAPI | None = None
        self._collection: Collection | None = None
        self._seen = ""
        self._thread_lock = threading.RLock()
        self._folder = settings.data_dir / "chroma"
        self._stamp = settings.data_dir / "chroma.stamp"
        self._file_lock = FileLock(settings.data_dir / "chroma.lock")

    def replace(
        self, articles: Sequence[Article], passages: Sequence[Passage], vectors: list[list[float]]
    ) -> None:
        """Hold exactly these passages of these articles; one vector a passage, in order."""
        published = {article.id: epoch(article.published) for article in articles}
        with self._use(writing=True) as collection:
            if passages:
                collection.upsert(
                    ids=[passage.id for passage in passages],
                    embeddings=cast("Any", vectors),
                    metadatas=[
                        {"article_id": p.article_id, "published": published[p.article_id]}
                        for p in passages
                    ],
                )
            keep = {passage.id for passage in passages}
            where = cast("Any", {"article_id": {"$in": list(published)}})
            old = [i for i in collection.get(where=where, include=[])["ids"] if i not in keep]
            for at in range(0, len(old), DELETE_BATCH):
                collection.delete(ids=old[at : at + DELETE_BATCH])

    def nearest(
        self,
        vector: list[float],
        limit: int,
        start: datetime | None = None,
        end: datetime | None = None,
        within: Sequence[str] | None = None,
    ) -> list[tuple[str, float]]:
        """(passage id, cosine) of the nearest passages: published from `start` to `end`, of the
        articles `within`, as far as these are given. What has no date counts as very old."""
        asked: list[Any] = []
        if start:
            asked.append({"published": {"$gte": epoch(start)}})
        if end:
            asked.append({"published": {"$lte": epoch(end)}})
        if within is not None:
            asked.append({"article_id": {"$in": list(within)}})
        where = cast("Any", {"$and": asked} if len(asked) > 1 else next(iter(asked), None))
        with self._use(writing=False) as collection:
            found = collection.query(
                query_embeddings=cast("Any", [vector]),
                n_results=limit,
                where=where,
                include=["distances"],
            )
        distances = (found["distances"] or [[]])[0]
        return [(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances, strict=True)]

    def ids(self) -> set[str]:
        """The ids of all passages that are held."""
        with self._use(writing=False) as collection:
            return set(collection.get(include=[])["ids"])

    def clear(self) -> None:
        """Throw everything away; the next use starts an empty index of the present model."""
        from chromadb.errors import NotFoundError

        with self._locked(writing=True):
            if self._settings.chroma_url:
                with suppress(NotFoundError):
                    self._open_client().delete_collection(NAME)
                self._collection = None
            else:  # the files themselves: they may be damaged, and would not shrink otherwise
                self.close()
                shutil.rmtree(self._folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of the files; the next use opens them again."""
        with self._thread_lock:
            if self._client is not None:
                cast("Any", self._client).close()
            self._client = self._collection = None

    @contextmanager
    def _use(self, *, writing: bool) -> Iterator[Collection]:
        """The collection, ours alone for the time being; Chroma's errors become ours."""
        from chromadb.errors import ChromaError

        with self._locked(writing=writing):
            try:
                if self._collection is None:
                    self._collection = self._open_collection()
                yield self._collection
            except (ChromaError, OSError, ValueError, RuntimeError, AttributeError) as error:
                raise ArchiveError(self._advice(error)) from error

    @contextmanager
    def _locked(self, *, writing: bool) -> Iterator[None]:
        if self._settings.chroma_url:
            with self._thread_lock:
                yield
            return
        with self._thread_lock, self._file_lock:
            if self._client is not None and self._read_stamp() != self._seen:
                self.close()  # another process has written: what we hold in memory is old
            if writing:
                self._write_stamp()
            self._seen = self._read_stamp()
            yield

    def _read_stamp(self) -> str:
        return self._stamp.read_text() if self._stamp.exists() else ""

    def _write_stamp(self) -> None:
        """Note that we write, before we do: others see it even if we are killed in the middle."""
        self._stamp.write_text(f"{os.getpid()} {uuid.uuid4()}")

    def _open_client(self) -> ClientAPI:
        if self._client is None:
            import chromadb
            from chromadb.config import Settings as ChromaSettings

            quiet = ChromaSettings(anonymized_telemetry=False)
            url = self._settings.chroma_url
            if url:
                parts = urlsplit(url)
                secure = parts.scheme == "https"
                self._client = chromadb.HttpClient(
                    host=parts.hostname or "localhost",
                    port=parts.port or (443 if secure else 80),
                    ssl=secure,
                    settings=quiet,
                )
            else:
                self._client = chromadb.PersistentClient(str(self._folder), settings=quiet)
        return self._client

    def _open_collection(self) -> Collection:
        collection = self._open_client().get_or_create_collection(
            NAME,
            embedding_function=None,
            configuration={"hnsw": {"space": "cosine"}},
            metadata={"model": self._model},
        )
        made_by = (collection.metadata or {}).get("model")
        if made_by != self._model:
            raise ModelMismatchError(
                f"The index was made with EMBEDDING_MODEL={made_by}, but {self._model} is set: "
                "set the first again, or run `newsdesk reindex` to make the index anew"
            )
        return collection

    def _advice(self, error: Exception) -> str:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        if self._settings.chroma_url:
            return f"CHROMA_URL={self._settings.chroma_url}: Chroma does not answer well: {reason}"
        return f"Chroma can't be used: {reason}. `newsdesk reindex` makes its index anew"


def epoch(time: datetime | None) -> float:
    """Seconds since 1970, which Chroma can compare; 0 for an unknown time."""
    return time.timestamp() if time else 0.0
