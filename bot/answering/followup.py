"""Does a message stay with the story that was told before it, or lead elsewhere?"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from bot.answering.scoring import stems
from bot.answering.topic import topic_words
from ingest import Newsroom
from ingest.text import stem

TELLING = 0.58
"""How rare a word must be to lead to another story, beside one that stands nowhere: in a thousand
passages one that stands in more than ten does not."""
MOST_ARTICLES = 60


class Leads(Enum):
    """To the story before, and nowhere else; to it, or to the whole archive; away from it."""

    BACK = "back"
    EITHER = "either"
    ELSEWHERE = "elsewhere"


def leads(newsroom: Newsroom, text: str, article_ids: Sequence[str]) -> Leads:
    """Where a message leads that follows a story, told by these articles.

    A telling word (a name, mostly) that the story lacks leads elsewhere; a message of which the
    story holds every word but one can only be meant of it.
    """
    held: set[str] = set()
    for article_id in article_ids[:MOST_ARTICLES]:
        if article := newsroom.article(article_id):
            held |= stems(f"{article.title} {article.text}")
    lacking = [word for word in topic_words(text) if stem(word) not in held]
    if telling_words(newsroom, lacking):
        return Leads.ELSEWHERE
    return Leads.EITHER if len(lacking) > 1 else Leads.BACK


def telling_words(newsroom: Newsroom, words: Sequence[str]) -> list[str]:
    """Those of the words that are rare in the archive, or stand nowhere in it."""
    rarity = newsroom.rarity([*words, ""])
    return [word for word in words if rarity[word] >= TELLING * rarity[""]]
