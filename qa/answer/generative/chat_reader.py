"""The reader with a chat model: prompt -> prose -> claims with quotes that are in the passages -> Draft.

Proof before speech: a sentence is proposed when its quote was found and carries it, and not before; so sentences can be shown
while the model still writes. When the model fails, or nothing of what it says can be proved, the extractive reader
answers instead and the draft's note says so. What was proved before a stream broke is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qa.answer.generative import prompts
from qa.answer.generative.claim_attribution import Proved, Prover
from qa.answer.generative.reply import Parser, ReplySentence
from qa.answer.generative.sanitise import defuse, locate, wall
from qa.errors import ChatError
from qa.schema import Claim, Draft, Drop, Hit, Query

if TYPE_CHECKING:
    from qa.protocols import Chat, Reader, Verifier

RECITED = "cited anew"
"""How a drop begins that took a sentence's quote and not the sentence."""

YES_NO = frozenset({"Ya", "Tidak", "Yes", "No"})


class GenerativeReader:
    """Answers in prose by `chat`; what cannot be proved by the passages is not said, and `fallback` answers when nothing is left.

    passages: how many hits the model is shown (more context is not better: ALCE finds a plateau at the top 3). threshold: the
    support that a sentence needs, and so the least confidence of a draft. sentences: how many the prompt asks for.
    """

    def __init__(
        self,
        chat: Chat,
        fallback: Reader,
        *,
        verifier: Verifier | None = None,
        threshold: float = 0.5,
        passages: int = 6,
        sentences: int = 3,
    ) -> None:
        self._chat = chat
        self._fallback = fallback
        self._verifier = verifier
        self._threshold = threshold
        self._passages = passages
        self._sentences = sentences

    @property
    def name(self) -> str:
        """As a trace names it."""
        return f"generative:{self._chat.name}"

    def read(self, query: Query, hits: Sequence[Hit]) -> Draft:
        """The whole draft at once."""
        *_, draft = self.stream(query, hits)
        if not isinstance(draft, Draft):  # the stream's last item, by construction
            raise TypeError("stream ended without a draft")
        return draft

    def stream(self, query: Query, hits: Sequence[Hit]) -> Iterator[Claim | Draft]:
        """Each claim as it is proved, and at last the Draft with all of them."""
        shown = tuple(hits)[: self._passages]
        prompt = prompts.load("answer", query.language)
        question = defuse(query.standalone or query.text)
        walled = wall(question, shown)
        system, user = prompt.fill(
            open=walled.open, close=walled.close, passages=walled.passages, question=question, sentences=str(self._sentences)
        )
        parser = Parser()
        prover = Prover(shown, verifier=self._verifier, threshold=self._threshold)
        proved: list[Proved] = []
        drops: list[Drop] = []
        note = ""
        for sentence in self._sentences_of(parser, system, user):
            if isinstance(sentence, ChatError):
                note = str(sentence)
                break
            found = prover.prove(sentence)
            if isinstance(found, Drop):
                drops.append(found)
                continue
            if found.recited and any(cited.quote for cited in sentence.cited):  # the sentence stays, the model's own quote goes
                quote = next(cited.quote for cited in sentence.cited if cited.quote)
                drops.append(Drop(claim=sentence.text, quote=quote, why=f"{RECITED}: {found.recited}"))
            if any(one.claim == found.claim for one in proved):
                continue
            proved.append(found)
            yield found.claim
        if not proved:
            yield self._without(query, hits, parser, drops, note=note, prompt=prompt.name)
            return
        yield Draft(
            claims=tuple(one.claim for one in proved),
            short=_short(parser.short, query, proved),
            raw=parser.raw,
            confidence=sum(one.support for one in proved) / len(proved),
            dropped=tuple(drops),
            note=f"{note}; what it had said and was proved is kept" if note else "",
            prompt=prompt.name,
        )

    def _sentences_of(self, parser: Parser, system: str, user: str) -> Iterator[ReplySentence | ChatError]:
        """The sentences as they become whole; a failure comes last, after what was whole before it."""
        try:
            for piece in self._chat.say(system, user):
                yield from parser.feed(piece)
        except ChatError as error:
            # A line that was cut off by a broken stream is not read: half a sentence may say the opposite of the whole.
            yield error
            return
        yield from parser.close()

    def _without(
        self, query: Query, hits: Sequence[Hit], parser: Parser, drops: Sequence[Drop], *, note: str, prompt: str
    ) -> Draft:
        """No sentence was proved: the model's own "I do not know", or what the extractive reader finds."""
        if parser.nothing and not note and not drops:
            return Draft(raw=parser.raw, reason="not-in-articles", dropped=tuple(drops), prompt=prompt)
        why = note or (
            "nothing that the chat model said could be proved" if drops else "the chat model's reply had no sentence in it"
        )
        draft = self._fallback.read(query, hits)
        return Draft(
            claims=draft.claims,
            short=draft.short,
            raw=parser.raw,
            confidence=draft.confidence,
            reason=draft.reason,
            dropped=(*drops, *draft.dropped),
            note=f"{why}; the answer is the articles' own words",
            prompt=prompt,
        )


def _short(short: str, query: Query, proved: Sequence[Proved]) -> str:
    """The model's short answer in the letters of a proved quote, "" when it is in none."""
    if query.kind == "yes_no" and short.strip(" .") in YES_NO:
        return short.strip(" .")
    for one in proved:
        if span := locate(short, one.claim.quote):
            return one.claim.quote[slice(*span)]
    return ""
