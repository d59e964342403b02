"""The prose given to a chat model: read from prompts/, placeholders checked, hashed into each answer's trace.

A prompt is one Markdown file a duty and language ("answer.id.md") with the two headings `## system` and `## user`, and
placeholders in double braces. What fills a placeholder is never read again for placeholders: an article that says
"{{question}}" says just that.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from qa.errors import PromptError
from qa.schema import LANGUAGES, Language

Duty = Literal["answer", "followup", "translate"]

PLACEHOLDERS: dict[Duty, frozenset[str]] = {
    "answer": frozenset({"open", "close", "passages", "question", "sentences"}),
    "followup": frozenset({"open", "close", "history", "question"}),
    "translate": frozenset({"open", "close", "question"}),
}
"""What each duty is filled with; a file must use all of these and no others."""

_PLACEHOLDER = re.compile(r"\{\{\s*(\w*)\s*\}\}")
_HEADING = re.compile(r"^## (\w+)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """A prompt before it is filled. `hash`: 12 hex digits over the file's characters."""

    duty: Duty
    language: Language
    system: str
    user: str
    hash: str

    @property
    def name(self) -> str:
        """As a trace names it: "answer.id@0123456789ab"."""
        return f"{self.duty}.{self.language}@{self.hash}"

    def fill(self, **values: str) -> tuple[str, str]:
        """(system, user) with every placeholder filled. Raises PromptError when a value is missing or there is one too many."""
        wanted = PLACEHOLDERS[self.duty]
        if off := wanted ^ set(values):
            raise PromptError(
                f"prompt '{self.duty}' is filled with the wrong values: {', '.join(sorted(off))}. It takes: {', '.join(sorted(wanted))}"
            )
        system, user = (_PLACEHOLDER.sub(lambda found: values[found[1]], part) for part in (self.system, self.user))
        return system, user


def folder() -> Path:
    """Where the prompts lie: inside the installed package, or at the top of the project's own tree."""
    shipped = Path(__file__).parents[2] / "_prompts"
    return shipped if shipped.is_dir() else Path(__file__).parents[3] / "prompts"


@cache
def load(duty: Duty, language: Language, place: Path | None = None) -> Prompt:
    """The prompt of a duty in a language. Raises PromptError naming the file and what is wrong with it."""
    if duty not in PLACEHOLDERS or language not in LANGUAGES:
        raise PromptError(
            f"no prompt '{duty}.{language}'. Known duties: {', '.join(PLACEHOLDERS)}; languages: {', '.join(LANGUAGES)}"
        )
    path = (place or folder()) / f"{duty}.{language}.md"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{path}: cannot be read ({error}). Cure: reinstall sitasi, or put the file back") from error
    system, user = _sections(path, text)
    used = set(_PLACEHOLDER.findall(system + user))
    if off := used ^ PLACEHOLDERS[duty]:
        wanted = ", ".join(sorted(PLACEHOLDERS[duty]))
        raise PromptError(f"{path}: the placeholders {', '.join(sorted(off))} are missing or unknown. It takes exactly: {wanted}")
    return Prompt(duty=duty, language=language, system=system, user=user, hash=hashlib.sha256(text.encode()).hexdigest()[:12])


def _sections(path: Path, text: str) -> tuple[str, str]:
    parts = _HEADING.split(text)
    sections = {name: body.strip() for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    if parts[0].strip() or list(sections) != ["system", "user"] or len(parts) != 5 or not all(sections.values()):
        raise PromptError(f"{path}: needs exactly the headings '## system' and '## user', in this order, with words under both")
    return sections["system"], sections["user"]
