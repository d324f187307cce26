"""A correction: from the publisher's page to the answer, on a server of our own.

    python -m benchmarks.correction

A feed and its page on the loopback; the page first says twelve, is corrected to fifteen, and is
taken down in the end. After each poll: versions, the sentence that changed, what a search finds.
"""

from __future__ import annotations

import random
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from ingest import Newsroom, Settings
from ingest.archive.feeds import FeedStore
from ingest.clock import SetClock
from ingest.polling.desk import FeedDesk
from tests.support.web import WebServer

WRONG = "Twelve people were injured when the ferry ran aground off Osterwick on Tuesday evening."
NOTE = "Correction: An earlier version of this article gave a wrong number of injured people."
REST = " ".join(f"Passenger number {n} told reporters of a long scraping noise." for n in range(9))
PAGE = "<html><body><article><h1>Ferry aground</h1><p>{}</p><p>{}</p></article></body></html>"
FEED = (
    "<rss version='2.0'><channel><title>The Tide</title><item><title>Ferry aground</title>"
    "<link>{}</link><description>A ferry ran aground.</description></item></channel></rss>"
)
ASKED = "How many people were injured when the ferry ran aground?"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="newsdesk-correction-") as folder, WebServer() as web:
        settings = Settings(data_dir=Path(folder), allow_private_network=True, fetch_delay=0)
        with Newsroom(settings) as newsroom:
            clock = SetClock(datetime.now(UTC))
            desk = FeedDesk(FeedStore(newsroom.engine), newsroom, clock, random.Random(1))
            link = web.page("/ferry", PAGE.format(WRONG, REST))
            desk.add(web.page("/feed", FEED.format(link), "application/rss+xml"))
            first = poll(desk, newsroom, clock, "published", 0)
            right = WRONG.replace("Twelve", "Fifteen")
            web.page("/ferry", PAGE.format(f"{right} {NOTE}", REST))
            second = poll(desk, newsroom, clock, "corrected", 1.5)
            web.page("/ferry", "gone", status=410)
            third = poll(desk, newsroom, clock, "taken down", 3)
            desk.close()
    good = "Twelve" in first and "Fifteen" in second and "Twelve people" not in second and not third
    print("as it should be" if good else "WRONG")
    sys.exit(not good)


def poll(desk: FeedDesk, newsroom: Newsroom, clock: SetClock, what: str, hours: float) -> str:
    """Poll after some hours; what a search finds then."""
    clock.sleep(3600 * hours)
    desk.poll_due(workers=1)
    [article] = newsroom.latest()
    print(f"{what} (+{hours:g} h): version {article.version}, notice: {article.notice or '-'}")
    for version in newsroom.versions(article.id):
        for change in version.changes:
            print(f"    - {change.before}\n    + {change.after}")
    found = " ".join(hit.passage.text for hit in newsroom.search(ASKED))
    print(f"    found: {found[:90] or 'nothing'}")
    return found


if __name__ == "__main__":
    main()
