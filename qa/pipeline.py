"""Who implements each stage of the way from question to answer: the only place that knows implementations of readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from qa.corpus.reading.read import Noted, Skipped
    from qa.protocols import Encoder, Reader
    from qa.retrieve.reading import PassageReader
    from qa.schema import Article
    from qa.settings import Settings


def open_passage_reader(settings: Settings) -> PassageReader:
    """What reads the passages that were found; its model is loaded at the first question."""
    from qa.retrieve.reading import PassageReader

    return PassageReader(settings.answer.depth)


def open_reader(settings: Settings, encoder: Encoder) -> Reader:
    """What makes a draft of the passages: the extractive reader, or a chat model before it where one is set."""
    from functools import partial

    from qa.answer.agreement import polar
    from qa.answer.agreement.sides import compared
    from qa.answer.extractive.reader import ExtractiveReader
    from qa.answer.streaming import with_chat
    from qa.answer.verify.entailment import EntailmentVerifier
    from qa.retrieve.reading import entailed, shipped

    readings = open_passage_reader(settings).readings
    reader = ExtractiveReader(
        readings=readings,
        encoder=encoder,
        max_citations=settings.answer.max_citations,
        compare=compared,
        compare_sides=partial(polar.compared, entail=entailed),
    )
    return with_chat(reader, settings, EntailmentVerifier(lambda: shipped().entail))


def read_articles(
    paths: Sequence[str | Path],
    settings: Settings,
    skipped: list[Skipped],
    on_skip: Callable[[Skipped], None] | None,
    progress: Callable[[str], None] | None = None,
    *,
    on_note: Callable[[Noted], None] | None = None,
) -> Iterator[Article]:
    """The articles of files and folders as the settings have them read; what is left out is put into `skipped` too."""
    from qa.corpus.reading.read import read

    def skip(what: Skipped) -> None:
        skipped.append(what)
        if on_skip:
            on_skip(what)

    told = settings.corpus
    return read(paths, max_bytes=told.max_bytes, on_skip=skip, on_note=on_note, follow_links=told.follow_links, progress=progress)
