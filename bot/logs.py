"""Logs, in which no secret stands."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence


class RedactingFormatter(logging.Formatter):
    """Puts "…" for each secret, in messages and in traces, whoever wrote them."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = [secret for secret in secrets if secret]

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        for secret in self._secrets:
            text = text.replace(secret, "…")
        return text


def set_up_logging(level: str, secrets: Sequence[str] = ()) -> None:
    """Log to standard error from `level` on; other people's libraries only from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("bot", "ingest"):
        logging.getLogger(name).setLevel(level)
