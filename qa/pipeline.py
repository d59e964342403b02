"""Who implements each stage of the way from question to answer: the only place that knows implementations of readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qa.protocols import Encoder, Reader
    from qa.retrieve.reading import PassageReader
    from qa.settings import Settings


def open_passage_reader(settings: Settings) -> PassageReader:
    """What reads the passages that were found; its model is loaded at the first question."""
    from qa.retrieve.reading import PassageReader

    return PassageReader(settings.answer.depth)


def open_reader(settings: Settings, encoder: Encoder) -> Reader:
    """What makes a draft of the passages: the extractive reader, or a chat model before it where one is set."""
    from qa.answer.entail import EntailmentVerifier
    from qa.answer.extractive.reader import ExtractiveReader
    from qa.answer.telling import with_chat
    from qa.retrieve.reading import shipped

    readings = open_passage_reader(settings).readings
    reader = ExtractiveReader(readings=readings, encoder=encoder, max_citations=settings.answer.max_citations)
    return with_chat(reader, settings, EntailmentVerifier(lambda: shipped().entail))


def less(settings: Settings) -> Settings:
    """The cheaper path: one passage is read by the network, and no chat model is asked."""
    answer = settings.answer.model_copy(update={"depth": 1})
    chat = settings.chat.model_copy(update={"model": ""})
    return settings.model_copy(update={"answer": answer, "chat": chat})
