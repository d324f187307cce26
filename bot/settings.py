"""The conversation's settings, on top of the newsroom's. Every one is in .env.example."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from ingest import Settings


class BotSettings(Settings):
    """The newsroom's settings and what the bot needs beside them."""

    telegram_bot_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    ingest_links: Literal["nobody", "admins", "everybody"] = "admins"
    """Whose links to unknown articles are read in; admins are TELEGRAM_ADMINS."""
    telegram_admins: Annotated[tuple[int, ...], NoDecode] = ()
    llm_model: str | None = None
    """LangChain's provider:model, for example openai:gpt-5-mini; None means quotes mode."""
    llm_base_url: str | None = None
    llm_api_key: SecretStr | None = None
    """Key for LLM_MODEL; None leaves it to the provider's own variable (OPENAI_API_KEY …)."""
    llm_timeout: float = Field(default=60.0, gt=0)
    """Seconds that an LLM answer may take in all before quotes stand in."""
    reader_model: str | None = None
    """A sentence-transformers CrossEncoder that says how well a sentence answers; None: ours."""

    answer_correction_days: float = Field(default=7.0, ge=0)
    """So long after it was sent an answer is corrected when its articles change; 0: never."""
    answer_corrections: int = Field(default=3, ge=0)
    """How often one answer is corrected."""
    entailment_model: str | None = None
    """A cross-encoder that has to find each sentence of LLM_MODEL entailed; None: not asked."""

    @property
    def models(self) -> str:
        """The models that confidence is made of: a threshold holds for these alone."""
        return " + ".join(filter(None, (self.embedding_model, self.reader_model)))

    @field_validator("telegram_admins", mode="before")
    @classmethod
    def _ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        try:
            return tuple(int(part) for part in value.replace(",", " ").split())
        except ValueError:
            raise ValueError("must be Telegram user ids, such as 1234567,7654321") from None

    @field_validator("telegram_api_url")
    @classmethod
    def _url(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("must look like https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("llm_model")
    @classmethod
    def _provider(cls, value: str | None) -> str | None:
        if value is not None and ":" not in value:
            raise ValueError("must be provider:model, for example openai:gpt-5-mini")
        return value
