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


class BriefTelegramErrors(logging.Filter):
    """Leaves out the traces of Telegram's own errors (no network, a wrong token): a line tells."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and type(error).__module__ == "telegram.error":
            record.msg, record.args = f"{type(error).__name__}: {error}", ()
            record.exc_info, record.exc_text = None, None
        return True


def set_up_logging(level: str, secrets: Sequence[str] = ()) -> None:
    """Log to standard error from `level` on; other people's libraries only from WARNING on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    handler.addFilter(BriefTelegramErrors())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in ("bot", "ingest"):
        logging.getLogger(name).setLevel(level)
