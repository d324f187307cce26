"""The newsroom's settings, from the environment and `.env`. Every one is in .env.example."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, Self, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import SettingsError

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Settings(BaseSettings):
    """What the newsroom needs to know; read once, at the top, and passed down."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    data_dir: Path = Path("./data")
    database_url: SecretStr | None = None
    """SQLAlchemy URL; None means SQLite in `data_dir`. Secret, for it may hold a password."""
    chroma_url: str | None = None
    """http(s)://host:port of a Chroma server; None means embedded, in `data_dir`."""
    embedding_model: str = DEFAULT_MODEL
    parse_pipelines: str = ""
    """Installed spaCy pipelines that parse languages beside English: de=de_core_news_sm,…"""
    log_level: LogLevel = "WARNING"
    fetch_timeout: float = 20.0
    """Seconds that one page or feed may take in all."""
    fetch_max_mb: float = 10.0
    """Megabytes that one page, feed or file may have, after decompression."""
    fetch_contact: str | None = None
    """A URL or e-mail address told to the sites that we fetch from, in the User-Agent."""
    fetch_delay: float = Field(default=1.0, ge=0)
    """Seconds between two requests to one host; a longer Crawl-delay of its own counts."""
    allow_private_network: bool = False
    """Whether pages may be fetched from private and loopback addresses."""

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("chroma_url")
    @classmethod
    def _http(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("must look like http://host:8000")
        return value

    @field_validator("parse_pipelines")
    @classmethod
    def _pairs(cls, value: str) -> str:
        if not re.fullmatch(r"(?:\s*[a-z]{2,3}\s*=\s*[\w-]+\s*(?:,|$))*", value):
            raise ValueError("must look like de=de_core_news_sm,es=es_core_news_sm")
        return value

    @property
    def pipelines(self) -> dict[str, str]:
        """The spaCy pipelines of `parse_pipelines`, by language (ISO 639-1)."""
        pairs = (pair.partition("=") for pair in self.parse_pipelines.split(",") if pair.strip())
        return {language.strip(): name.strip() for language, _, name in pairs}

    @property
    def sql_url(self) -> str:
        """The SQLAlchemy URL to open; psycopg 3 is the driver for PostgreSQL."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir.resolve() / 'newsdesk.sqlite3'}"
        url = self.database_url.get_secret_value()
        scheme, _, rest = url.partition("://")
        return f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else url

    @classmethod
    def load(cls) -> Self:
        """Read the settings; SettingsError names each wrong variable and what it may be."""
        return load_settings(cls)


S = TypeVar("S", bound=BaseSettings)


def load_settings(kind: type[S]) -> S:
    """Make `kind` from the environment, or raise SettingsError in words a host can act on."""
    try:
        return kind()
    except ValidationError as error:
        lines = []
        for problem in error.errors():
            name = "_".join(str(part) for part in problem["loc"][:1]).upper()
            secret = any(word in name for word in ("TOKEN", "KEY", "DATABASE"))
            given = "(hidden)" if secret else repr(problem.get("input"))
            lines.append(f"{name}={given} is wrong: {problem['msg'].removeprefix('Value error, ')}")
        raise SettingsError("\n".join(lines)) from None
