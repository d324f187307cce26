"""Trains the reader: python -m training.reader PATH/qa [--out FILE]

From the weights of the default embedding model; embeddings and the lowest layer stay as they are.
Each step reads groups: a question, a sentence that answers it if there is one, and sentences that
do not. In a group the right one must come first (softmax over the group), and each must be told
right from wrong by itself (cross-entropy), so that a group without an answer teaches to refuse.

Several courses are read, each from the beginning, and the mean of their weights is kept: apart they
learn the voice of what they read, together what carries over to other news (docs/reader.md).
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answering.reader import Place
from ingest.models.adapted import WINDOW, skeleton
from training.questions import Example, ours, public, typed, xquad

FROZEN = ("bert.embeddings.", "bert.encoder.layer.0.")
NEWS = Path(__file__).parent / "news"
OUT = Path(__file__).parent.parent / "bot" / "answering" / "reader.safetensors"
STEP_TOKENS = 6000
"""How many tokens one step reads, padding counted."""
RATE = 8e-5
KEPT_APART = 10
"""One in so many (of our stories, of the articles of others) is only measured."""


@dataclass(frozen=True, slots=True)
class Group:
    """A question as typed with the places that it is read beside; the first answers, if `right`."""

    question: str
    places: tuple[Place, ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Course:
    """How often our examples are read, which share of the others, and how many wrong places stand
    in a group."""

    ours: int
    public: float
    wrong: int


COURSES = (Course(1, 0.15, 6), Course(3, 0.5, 5))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="the folder with the question-answer data")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--measure", action="store_true", help="only measure --out")
    asked = parser.parse_args()
    train(asked)


def train(asked: argparse.Namespace) -> None:
    """Read each course and write the mean of the weights; what was kept apart is only measured."""
    import torch

    torch.set_num_threads(asked.threads)
    news, others = ours(NEWS), public(asked.path)
    print(f"{len(news)} questions of ours, {len(others)} of others", flush=True)
    held = [e for e in news if _apart(e.of)], [e for e in others if _apart(e.of)][:400]
    if not asked.measure:
        read = [e for e in news if not _apart(e.of)], [e for e in others if not _apart(e.of)]
        learnt = []
        for number, course in enumerate(COURSES, 1):
            torch.manual_seed(asked.seed)
            chance = random.Random(asked.seed)
            groups = _groups(course, *read, chance)
            part = asked.out.with_suffix(f".{number}")
            learnt.append(_pass(*_beginning(None), groups, chance, part))
        save({name: torch.stack([one[name] for one in learnt]).mean(0) for name in learnt[0]},
             asked.out)  # fmt: skip
    report(*_beginning(asked.out), held, asked.path)


def _beginning(weights: Path | None) -> tuple[Any, Any]:
    """The model and its tokenizer, ready to learn from the embedding model's weights, or from these
    on."""
    import torch

    model, tokenizer = skeleton(weights)
    model.config._attn_implementation = "eager"  # several times as fast backwards on a CPU
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0  # a fifth of the time, for little where each pair is seen a few times
    for name, weight in model.named_parameters():
        weight.requires_grad = not name.startswith(FROZEN)
    return model, tokenizer


def _apart(of: str) -> bool:
    return sum(map(ord, of)) % KEPT_APART == 0


def _groups(
    course: Course, news: Sequence[Example], others: Sequence[Example], chance: random.Random
) -> list[Group]:
    """What is read, in random order, each question typed anew."""
    few = chance.sample(list(others), int(course.public * len(others)))
    read = [*(list(news) * course.ours), *few]
    found = [_group(example, course.wrong, chance) for example in read]
    chance.shuffle(found)
    return found


def _group(example: Example, wrong: int, chance: random.Random) -> Group:
    """A group: half of the wrong places the most tempting ones, the others by chance."""
    tempting = list(example.wrong[: 2 * wrong])
    chosen = example.wrong[: wrong // 2 + 1]
    rest = [place for place in (*tempting, *example.wrong) if place not in chosen]
    more = chance.sample(rest, min(len(rest), wrong - len(chosen))) if rest else []
    # One in eight answers is taken out: nothing is left that answers.
    right = chance.choice(example.right) if example.right and chance.random() > 1 / 8 else None
    places = (*((right,) if right else ()), *chosen, *more)
    return Group(typed(example.question, chance), places, right is not None)


def _pass(
    model: Any, tokenizer: Any, groups: Sequence[Group], chance: random.Random, out: Path
) -> dict[str, Any]:
    """Read the groups once: the weights that were trained. What was learnt so far is written to
    `out` now and then."""
    import torch

    trained = [weight for weight in model.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01)
    batches = list(_batches(tokenizer, groups, chance))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        max_lr=RATE,
        total_steps=len(batches) + 1,
        pct_start=0.06,
        anneal_strategy="linear",
    )
    model.train()
    started, losses = time.monotonic(), list[float]()
    for n, (encoded, sizes, answered) in enumerate(batches, 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = model(**encoded).logits[:, 0].float()
        loss = _loss(logits, sizes, answered)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        losses.append(float(loss.detach()))
        if n % 20 == 0:
            left = (time.monotonic() - started) / n * (len(batches) - n)
            mean = sum(losses[-20:]) / 20
            print(f"step {n}/{len(batches)} loss {mean:.3f} left {left:.0f} s", flush=True)
        if n % 100 == 0 or n == len(batches):
            save(_changed(model), out)
    return _changed(model)


def _loss(logits: Any, sizes: Sequence[int], answered: Sequence[bool]) -> Any:
    import torch
    from torch.nn import functional

    targets = torch.zeros_like(logits)
    start, ranking = 0, []
    for size, right in zip(sizes, answered, strict=True):
        if right:
            targets[start] = 1.0
            ranking.append(-functional.log_softmax(logits[start : start + size], 0)[0])
        start += size
    each = functional.binary_cross_entropy_with_logits(
        logits, targets, pos_weight=torch.tensor(2.0)
    )
    return 2.0 * each + (torch.stack(ranking).mean() if ranking else 0.0)


def _batches(
    tokenizer: Any, groups: Sequence[Group], chance: random.Random
) -> Iterator[tuple[Any, list[int], list[bool]]]:
    """Batches of groups of like length, in random order."""
    pairs = [[(g.question, place.in_context) for place in g.places] for g in groups]
    width = [
        max(len(question) + len(text) for question, text in some) * len(some) for some in pairs
    ]
    runs: list[list[int]] = []
    for n in sorted(range(len(groups)), key=lambda n: (max(len(t) for _, t in pairs[n]), width[n])):
        # About four characters a token.
        longest = max(
            len(q) + len(t) for m in [n, *(runs[-1] if runs else [])] for q, t in pairs[m]
        )
        rows = sum(len(pairs[m]) for m in [n, *(runs[-1] if runs else [])])
        if runs and rows * min(WINDOW, longest / 4) <= STEP_TOKENS:
            runs[-1].append(n)
        else:
            runs.append([n])
    chance.shuffle(runs)
    for run in runs:
        flat = [pair for n in run for pair in pairs[n]]
        encoded = tokenizer(
            flat, truncation="only_second", max_length=WINDOW, padding=True,
            pad_to_multiple_of=16, return_tensors="pt",
        )  # fmt: skip
        yield encoded, [len(pairs[n]) for n in run], [groups[n].right for n in run]


def report(
    model: Any, tokenizer: Any, held: tuple[list[Example], list[Example]], path: Path
) -> None:
    """Print how it does on what was kept apart."""
    for name, examples in (
        ("ours", held[0]), ("public", held[1]), ("XQuAD", xquad(path)[:300])
    ):  # fmt: skip
        right, area = measured(model, tokenizer, examples)
        print(f"{name}: first {right:.3f}, area {area:.3f}, {len(examples)} questions", flush=True)


def measured(model: Any, tokenizer: Any, examples: Sequence[Example]) -> tuple[float, float]:
    """(share of answerable questions whose best place answers, area under ROC by the best score)"""
    import torch

    model.eval()
    first, best = [], []
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for example in examples:
            places = (*example.right, *example.wrong[:20])
            pairs = [(example.question, place.in_context) for place in places]
            if not pairs:
                continue
            encoded = tokenizer(
                pairs, truncation="only_second", max_length=WINDOW, padding=True,
                return_tensors="pt",
            )  # fmt: skip
            scores = model(**encoded).logits[:, 0].float().tolist()
            top = max(scores)
            best.append((top, bool(example.right)))
            if example.right:
                first.append(scores.index(top) < len(example.right))
    yes = [score for score, right in best if right]
    no = [score for score, right in best if not right]
    wins = sum((a > b) + 0.5 * (a == b) for a in yes for b in no)
    return sum(first) / max(1, len(first)), wins / max(1, len(yes) * len(no))


def _changed(model: Any) -> dict[str, Any]:
    return {
        name: weight.detach().float().clone()
        for name, weight in model.named_parameters()
        if not name.startswith(FROZEN)
    }


def save(weights: dict[str, Any], out: Path) -> None:
    """Write weights in half precision."""
    import torch
    from safetensors.torch import save_file

    out.parent.mkdir(parents=True, exist_ok=True)
    half = {name: weight.to(torch.float16).contiguous() for name, weight in weights.items()}
    save_file(half, out)


if __name__ == "__main__":
    main()
