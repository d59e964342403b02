"""One typed Settings: default < pyproject.toml [tool.qa] < qa.toml < QA_* < command line. Read once, then frozen.

A nested value is written `retrieve.depth` on the command line (`--set retrieve.depth=20`) and `QA_RETRIEVE__DEPTH` in the
environment. `fingerprint()` travels with each answer.
"""

from __future__ import annotations

import hashlib
import json
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    PyprojectTomlConfigSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings import SettingsError as SourceError

from qa.errors import SettingsError
from qa.safety.trust import MIN_TOKEN, named, refuse_strangers, shown


class _Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Corpus(_Group):
    """Reading and cutting articles."""

    max_bytes: int = Field(default=20_000_000, ge=1, description="a larger file is reported and skipped")
    follow_links: bool = Field(default=False, description="read what symbolic links in a folder lead to outside of it")
    passage_chars: int = Field(
        default=700, ge=100, le=4000, description="a passage takes whole sentences up to so many characters"
    )
    unmask: tuple[str, ...] = Field(
        default=(), description="rules that mask nothing, and lines that no rule masks; machine-order cannot be lifted"
    )

    @field_validator("unmask", mode="before")
    @classmethod
    def _one(cls, given: Any) -> Any:
        return (given,) if isinstance(given, str) else given  # --set corpus.unmask=subhead


class Retrieve(_Group):
    """Finding passages."""

    depth: int = Field(default=100, ge=1, le=10_000, description="passages each arm (lexical, dense) brings to the fusion")
    rare_words: float = Field(default=1.8, gt=0, description="so many rare words that match weigh as much as a cosine of 1")
    lexical_power: float = Field(
        default=3.0, gt=0, description="how steeply a match of more words counts for more when lists merge"
    )
    top: int = Field(default=20, ge=1, le=1000, description="passages handed to the reader and shown with an answer")
    exact_below: int = Field(default=50_000, ge=0, description="up to so many passages numpy compares vectors; above, FAISS does")
    lists_above: int = Field(default=200_000, ge=0, description="a build of more passages gets an inverted file over its vectors")


class Answering(_Group):
    """Reading passages and deciding whether to answer."""

    depth: int = Field(
        default=3,
        ge=1,
        le=100,
        description="passages of a question that the reader's network reads whole: fewer are quicker, more find more",
    )
    threshold: float = Field(
        default=0.35,
        ge=0.0,
        le=1.0,
        description="an answer is withheld where its chance of being right, as fitted on unseen questions, is under this",
    )
    max_citations: int = Field(default=3, ge=1, le=10, description="sentences in an answer, each from another article")


class Chatting(_Group):
    """Prose by a chat model; without one the answers are the articles' own words."""

    model: str = Field(
        default="",
        description="chat model as provider:name (openai:gpt-5-mini, ollama:qwen3, gguf:/path/model.gguf); empty: none",
    )
    base_url: str = Field(default="", description="address of an OpenAI-compatible server, for example http://127.0.0.1:11434/v1")
    seconds: float = Field(default=60.0, gt=0.0, description="a longer wait for a reply ends; the articles' own words answer")
    max_tokens: int = Field(default=800, ge=50, description="longest reply of the chat model")
    passages: int = Field(default=6, ge=1, le=50, description="passages that the chat model is shown")
    sentences: int = Field(default=3, ge=1, le=10, description="sentences that the chat model is asked for")


class Store(_Group):
    """An engine on other machines, that searches in place of the one here."""

    url: str = Field(default="", description="store that is searched, as milvus+http://HOST:19530; empty: the index's own files")
    token: SecretStr = Field(default=SecretStr(""), description="USER:PASSWORD of the store; from QA_STORE__TOKEN (empty: none)")
    seconds: float = Field(default=3.0, gt=0.0, description="a call to the store that takes longer is tried again, twice")
    replicas: int = Field(default=1, ge=1, description="copies among the query nodes (2: one may fail), from the build on")


class ArticleDatabase(_Group):
    """A database in which the articles' texts, masks and spans lie, where several machines answer."""

    url: str = Field(default="", description="database of the articles, as postgresql://USER@HOST/NAME; empty: the index's files")
    password: SecretStr = Field(default=SecretStr(""), description="of that database; from QA_ARTICLES__PASSWORD, or ~/.pgpass")
    seconds: float = Field(default=3.0, gt=0.0, description="a call to the database that takes longer is tried again, once")


class Web(_Group):
    """The chat page, and the endpoints for other programs beside it."""

    host: str = Field(default="127.0.0.1", description="address the page listens on")
    port: int = Field(default=7860, ge=0, le=65535, description="port the page listens on (0: any free one)")
    feedback: str = Field(
        default="feedback",
        description="folder where readers' judgements of answers wait for `qa eval review`; empty: nobody is asked",
    )
    history: str = Field(
        default="history",
        description="folder where each browser's conversations are kept, for that browser alone; empty: nothing is kept",
    )
    edit: bool = Field(default=True, description="whether readers may add, correct and remove articles on the page")
    fetch: bool = Field(
        default=False,
        description="whether articles may be added by their web address: this machine then fetches what a reader names, never from a private address",
    )
    others: tuple[str, ...] = Field(
        default=(),
        description="further indexes that readers of the page may choose, by name; each is opened when it is first chosen",
    )
    workers: int = Field(
        default=1,
        ge=1,
        le=64,
        description="processes that answer questions; of several, each opens the index, and one more adds to it",
    )
    budget: float = Field(
        default=15.0,
        ge=0.0,
        description="seconds for a question from its arrival, beside chat.seconds: one that outlasts them is answered with less reading (0: no end)",
    )
    cache: int = Field(default=500, ge=0, le=100_000, description="answers of a generation, kept for the same question (0: none)")
    log: Literal["off", "events", "questions"] = Field(
        default="events", description="what is logged of each question, as JSON lines: nothing, all but its text, its text too"
    )
    token: SecretStr = Field(
        default=SecretStr(""), description="asked of every visitor and program; from QA_WEB__TOKEN or --token-file (empty: none)"
    )

    @field_validator("host")
    @classmethod
    def _a_host(cls, host: str) -> str:
        try:
            host.encode("idna")
        except UnicodeError:
            raise ValueError("no name that a machine can have") from None
        return host

    @field_validator("feedback", "history")
    @classmethod
    def _a_path(cls, folder: str) -> str:
        if "\0" in folder or any("\ud800" <= character <= "\udfff" for character in folder):
            raise ValueError("not a path")
        return folder

    @field_validator("token")
    @classmethod
    def _long_enough(cls, token: SecretStr) -> SecretStr:
        # Long enough that nobody guesses it, so that guesses need not be counted; of characters that a header can carry.
        value = token.get_secret_value()
        if value and (len(value) < MIN_TOKEN or not all("!" <= character <= "~" for character in value)):
            raise ValueError(f"a token has at least {MIN_TOKEN} characters, all printable ASCII without spaces")
        return token


class Settings(BaseSettings):
    """Everything that can be set, with its default."""

    model_config = SettingsConfigDict(
        env_prefix="QA_",
        env_nested_delimiter="__",
        toml_file="qa.toml",
        pyproject_toml_table_header=("tool", "qa"),
        frozen=True,
        extra="forbid",
    )

    indexes: Path = Field(default=Path("indexes"), description="folder that holds the built indexes")
    index: str = Field(default="seeds", description="name of the index that is asked")
    encoder: str = Field(default="static", description="'static' (shipped) or any sentence-transformers model name or folder")
    corpus: Corpus = Corpus()
    retrieve: Retrieve = Retrieve()
    answer: Answering = Answering()
    chat: Chatting = Chatting()
    store: Store = Store()
    articles: ArticleDatabase = ArticleDatabase()
    web: Web = Web()

    @field_validator("indexes")
    @classmethod
    def _a_folder(cls, folder: Path) -> Path:
        try:
            wrong = not stat.S_ISDIR(folder.stat().st_mode)
        except FileNotFoundError:
            return folder  # it is made when something is built
        except (OSError, ValueError) as error:
            raise ValueError(f"not a path ({getattr(error, 'strerror', None) or error})") from None
        if wrong:
            raise ValueError("not a folder")
        return folder

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Highest first; .env files and secret folders are not read. Raises SettingsError for what a folder's files may not decide."""
        files = (TomlConfigSettingsSource(settings_cls), PyprojectTomlConfigSettingsSource(settings_cls))
        refuse_strangers((init_settings(), env_settings()), tuple(source() for source in files))
        return (init_settings, env_settings, *files)

    def fingerprint(self) -> str:
        """12 hex digits over every setting that can change an answer (not where the page listens or the indexes lie, or what holds them)."""
        values = self.model_dump(mode="json", exclude={"web", "store", "articles", "indexes", "index"})
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:12]


def load(overrides: Mapping[str, Any] | None = None) -> Settings:
    """Settings from every source; `overrides` has dotted names ({"retrieve.depth": 20}) and wins.

    Raises SettingsError naming the setting, the value and what would be right; a value that may be a secret is not repeated.
    """
    nested: dict[str, Any] = {}
    for name, value in (overrides or {}).items():
        *groups, last = name.split(".")
        place = nested
        for group in groups:
            place = place.setdefault(group, {})
            if not isinstance(place, dict):
                raise SettingsError(f"setting '{group}' is given whole and in parts. Cure: one of them")
        place[last] = value
    try:
        return Settings(**nested)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"qa.toml or pyproject.toml is not TOML: {error}. Cure: mend that line") from None
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise SettingsError(
            f"qa.toml or pyproject.toml cannot be read ({why}). Cure: a text file in UTF-8 that is yours"
        ) from None
    except SourceError as error:  # a group in the environment that is no JSON; its words may hold a secret
        group = next((name for name in Settings.model_fields if f'"{name}"' in str(error)), "")
        raise SettingsError(
            f"QA_{group.upper()} is not a JSON object (what it says is not repeated). Cure: QA_{group.upper()}__NAME=VALUE, one setting each"
        ) from None
    except ValidationError as error:
        raise _in_words(error) from None  # the library's own error repeats what was given


def _in_words(error: ValidationError) -> SettingsError:
    """The first fault of the settings, without anything that could be a secret."""
    first = error.errors()[0]
    name = ".".join(named(str(part)) for part in first["loc"])
    if name in {"web.token", "store.token", "articles.password"}:  # never repeated, not even a wrong one
        return SettingsError(
            f"setting '{name}': {first['msg'].removeprefix('Value error, ')}. Cure: python3 -c 'import secrets; print(secrets.token_urlsafe())' makes one"
        )
    if first["type"] == "extra_forbidden":
        return SettingsError(f"setting '{name}': no such setting. Known settings: {', '.join(names())}.")
    return SettingsError(f"setting '{name}' = {shown(first['input'])}: {first['msg'].removeprefix('Value error, ')}.")


def describe() -> list[tuple[str, Any, str]]:
    """Every setting as (dotted name, default, description), in the order of the file."""
    rows: list[tuple[str, Any, str]] = []
    for name, info in Settings.model_fields.items():
        default = info.default
        if isinstance(default, _Group):
            rows += [
                (f"{name}.{inner}", field.default, field.description or "") for inner, field in type(default).model_fields.items()
            ]
        else:
            rows.append((name, default, info.description or ""))
    return rows


def names() -> list[str]:
    """Dotted names of every setting."""
    return [name for name, _, _ in describe()]
