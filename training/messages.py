"""Trains what sorts messages: python -m training.messages [--test FILE]

From training/messages: lines {"text", "kind"} in six languages, written as people type to a news
bot (a file's name begins with its language). Logistic regression on the features of
bot.answering.kinds and the default model's embedding; each message is read twice, once without its
embedding, so that the spelling alone serves where another model runs.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from bot.answer import MessageKind
from bot.answering.kinds import (
    BUCKETS,
    SURE_ENOUGH,
    WEIGHTS,
    features,
    kind_of,
    language_of,
    words_of,
)
from ingest.reading.embed import PassageEmbeddings
from ingest.settings import DEFAULT_MODEL

MESSAGES = Path(__file__).parent / "messages"
STRENGTH = 10.0
"""The inverse of how strongly large weights are held back; chosen by cross-validation."""
FRAMES = 4
"""In so many messages of its language about no particular matter a word stands that names none."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", type=Path, help="messages to report on, with their language")
    parser.add_argument("--validate", action="store_true", help="cross-validate first")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    arguments = parser.parse_args()
    embeddings = PassageEmbeddings(DEFAULT_MODEL)
    if arguments.test:
        report(read(arguments.test), embeddings)
        return
    rows = [row for file in sorted(MESSAGES.glob("*.jsonl")) for row in read(file)]
    texts, kinds = [row["text"] for row in rows], np.array([row["kind"] for row in rows])
    spelled = matrix(texts)
    meant = csr_matrix(np.asarray(embeddings.embed_documents(texts), dtype=np.float32))
    both, bare = hstack([spelled, meant]).tocsr(), hstack([spelled, csr_matrix(meant.shape)])
    if arguments.validate:
        validate(both, kinds, rows)
    kind = fitted(vstack([both, bare.tocsr()]), np.concatenate([kinds, kinds]))
    language = fitted(spelled, np.array([row["language"] for row in rows]))
    np.savez_compressed(
        arguments.out,
        kinds=kind.classes_,
        languages=language.classes_,
        spelling=kind.coef_[:, :BUCKETS].T.astype(np.float16),
        meaning=kind.coef_[:, BUCKETS:].T.astype(np.float16),
        bias=kind.intercept_.astype(np.float32),
        tongue=language.coef_.T.astype(np.float16),
        tongue_bias=language.intercept_.astype(np.float32),
        framing=np.array(framing_words(rows)),
    )
    print(f"{len(rows)} messages, {arguments.out.stat().st_size / 1e6:.2f} MB in {arguments.out}")


def fitted(rows: Any, names: Any) -> Any:
    return LogisticRegression(C=STRENGTH, max_iter=500).fit(rows, names)


def read(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [{"language": file.stem[:2], **json.loads(line)} for line in lines]


def matrix(texts: Sequence[str]) -> Any:
    """The features of the texts, one row each."""
    rows = [features(text) for text in texts]
    starts = np.cumsum([0, *map(len, rows)])
    columns = [bucket for row in rows for bucket in row]
    values = [value for row in rows for value in row.values()]
    return csr_matrix((values, columns, starts), shape=(len(rows), BUCKETS), dtype=np.float32)


def framing_words(rows: Sequence[dict[str, Any]]) -> list[str]:
    """The words of messages that name no matter: elsewhere they stand around one."""
    counts = Counter(
        f"{row['language']} {word}"
        for row in rows
        if row["kind"] in {MessageKind.BRIEFING, MessageKind.MORE}
        for word in set(words_of(row["text"]))
        if word.isalpha()
    )
    return sorted(word for word, count in counts.items() if count >= FRAMES)


def validate(rows: Any, kinds: Any, told: Sequence[dict[str, Any]]) -> None:
    folds = StratifiedKFold(5, shuffle=True, random_state=0)
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    likely = cross_val_predict(model, rows, kinds, cv=folds, method="predict_proba")
    names = np.unique(kinds)
    for sure in sorted({0.0, 0.3, 0.4, 0.5, 0.6, SURE_ENOUGH}):
        found = np.where(likely.max(1) >= sure, names[likely.argmax(1)], MessageKind.QUESTION)
        print(f"cross-validated, at {sure}:")
        table(list(zip(kinds, found, strict=True)), [row["language"] for row in told])


def report(rows: Sequence[dict[str, Any]], embeddings: PassageEmbeddings) -> None:
    pairs = [
        (row["kind"], str(kind_of(row["text"], embeddings.embed_query(row["text"]))))
        for row in rows
    ]
    table(pairs, [row["language"] for row in rows])
    spoken = [language_of(row["text"]) for row in rows]
    right = sum(row["language"] == told for row, told in zip(rows, spoken, strict=True))
    print(f"language: {right} right, {spoken.count(None)} not told, of {len(rows)}")


def table(pairs: Sequence[tuple[str, str]], languages: Sequence[str]) -> None:
    """Of each language how many are right; of each kind, how many are found, and how many that were
    told so are."""
    right = [a == b for a, b in pairs]
    each = {
        language: round(
            float(np.mean([r for r, one in zip(right, languages, strict=True) if one == language])),
            3,
        )
        for language in sorted(set(languages))
    }
    print(f"right: {np.mean(right):.3f} of {len(pairs)} {each}")
    for kind in MessageKind:
        found = [b == kind for a, b in pairs if a == kind]
        told = [a == kind for a, b in pairs if b == kind]
        print(f"  {kind:10} found {np.mean(found):.3f}  right {np.mean(told):.3f}")


if __name__ == "__main__":
    main()
