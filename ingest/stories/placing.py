"""Places each article: the origin of its text, the story that it tells. One pass, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ingest.archive.stories import Placing, StoryStore
from ingest.archive.vectors import VectorIndex
from ingest.article import Article, Passage, article_id
from ingest.reading.notices import agency_in
from ingest.stories.grouping import MATES, central, choose, traits_of
from ingest.stories.origins import LIKELY, is_copy, overlap
from ingest.stories.regroup import AWAKE, merges, splits
from ingest.stories.window import REACH, Window
from ingest.story import Traits

ECHOES = 8
"""Passages of any time that are asked for the stories of an article beside the window's."""
SAME_TEXT_COSINE = 0.75
COMPARED = 12
"""Articles that a new one is compared with word by word, at most."""


class Placer:
    """Gives articles their story and origin. Not for several threads; processes take turns.

    The articles of a month around the present one are held in memory, so that the time for one
    does not grow with the archive.
    """

    def __init__(self, store: StoryStore, index: VectorIndex) -> None:
        self._store = store
        self._index = index
        self._window = Window()
        self._held: tuple[datetime, datetime] | None = None
        self._last = 0

    def place(
        self,
        articles: Sequence[Article],
        passages: Sequence[Passage],
        vectors: Sequence[Sequence[float]],
    ) -> None:
        """Place these articles, which Chroma holds already; doing so twice changes nothing."""
        by_article: dict[str, list[Sequence[float]]] = {}
        for passage, vector in zip(passages, vectors, strict=True):
            by_article.setdefault(passage.article_id, []).append(vector)
        placed = [article for article in articles if article.id in by_article]
        now = datetime.now(UTC)
        traits = {a.id: traits_of(a, a.published or now, by_article[a.id]) for a in placed}
        echoes = {key: self._echoes(value) for key, value in traits.items()}
        with self._store.placing() as placing:
            known = placing.versions(list(traits))
            for article in sorted(placed, key=lambda a: (traits[a.id].at, a.id)):
                if known.get(article.id) != article.version:
                    self._place(placing, article, traits[article.id], echoes[article.id])

    def _place(
        self, placing: Placing, article: Article, traits: Traits, echoes: Sequence[str]
    ) -> None:
        self._show(placing, traits.at)
        former = next(iter(placing.of_articles([article.id])), None)
        if former:  # a new version tells the same story
            self._window.remove(article.id)
            traits = replace(
                traits,
                at=former.at,
                dated=former.dated,
                story_id=former.story_id,
                origin_id=former.origin_id,
                kept=former.kept,
                credit=former.credit,
            )
        else:
            traits = replace(traits, credit=agency_in(article.text, article.authors))
            traits = self._with_origin(placing, article, traits)
            traits = self._with_story(placing, article, traits, echoes)
        placing.put(traits, article.version)
        self._window.add(traits)
        placing.describe(traits.story_id, central(self._story(placing, traits)).article_id)

    def _with_origin(self, placing: Placing, article: Article, traits: Traits) -> Traits:
        """With the origin whose text it carries (and that one's story), or as its own origin."""
        likely = {t.article_id: t for t in self._window.alike(traits.signature, LIKELY)}
        near = self._window.near(traits.vector)
        likely |= {t.article_id: t for t, cosine in near if cosine >= SAME_TEXT_COSINE}
        texts = placing.texts(list(likely)[:COMPARED])
        best, best_kept = None, 0.0
        for key, (text, original, source) in texts.items():
            other = likely[key]
            found = overlap(text, article.text)
            named = _names(article.original, other) or _names(original, traits)
            same_agency = bool(traits.credit) and traits.credit == other.credit
            own = bool(source) and source == article.source
            if is_copy(found, credited=named or same_agency, own=own) and found.kept > best_kept:
                best, best_kept = other, found.kept
        if best is None:
            return replace(traits, origin_id=article.id)
        return replace(
            traits, origin_id=best.origin_id, kept=round(best_kept, 3), story_id=best.story_id
        )

    def _with_story(
        self, placing: Placing, article: Article, traits: Traits, echoes: Sequence[str]
    ) -> Traits:
        if traits.story_id:
            return traits
        older = placing.of_articles([e for e in echoes if e not in self._window])
        mates = {t.article_id: t for e in older for t in placing.of_story(e.story_id, MATES)}
        outside = [t for t in mates.values() if t.article_id not in self._window]
        choice = choose(traits, self._window, outside)
        return replace(traits, story_id=choice.story_id or placing.start(traits, article.title))

    def regroup(self) -> tuple[int, int]:
        """Merge and split the stories of the last days; how many were merged, how many split."""
        with self._store.placing() as placing:
            now = datetime.now(UTC)
            self._show(placing, now)
            stories = {
                story: members
                for story in placing.awake(now - AWAKE)
                if (members := self._window.members(story))
            }
            merged = merges(stories, self._window)
            for gone, kept in merged:
                self._move(placing, placing.of_story(gone, 10_000), kept)
                placing.merge(gone, kept)
            gone_ids = {gone for gone, _ in merged}
            split = splits({k: v for k, v in stories.items() if k not in gone_ids}, self._window)
            for part in split:
                first = min(part, key=lambda traits: traits.at)
                self._move(placing, part, placing.start(first, ""))
        return len(merged), len(split)

    def _move(self, placing: Placing, moving: Sequence[Traits], story_id: str) -> None:
        left = {traits.story_id for traits in moving}
        for traits in placing.move(moving, story_id):
            self._window.add(traits)
        for story in {story_id, *left}:
            members = placing.of_story(story, MATES)
            if members:
                placing.describe(story, central(members).article_id)

    def _show(self, placing: Placing, at: datetime) -> None:
        """Hold the articles around a time, those included that others placed meanwhile."""
        if self._held and self._held[0] <= at - REACH and at + REACH <= self._held[1]:
            new, self._last = placing.between(*self._held, after=self._last)
        else:
            self._window = Window()
            self._held = (at - 2 * REACH, at + 2 * REACH)
            new, self._last = placing.between(*self._held)
        for traits in new:
            self._window.add(traits)

    def _story(self, placing: Placing, traits: Traits) -> list[Traits]:
        held = self._window.members(traits.story_id)
        return held if len(held) > 1 else placing.of_story(traits.story_id, MATES)

    def _echoes(self, traits: Traits) -> list[str]:
        """The articles nearest to this one at any time."""
        found = self._index.nearest(traits.vector.tolist(), ECHOES, None)
        ids = dict.fromkeys(passage_id.partition(":")[0] for passage_id, _ in found)
        return [key for key in ids if key != traits.article_id]


def _names(address: str | None, other: Traits) -> bool:
    """Whether an article names another one's address as its original."""
    return bool(address) and article_id(address or "") == other.article_id
