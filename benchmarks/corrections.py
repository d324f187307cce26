"""Answers that correct themselves, as people read them: a transcript on the sample stories.

    python -m benchmarks.corrections

A reader in a private chat and another in a group ask about three of the sample stories. Then an
article that was cited is corrected, another is withdrawn, a later report of a third story gives
another value, and an article changes in a part that nobody cited. What the two read is printed. The
clock is set, the Bot API server is that of the tests.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from ingest import SAMPLE_NEWS
from tests.support.telegram import TelegramServer, transcript
from tests.support.updates import Desk
from tests.test_corrections import FIFTEEN, HOW_LONG, HOW_MANY, LONGER, WHO, corrected, withdraw


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="newsdesk-corrections-") as name,
        TelegramServer(limits=False) as server,
    ):
        desk = Desk.open(server, Path(name))
        desk.newsroom.ingest([str(SAMPLE_NEWS)])
        ada, ben = server.person("Ada"), server.person("Ben")
        private, group = server.private_chat(ada), server.group("Sailors", [ada, ben])
        for question in (HOW_MANY, WHO, HOW_LONG):
            desk.ask(private, ada, question)
        desk.ask(group, ben, f"/ask {HOW_MANY}")
        happen(desk)
        desk.newsroom.close()
        for chat in (private, group):
            print(f"== {chat.kind}: {chat.title}\n{transcript(chat)}\n")


def happen(desk: Desk) -> None:
    """What happens to the stories, some minutes apart."""
    withdraw(desk.newsroom, "Skywatch Letter")
    desk.later(minutes=5)
    desk.send()
    for article in (
        FIFTEEN,
        LONGER,
        corrected(FIFTEEN, "until at least Thursday", "until at least Friday"),
    ):
        desk.later(minutes=20)
        desk.publish(article)
        desk.send()


if __name__ == "__main__":
    main()
