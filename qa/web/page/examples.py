"""Example questions made from the archive itself, and offered only when the assistant answers them.

Indonesian lets a question word precede an unchanged clause ("Kapan" + "Kim tiba di Rusia"), so general patterns over
plain sentences give questions that people would write. Each candidate is put to the assistant first.
"""

from __future__ import annotations

import logging
import re
import time
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from qa.schema import Article
    from qa.web.protocol import Assisting

_log = logging.getLogger(__name__)

ARTICLES = 12  # articles looked into
TRIES = 24  # candidates put to the assistant: each costs one answer's time
SECONDS = 6.0  # from the first answer on, which opens the models; then what was found is enough: the page waits for it

_DAY = r"(?:hari )?(?:Senin|Selasa|Rabu|Kamis|Jumat|Jum'at|Sabtu|Minggu|tahun \d{4}|\d{1,2} [A-Z][a-z]+)"
_NAME = r"[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}"
_CLAUSE = r"(?P<clause>[A-Z][^,;:.!?\"\u201c\u201d()\n]{15,75}?)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Kapan {clause}?", re.compile(rf"(?:^|(?<=[.!?] )){_CLAUSE} pada {_DAY}", re.MULTILINE)),
    ("Apa kata {clause}?", re.compile(rf"[\"\u201d],? (?:kata|ujar|tutur|ucap) (?P<clause>{_NAME})")),
    (
        "Mengapa {clause}?",
        re.compile(rf"(?:^|(?<=[.!?] )){_CLAUSE} (?:karena|lantaran|untuk mengurangi|untuk mencegah)\b", re.MULTILINE),
    ),
    ("Apa itu {clause}?", re.compile(rf"(?:^|(?<=[.!?] ))(?P<clause>{_NAME}) (?:adalah|merupakan) ", re.MULTILINE)),
    ("What did {clause} say?", re.compile(rf"[\"\u201d],? (?P<clause>{_NAME}) said")),
    ("When did {clause} speak?", re.compile(rf"(?:^|(?<=[.!?] ))(?P<clause>{_NAME}) said on [A-Z]", re.MULTILINE)),
)
# A clause that points outside itself ("Pertemuan tersebut", "Ia berujar") asks nothing by itself.
_POINTS_AWAY = re.compile(
    r"\b(?:itu|ini|tersebut|keduanya|kedua|dia|ia|nya|mereka|kami|kita|saya|sana|sini|sementara|namun|tetapi|sebelumnya|saat|ketika|pada|"
    r"this|that|these|he|she|it|they|we|who|which|yang)\b|nya\b",
    re.IGNORECASE,
)


def examples(assistant: Assisting, n: int) -> tuple[str, ...]:
    """Up to `n` questions that the assistant answers now, of as many kinds and from as many articles as there are.

    A chat model is not asked: nobody pays or waits for an offer.
    """
    assistant = plain(assistant)
    kept: list[str] = []
    end = float("inf")
    for question in list(candidates(_sample(assistant)))[:TRIES]:
        if len(kept) == n or (kept and time.monotonic() > end):
            break
        try:
            answer = assistant.ask(question)
        except Exception as error:  # noqa: BLE001 - an example is an offer: what cannot be answered is not offered, and the page opens
            _log.info("no example: %s", question, exc_info=error)
            continue
        finally:
            end = min(end, time.monotonic() + SECONDS)
        if not answer.abstained and answer.citations:
            kept.append(question)
    return tuple(kept)


def candidates(articles: Sequence[Article]) -> Iterator[str]:
    """Questions from plain sentences, unmasked text alone, kinds taking turns; each once."""
    texts = [_unmasked(article) for article in articles]
    kinds = [
        [template.format(clause=_lowered(c, texts)) for text in texts for c in _clauses(pattern, text)]
        for template, pattern in _PATTERNS
    ]
    turns = chain.from_iterable(zip_longest(*kinds))
    yield from dict.fromkeys(question for question in turns if question is not None)


def _clauses(pattern: re.Pattern[str], text: str) -> list[str]:
    found = (" ".join(match["clause"].split()) for match in pattern.finditer(text))
    return [clause for clause in found if not _POINTS_AWAY.search(clause)][:2]


def _lowered(clause: str, texts: Sequence[str]) -> str:
    """A clause without the capital of its sentence's beginning, where the archive writes that word small elsewhere."""
    first, *_ = clause.split(" ", 1)
    small = first[0].lower() + first[1:]
    common = any(re.search(rf"\b{re.escape(small)}\b", text) for text in texts)
    return small + clause[len(first) :] if common else clause


def _unmasked(article: Article) -> str:
    text = list(article.text)
    for mask in article.masks:
        text[mask.start : mask.end] = "\n" * (mask.end - mask.start)
    return "".join(text)


def plain(assistant: Assisting) -> Assisting:
    """The same index without the chat model, where the assistant has one; of a service, what it does not count."""
    from qa.web.serving.service import Service

    if isinstance(assistant, Service):
        return assistant.plain
    from qa.assistant import Assistant

    if not isinstance(assistant, Assistant) or not assistant.settings.chat.model:
        return assistant
    settings = assistant.settings
    return Assistant.open(assistant.name, settings=settings.model_copy(update={"chat": type(settings.chat)()}))


def _sample(assistant: Assisting) -> list[Article]:
    """Articles spread evenly over the archive."""
    rows = assistant.articles()
    step = max(1, len(rows) // ARTICLES)
    return [assistant.article(row.id) for row in rows[::step][:ARTICLES]]
