"""An answer that a language model writes, taken sentence by sentence, as far as it is borne."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence

from bot.answer import Citation, Sentence
from bot.answering.checking.check import Entails, Verdict, check
from bot.answering.cite import cite
from bot.answering.evidence import Evidence
from bot.answering.llm import NO_ANSWER
from ingest.text import sentence_spans

_MARKED = re.compile(
    r"(?P<text>[^\[\]]+?)\s*(?P<marks>(?:\[\d+(?:\s*[,;]\s*\d+)*\]\s*)+)(?P<stop>[.!?]?)"
    r"(?=\s+[^\s\[]|\n|$)",
)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
MAX_SENTENCES = 8


class CheckedAnswer:
    """Fed with pieces of text as they come; holds the sentences that passed, and what bears them.

    A sentence that is not borne by the passage it cites gives way to what that passage says of
    the same matter, verbatim, or else is dropped; so is one without a mark or with a mark of no
    passage. `check_seconds` is the time that checking has taken.
    """

    def __init__(self, evidence: Sequence[Evidence], entails: Entails | None = None) -> None:
        self._evidence = {item.n: item for item in evidence}
        self._entails = entails
        self._buffer = ""
        self.sentences: list[Sentence] = []
        self.citations: list[Citation] = []
        self.refused = False
        self.check_seconds = 0.0
        self.dropped: list[tuple[str, str]] = []
        """(sentence, reason) of each that did not pass."""

    def feed(self, piece: str) -> bool:
        """Take the next piece; True if a sentence passed by it."""
        self._buffer += piece
        if NO_ANSWER.startswith(self._buffer.strip()[: len(NO_ANSWER)]):
            return False
        before = len(self.sentences)
        # A mark at the very end may go on ("[1" … "2]", "[1][2]"), so it waits for what follows.
        while match := _MARKED.search(self._buffer):
            if match.end() >= len(self._buffer.rstrip()):
                break
            self._take(match)
        return len(self.sentences) > before

    def finish(self) -> None:
        """Take what is left, once the model has stopped."""
        if self._buffer.strip().startswith(NO_ANSWER) and not self.sentences:
            self.refused = True
            return
        while match := _MARKED.search(self._buffer):
            self._take(match)

    def _take(self, match: re.Match[str]) -> None:
        self._buffer = self._buffer[match.end() :]
        numbers = [int(number) for number in re.findall(r"\d+", match["marks"])]
        text = _BULLET.sub("", match["text"].strip().split("\n")[-1])
        spans = sentence_spans(text)
        if not spans or len(self.sentences) >= MAX_SENTENCES:
            return
        for start, end in spans[:-1]:
            self.dropped.append((text[start:end], "has no citation"))
        sentence = text[spans[-1][0] : spans[-1][1]] + match["stop"]
        self._accept(sentence if sentence[-1:] in '.!?”"' else f"{sentence}.", numbers)

    def _accept(self, sentence: str, numbers: Sequence[int]) -> None:
        known = [self._evidence[n] for n in dict.fromkeys(numbers) if n in self._evidence]
        verdicts = [(item, self._check(sentence, item)) for item in known]
        borne: list[tuple[Evidence, tuple[str, ...]]] = [
            (item, verdict.quotes) for item, verdict in verdicts if verdict.ok
        ]
        if not borne:
            reason = verdicts[0][1].reason if verdicts else "cites no passage"
            self.dropped.append((sentence, reason))
            for item, verdict in verdicts:
                if verdict.instead and not borne:
                    sentence, borne = verdict.instead, [(item, (verdict.instead,))]
        if not borne or any(sentence == other.text for other in self.sentences):
            return
        marks = [self._cite(item, quote) for item, quotes in borne for quote in quotes]
        self.sentences.append(Sentence(sentence, tuple(dict.fromkeys(marks))))

    def _check(self, sentence: str, item: Evidence) -> Verdict:
        started = time.perf_counter()
        passage, article = item.hit.passage, item.hit.article
        verdict = check(sentence, passage.text, item.heading, article.language, self._entails)
        self.check_seconds += time.perf_counter() - started
        return verdict

    def _cite(self, item: Evidence, quote: str) -> int:
        """The number of the citation of `quote`; the same words are cited once."""
        for citation in self.citations:
            if (citation.passage_id, citation.quote) == (item.hit.passage.id, quote):
                return citation.n
        self.citations.append(cite(len(self.citations) + 1, item.hit, quote))
        return len(self.citations)
