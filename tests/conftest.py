"""What the tests share: a newsroom with the sample news, the bot as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bot.settings import BotSettings
from ingest import SAMPLE_NEWS, Newsroom
from tests.support.telegram import TelegramServer

BotProcess = Callable[..., AbstractContextManager["subprocess.Popen[bytes]"]]


@pytest.fixture(scope="session")
def sample_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR that holds the sample news. Not to be written to; copy it for that."""
    folder = tmp_path_factory.mktemp("sample")
    with Newsroom(BotSettings(data_dir=folder)) as newsroom:
        summary = newsroom.ingest([str(SAMPLE_NEWS)])
        assert not summary.failures
    return folder


@pytest.fixture(scope="session")
def sample_settings(sample_dir: Path) -> BotSettings:
    return BotSettings(data_dir=sample_dir)


@pytest.fixture(scope="session")
def sample_newsroom(sample_settings: BotSettings) -> Iterator[Newsroom]:
    with Newsroom(sample_settings) as newsroom:
        newsroom.warm_up()
        yield newsroom


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings of the one who runs it: neither the environment nor .env."""
    for name in BotSettings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@contextmanager
def bot_process(
    server: TelegramServer, data_dir: Path, **settings: str
) -> Iterator[subprocess.Popen[bytes]]:
    """The real bot, `python -m bot run`, talking to `server`; ended with the block."""
    known = {name.upper() for name in BotSettings.model_fields}
    environment = {name: value for name, value in os.environ.items() if name not in known}
    environment |= {
        "TELEGRAM_BOT_TOKEN": server.token,
        "TELEGRAM_API_URL": server.url,
        "DATA_DIR": str(data_dir),
        "LOG_LEVEL": "INFO",
        "PYTHONPATH": str(Path(__file__).parent.parent),
        **settings,
    }
    log = data_dir / "bot.log"
    with log.open("ab") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=environment, cwd=data_dir, stderr=stderr
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
