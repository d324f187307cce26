"""How sure the bot must be to answer: fitted on a question set, kept with the embedding model.

Confidence is made of that model's cosines, so a threshold holds for the model it was fitted with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, delete, insert, select

from bot.answer import Mode
from bot.tables import calibrations
from ingest import migrate


@dataclass(frozen=True, slots=True)
class Calibration:
    """An answer needs a confidence of `enough` (0..1); fitted at `at` on so many `questions`."""

    enough: float
    at: datetime
    questions: int


class Calibrations:
    """The thresholds of quotes mode, in the bot's tables: one for each embedding model."""

    def __init__(self, engine: Engine) -> None:
        migrate(engine, Path(__file__).parent / "migrations", "newsdesk_bot_version")
        self._engine = engine
        self._reader = engine.execution_options(reading=True)

    def of(self, model: str) -> Calibration | None:
        """What was fitted with this model; None if nothing was."""
        query = select(calibrations).where(
            calibrations.c.model == model, calibrations.c.mode == Mode.QUOTES
        )
        with self._reader.connect() as connection:
            row = connection.execute(query).first()
        return Calibration(row.enough, row.at, row.questions) if row else None

    def enough(self, model: str, shipped: float) -> float:
        """What an answer needs with this model: what was fitted, otherwise what is shipped. It is
        looked up each time, so a running bot heeds a new one."""
        found = self.of(model)
        return found.enough if found else shipped

    def keep(self, model: str, enough: float, questions: int) -> None:
        """Store what was fitted with this model, in place of what was there."""
        key = {"model": model, "mode": str(Mode.QUOTES)}
        values = {"enough": enough, "at": datetime.now(UTC), "questions": questions}
        with self._engine.begin() as connection:
            where = [calibrations.c[name] == value for name, value in key.items()]
            connection.execute(delete(calibrations).where(*where))
            connection.execute(insert(calibrations).values(**key, **values))
