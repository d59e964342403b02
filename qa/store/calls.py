"""Calls over the network that end: each has a deadline, is tried again where that may help, and fails in words with a cure."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from qa.errors import MissingExtraError, StoreError

if TYPE_CHECKING:
    from qa.store.address import Address

T = TypeVar("T")

ATTEMPTS = 3
PAUSE = 0.1  # seconds before the second attempt, twice as many before the third
WORDS_FROM = (2, 5)  # the first Milvus that scores words (BM25 functions)
_GONE = {1, 2, 106, 503}  # codes of Milvus: unexpected, cannot connect, no replica is available, a shard leader is missing


class Calls:
    """One server. `seconds` is the deadline of one attempt; a call ends after ATTEMPTS of them and the pauses between."""

    def __init__(self, address: Address, *, token: str = "", seconds: float = 3.0) -> None:
        try:
            import grpc
            from pymilvus import MilvusClient
            from pymilvus.exceptions import MilvusException
        except ImportError as error:
            raise MissingExtraError("pymilvus", "milvus", f"the store at {address}") from error
        logging.getLogger("pymilvus").setLevel(
            logging.CRITICAL
        )  # it logs each failure with a traceback; ours are raised in words
        self.address = address
        self.seconds = seconds
        self._lost: tuple[type[Exception], ...] = (grpc.RpcError, grpc.FutureTimeoutError)
        self._failed: Any = MilvusException
        self._detailed: Any = grpc.Call  # what an error of grpc is that has words of its own
        self._refused: Any = grpc.StatusCode.UNAUTHENTICATED
        self.client: Any = self._within(
            lambda timeout: MilvusClient(uri=address.uri, token=token, db_name=address.database, timeout=timeout), "connecting"
        )
        self.version = str(self("asking for its version", lambda client, timeout: client.get_server_version(timeout=timeout)))

    def __call__(self, doing: str, call: Callable[[Any, float], T], *, seconds: float | None = None) -> T:
        """What `call(client, timeout)` gives. Raises StoreError when no attempt succeeds, or at once for what no repetition mends."""
        return self._within(lambda timeout: call(self.client, timeout), doing, seconds)

    @property
    def words(self) -> bool:
        """Whether the server can search words: Milvus from 2.5, and Milvus Lite from 3.0."""
        return scores_words(self.version)

    def close(self) -> None:
        """Let the connection go."""
        self.client.close()

    def _within(self, call: Callable[[float], T], doing: str, seconds: float | None = None) -> T:
        timeout = self.seconds if seconds is None else seconds
        for attempt in range(ATTEMPTS):
            if attempt:
                time.sleep(PAUSE * 2 ** (attempt - 1))
            try:
                return call(timeout)
            except self._lost as error:
                last: Exception = error
                self._check_token(error)
            except self._failed as error:
                self._check_token(error)
                if error.code not in _GONE:
                    raise StoreError(f"Milvus at {self.address}: {doing} failed ({self._words(error)})") from error
                last = error
        raise StoreError(
            f"Milvus at {self.address} gave no answer in {timeout:g} s, {ATTEMPTS} times, when {doing} ({self._words(last)}). "
            "Cure: is it running, and is this its address? A longer store.seconds for a slow one; without --store the index here answers"
        ) from last

    def _check_token(self, error: Exception) -> None:
        """The client says of a refused token that there is no server, and has the refusal among the causes (which may be a ring)."""
        seen: list[BaseException] = []
        cause: BaseException | None = error
        while cause is not None and cause not in seen:
            if isinstance(cause, self._detailed) and cause.code() == self._refused:
                raise StoreError(f"Milvus at {self.address} refuses the token. Cure: QA_STORE__TOKEN=USER:PASSWORD") from error
            seen.append(cause)
            cause = cause.__cause__ or cause.__context__

    def _words(self, error: Exception) -> str:
        """What an error of the client says, in one line."""
        message = (
            error.message if isinstance(error, self._failed) else error.details() if isinstance(error, self._detailed) else ""
        )
        return " ".join(str(message or error).split())[:300] or type(error).__name__


def scores_words(version: str) -> bool:
    """Whether a server of this version scores words.

    >>> scores_words("v2.5.4"), scores_words("2.3.5"), scores_words("milvus_lite-3.2.2"), scores_words("")
    (True, False, True, False)
    """
    numbers = version.removeprefix("milvus_lite-").removeprefix("v").split("-")[0].split(".")
    found = tuple(int(number) for number in numbers[:2] if number.isdigit())
    return found >= WORDS_FROM
