"""The archive as a LangChain retriever, and evidence for each part of a question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from bot.answering.understand import Understood
from ingest import Hit, Newsroom, TimeFrame

HITS = 12
CANDIDATES = 30
PER_ORIGIN, PER_STORY = 3, 8
"""Of HITS passages, so many may carry one text, or tell one story, while others are near too."""


class PassageRetriever(BaseRetriever):
    """Finds passages by hybrid search, varied by origin and story; each document's metadata holds
    its `hit`."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    newsroom: Newsroom
    limit: int = HITS
    when: TimeFrame = TimeFrame()
    about: tuple[str, ...] = ()

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain passes it
    ) -> list[Document]:
        hits = self.newsroom.search(query, max(CANDIDATES, self.limit), self.when, self.about)
        ids = list({hit.article.id for hit in hits})
        origins, stories = self.newsroom.origins(ids), self.newsroom.stories_of(ids)
        return [
            Document(
                id=hit.passage.id,
                page_content=hit.passage.text,
                metadata={"title": hit.article.title, "url": hit.article.url, "hit": hit},
            )
            for hit in varied(hits, origins, stories, self.limit)
        ]


def gather(retriever: PassageRetriever, parts: Sequence[Understood]) -> list[Hit]:
    """The passages for each part of a question in turn, each once."""
    found = [hits_of(retriever.invoke(part.search_text)) for part in parts]
    if len(found) == 1:
        return found[0]
    in_turn = chain.from_iterable(zip_longest(*found))
    return list({hit.passage.id: hit for hit in in_turn if hit is not None}.values())


def hits_of(documents: Sequence[Document]) -> list[Hit]:
    """The hits that the retriever's documents stand for."""
    return [document.metadata["hit"] for document in documents]


def among_themselves(hits: Sequence[Hit], article_ids: Sequence[str]) -> list[Hit]:
    """The hits in these articles, scored as if there were no others: the asker points at them, so
    that others are nearer speaks against none of them."""
    own = [hit for hit in hits if hit.article.id in article_ids]
    best = max((hit.score - hit.favour for hit in own), default=0.0)
    lift = 1.0 / best if best > 0.0 else 1.0
    return [replace(hit, score=(hit.score - hit.favour) * lift + hit.favour) for hit in own]


def varied(
    hits: Sequence[Hit], origins: Mapping[str, str], stories: Mapping[str, str], limit: int
) -> list[Hit]:
    """The best `limit` hits; among the first HITS at most PER_ORIGIN of one text and PER_STORY of
    one story as long as there are others. `origins` and `stories` are by article id."""
    carried: Counter[str] = Counter()
    told: Counter[str] = Counter()
    first: list[Hit] = []
    rest: list[Hit] = []
    for hit in hits:
        name = hit.article.id
        origin, story = origins.get(name, name), stories.get(name, name)
        full = carried[origin] >= PER_ORIGIN or told[story] >= PER_STORY
        if len(first) == HITS or full:
            rest.append(hit)
        else:
            carried[origin] += 1
            told[story] += 1
            first.append(hit)
    return [*first, *rest][:limit]
