"""Follow-ups and translations by a chat model, believed only as far as their names and numbers were there before.

The rules of `qa.language.conversation.standalone` answer whenever the model fails, answers instead of asking, or brings in a name or number
that neither the conversation nor the question has: a question that was made up would find the wrong articles.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from qa.answer.generative import prompts
from qa.answer.generative.sanitise import defuse
from qa.errors import ChatError
from qa.language import text
from qa.language.annotate import names
from qa.language.annotate.prompt_injection import speaks_to_a_machine
from qa.language.conversation.standalone import standalone as by_rules
from qa.language.question.question_types import asked
from qa.schema import Language, Turn

if TYPE_CHECKING:
    from qa.protocols import Chat

TURNS = 3
"""Earlier turns that the model is shown; older ones are rarely meant."""

_SHOWN_CHARS = 800  # characters of an earlier answer that the model is shown
_LONGEST = 300


class ChatRewriter:
    """Rewriter by a chat model, and by rules where its words are not sound."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat

    def rewrite(self, question: str, history: Sequence[Turn]) -> str:
        """The question as it would have been asked without the turns before it."""
        return standalone(self._chat, question, history)


def standalone(chat: Chat, question: str, history: Sequence[Turn]) -> str:
    """The question as it would have been asked without the turns before it, by `chat` if its words are sound, else by rules."""
    if not history:
        return question
    transcript = "\n".join(f"- {defuse(turn.question)}\n  {defuse(turn.answer[:_SHOWN_CHARS])}" for turn in history[-TURNS:])
    mark = hashlib.sha256(f"{question}\0{transcript}".encode(errors="replace")).hexdigest()[:8]
    system, user = prompts.load("followup", text.language(question)).fill(
        open=f"<<{mark}", close=f"{mark}>>", history=transcript, question=defuse(question)
    )
    known = " ".join([question, *(f"{turn.question} {turn.answer[:_SHOWN_CHARS]}" for turn in history)])
    line = _sound(chat, system, user, known)
    return line if line and _asks_the_same(line, question) else by_rules(question, history)


def translated(chat: Chat, question: str, to: Language) -> str:
    """The question in the language `to`, for searching; the question itself where the model's words are not sound.

    Numbers must stay; names may change their spelling ("North Korea", "Korea Utara"), so they are not compared.
    """
    if text.language(question) == to:
        return question
    mark = hashlib.sha256(question.encode(errors="replace")).hexdigest()[:8]
    system, user = prompts.load("translate", to).fill(open=f"<<{mark}", close=f"{mark}>>", question=defuse(question))
    line = _line(chat, system, user)
    sound = text.language(line) == to and line.endswith("?") >= question.rstrip().endswith("?")
    return line if line and sound and _figures(line) == _figures(question) else question


def _sound(chat: Chat, system: str, user: str, known: str) -> str:
    """The model's one line if it adds no name and no number to what was known, else ""."""
    line = _line(chat, system, user)
    there = set(text.terms(known))
    added = [line[start:end] for start, end in names.names(line) if not set(text.terms(line[start:end])) <= there]
    return "" if added or not _figures(line) <= _figures(known) else line


def _asks_the_same(line: str, question: str) -> bool:
    """Is the line a question, and of the kind that was asked, as far as its words showed one? A model may answer instead of asking."""
    was, now = (asked(words, text.language(words)) for words in (question, line))
    return now.kind == was.kind if was.interrogative else bool(now.interrogative) or line.endswith("?")


def _line(chat: Chat, system: str, user: str) -> str:
    try:
        reply = "".join(chat.say(system, user))
    except ChatError:
        return ""  # rewriting is optional: the rules work without it
    lines = [line.strip().strip("\"'“”*-").strip() for line in reply.splitlines() if line.strip()]
    return lines[0] if len(lines) == 1 and len(lines[0]) <= _LONGEST and not speaks_to_a_machine(lines[0]) else ""


def _figures(words: str) -> set[str]:
    return {term for term in text.terms(words) if any(character.isdigit() for character in term)}
