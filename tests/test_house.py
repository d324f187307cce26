"""The house itself: what its doors let through, what its papers say, what its locks hold."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import ingest
from bot.settings import BotSettings

ROOT = Path(__file__).parent.parent
HEAVY = ("torch", "chromadb", "langchain", "langchain_core", "sentence_transformers", "telegram")
DOOR = {
    "DEFAULT_MODEL", "states",
    "ArchiveError", "ArchiveStatus", "Article", "Change", "Coverage", "Depth", "Fact", "FactKind",
    "Failure", "Hit", "ModelMismatchError", "News", "Newsroom", "NewsroomError",
    "Passage", "SAMPLE_NEWS", "Settings", "SettingsError", "SourceCount", "SourceError", "Story",
    "Summary", "Telling", "TimeFrame", "UtcTime", "Version", "load_settings", "migrate",
    "notice_in", "run_migrations",
}  # fmt: skip


def loaded_by(code: str) -> set[str]:
    """The modules that a fresh Python has loaded after `code`."""
    script = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split("\n")[-2].split())


def test_importing_the_packages_loads_nothing_heavy() -> None:
    """A script that only wants a value, and `newsdesk --help`, do not wait for torch."""
    assert not loaded_by("import bot, ingest").intersection(HEAVY)
    code = "import bot.cli\nsys.argv = ['newsdesk', '--help']\nbot.cli.main()"
    assert not loaded_by(code).intersection(HEAVY)


def test_the_front_door_of_the_newsroom() -> None:
    """What others may use is a list that is changed on purpose."""
    assert set(ingest.__all__) == DOOR
    assert all(hasattr(ingest, name) for name in ingest.__all__)


def test_every_setting_is_documented() -> None:
    """.env.example names exactly the settings that there are, each with words above it."""
    example = (ROOT / ".env.example").read_text()
    named = re.findall(r"^([A-Z_]+)=", example, re.MULTILINE)
    assert sorted(named) == sorted(name.upper() for name in BotSettings.model_fields)
    assert len(re.findall(r"^#.*\n(?:#.*\n)*[A-Z_]+=", example, re.MULTILINE)) == len(named)


def test_the_locks_name_no_host_and_no_local_build() -> None:
    """A stranger installs from their own index, and torch in the build of their choice."""
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text()
        assert "://" not in lock
        assert "--" not in lock
        assert "\ntorch==2.13.0\n" in lock
        assert "nvidia" not in lock


def test_the_readme_is_short_and_names_only_what_there_is() -> None:
    """At most 120 lines; its make targets, newsdesk commands and files exist."""
    readme = (ROOT / "README.md").read_text()
    assert len(readme.splitlines()) <= 120
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)", readme)) <= set(targets)
    code = (
        "from bot.cli import app\n"
        "print(*(c.name or c.callback.__name__ for c in app.registered_commands), "
        "*(g.name for g in app.registered_groups))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(re.findall(r"newsdesk ([a-z]+)", readme)) <= set(done.stdout.split())
    for file in re.findall(r"\]\(([^):#]+)\)", readme):
        assert (ROOT / file).exists(), file


def test_the_architecture_names_every_module() -> None:
    """docs/architecture.md is true as far as a test can see: each file of the house is in it."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    for package in ("bot", "ingest"):
        for file in (ROOT / package).rglob("*.py"):
            if not file.name.startswith("__") and "migrations" not in file.parts:
                assert re.search(rf"\b{file.stem}\b", text), file
