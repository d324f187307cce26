"""The archive as a LangChain retriever."""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from ingest import Hit, Newsroom, TimeFrame

HITS = 8


class PassageRetriever(BaseRetriever):
    """Finds passages by hybrid search; each document's metadata holds its `hit`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    newsroom: Newsroom
    limit: int = HITS
    when: TimeFrame = TimeFrame()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain passes it
    ) -> list[Document]:
        hits = self.newsroom.search(query, limit=self.limit, when=self.when)
        return [
            Document(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={"title": hit.article.title, "url": hit.article.url, "hit": hit},
            )
            for hit in hits
        ]


def hits_of(documents: Sequence[Document]) -> list[Hit]:
    """The hits that the retriever's documents stand for."""
    return [document.metadata["hit"] for document in documents]
