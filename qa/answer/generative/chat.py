"""Chat models behind one narrow seam: text in, pieces of text out, and one error for all that can go wrong.

    openai:gpt-…            any provider that LangChain's init_chat_model knows, through its own package
    openai:NAME + base_url  an OpenAI-compatible server: Ollama, vLLM, llama.cpp, a hosted one
    gguf:/path/model.gguf   a model file on this machine, through llama-cpp-python

Keys are read by the providers' packages from their own variables (OPENAI_API_KEY, …): none is taken, kept or shown here. What a
provider says in an error is not repeated either, for it may quote the key; its kind and its HTTP status are.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.errors import ChatError, MissingExtraError, ModelError, SettingsError, UsageError

if TYPE_CHECKING:
    from qa.protocols import Chat

MAX_CHARS = 20_000
"""A reply longer than this is cut: no answer needs it, and a model that repeats itself would never end."""

_NO_KEY = "not-needed"  # servers on this machine take any; the client insists on one


class LangChainChat:
    """Any LangChain chat model. `seconds` bounds the writing of the whole reply, not only the wait for its next piece."""

    def __init__(self, model: Any, name: str, *, seconds: float = 60.0) -> None:
        self.name = name
        self._model = model
        self._seconds = seconds

    def say(self, system: str, user: str) -> Iterator[str]:
        """The reply in pieces. Raises ChatError when the provider fails, the time is up or nothing was said."""
        written = 0
        try:
            for chunk in _in_time(self._model.stream([("system", system), ("human", user)]), self._seconds):
                piece = _text(chunk.content)
                written += len(piece)
                if piece:
                    yield piece
                if written > MAX_CHARS:
                    return
        except ChatError:
            raise
        except Exception as error:  # each provider has its own tree of errors; all of them mean: no answer from here
            raise ChatError(f"the chat model {_kind(error, written)}") from error
        if not written:
            raise ChatError("the chat model said nothing")


class LlamaChat:
    """A GGUF file, run by llama.cpp in this process: one reply at a time, for a model has one state; others wait for their turn."""

    def __init__(self, path: Path, *, max_tokens: int, seconds: float, context: int = 8192) -> None:
        if not path.is_file():
            raise ModelError(f"{path}: no such file. Cure: --model gguf:/path/to/model.gguf")
        try:
            from llama_cpp import Llama  # type: ignore[import-not-found,unused-ignore]
        except ImportError as error:
            raise MissingExtraError("llama-cpp-python", "gguf", "a GGUF file") from error
        self.name = f"gguf:{path.name}"
        self._seconds = seconds
        self._max_tokens = max_tokens
        self._turn = threading.Lock()
        try:
            self._model = Llama(model_path=str(path), n_ctx=context, verbose=False, seed=0)
        except Exception as error:  # llama.cpp says ValueError for whatever is wrong with a file
            raise ModelError(f"{path}: llama.cpp cannot load it ({error}). Cure: a whole GGUF file of a chat model") from error

    def say(self, system: str, user: str) -> Iterator[str]:
        """The reply in pieces. Raises ChatError when the prompt is too long, the time (waiting included) is up or nothing was said."""
        began = time.monotonic()
        if not self._turn.acquire(timeout=self._seconds):
            raise ChatError(f"the chat model was busy for longer than {self._seconds:g} seconds")
        try:
            yield from self._reply(system, user, time.monotonic() - began)
        finally:
            self._turn.release()

    def _reply(self, system: str, user: str, waited: float) -> Iterator[str]:
        written = 0
        messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
        try:
            chunks = self._model.create_chat_completion(
                messages=messages, max_tokens=self._max_tokens, temperature=0.0, stream=True
            )
            for chunk in _in_time(chunks, self._seconds, waited):
                piece = str(chunk["choices"][0]["delta"].get("content") or "")
                written += len(piece)
                if piece:
                    yield piece
        except ChatError:
            raise
        except Exception as error:  # llama.cpp has no errors of its own
            raise ChatError(f"the chat model {_kind(error, written)}") from error
        if not written:
            raise ChatError("the chat model said nothing")


def open_chat(model: str, *, base_url: str = "", seconds: float = 60.0, max_tokens: int = 800) -> Chat:
    """The chat model called `model` ("provider:name").

    Raises SettingsError for a name without a provider or an address with a password, MissingExtraError with the pip line for a
    provider whose package is absent, UsageError for a provider that nobody knows.
    """
    provider, colon, name = model.partition(":")
    if not colon or not provider or not name:
        raise SettingsError(
            f"chat model {model!r} has no provider. Cure: provider:name, for example openai:gpt-5-mini, ollama:qwen3 or gguf:/path/model.gguf"
        )
    if provider == "gguf":
        return LlamaChat(Path(name).expanduser(), max_tokens=max_tokens, seconds=seconds)
    if "@" in base_url.partition("://")[2].partition("/")[0]:
        raise SettingsError(
            "chat.base_url must not carry a name or password. Cure: put the key in the provider's variable, such as OPENAI_API_KEY"
        )
    return LangChainChat(_langchain(provider, name, base_url, seconds, max_tokens), model, seconds=seconds)


def _langchain(provider: str, name: str, base_url: str, seconds: float, max_tokens: int) -> Any:
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise MissingExtraError("langchain", "chat", "a chat model") from error
    options: dict[str, Any] = {"temperature": 0.0}
    if provider == "ollama":
        options |= {"num_predict": max_tokens, "client_kwargs": {"timeout": seconds}}
    else:
        # A retry after a rate limit sleeps for as long as the server says; the extractive answer is there at once.
        options |= {"max_tokens": max_tokens, "timeout": seconds, "max_retries": 0}
    if base_url:
        options["base_url"] = base_url
        if provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
            options["api_key"] = _NO_KEY
    try:
        return init_chat_model(name, model_provider=provider, **options)
    except ImportError as error:
        package = f"langchain-{provider.replace('_', '-')}"
        raise MissingExtraError(package, "chat" if provider == "openai" else provider, f"the provider '{provider}'") from error
    except ValueError as error:
        if "provider" in str(error).casefold():
            raise UsageError(
                f"unknown provider '{provider}' in chat model '{provider}:{name}'. Cure: one of LangChain's init_chat_model, or gguf"
            ) from error
        raise ModelError(
            f"chat model '{provider}:{name}' cannot be opened. Cure: set the provider's key variable; its own words are withheld here"
        ) from error
    except Exception as error:  # a missing key is each provider's own kind of error, and its message may quote what it has
        raise ModelError(
            f"chat model '{provider}:{name}' cannot be opened ({type(error).__name__}). Cure: set the provider's key variable, such as {provider.upper()}_API_KEY"
        ) from error


def _in_time(chunks: Iterable[Any], seconds: float, spent: float = 0.0) -> Iterator[Any]:
    """The chunks until waiting for them has taken more than `seconds`: proving a sentence between two of them is not the model's time."""
    coming = iter(chunks)
    while True:
        began = time.monotonic()
        try:
            chunk = next(coming)
        except StopIteration:
            return
        spent += time.monotonic() - began
        yield chunk
        if spent > seconds:
            raise ChatError(f"the chat model took longer than {seconds:g} seconds")


def _text(content: Any) -> str:
    """A chunk's text; blocks that are no text (thinking, tool calls) are left out."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(
            block if isinstance(block, str) else str(block.get("text") or "")
            for block in content
            if isinstance(block, str | dict)
        )
    return ""


def _kind(error: Exception, written: int) -> str:
    """What went wrong in our own words, with the HTTP status; never the provider's message."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    name = type(error).__name__
    if status == 429 or "ratelimit" in name.casefold():
        return "is at its rate limit (HTTP 429)"
    if "timeout" in name.casefold():
        return "did not answer in time"
    if status:
        return f"answered with HTTP {status}"
    if "connect" in name.casefold() and not written:
        return "cannot be reached"
    return f"broke off ({name})"
