"""What somebody said, over a whole archive: each saying once, dated and cited, the earliest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from qa.answer.verify.citing import as_json, citation
from qa.index.mentioning import Called, called, name_words, naming
from qa.language.speech.attribution import Quotation, quotations
from qa.language.text import fold, terms
from qa.schema import Article, Citation

if TYPE_CHECKING:
    from qa.index.generation import Generation


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A saying, from the earliest article that has it; `copies` counts the further articles with the same words."""

    speaker: str
    role: str
    verb: str
    direct: bool
    via: str
    citation: Citation
    copies: int = 0


def spoken(
    generation: Generation, name: str, *, window: tuple[date, date] | None = None, outlets: Sequence[str] = ()
) -> tuple[Spoken, ...]:
    """What `name` said in the articles of `window` and `outlets`, by day of publication, without a day last."""
    who = called(generation, name, window=window, outlets=outlets)
    return sayings(naming(generation, name, who, window=window, outlets=outlets), name, who)


def sayings(articles: Iterable[Article], name: str, who: Called | None = None) -> tuple[Spoken, ...]:
    """What `name` said in `articles`; `who` says under which forms each has it.

    Without that the name may be a short form ("Putin"), and so may the article's.
    """
    wanted = name_words(name)
    found: list[tuple[Article, Quotation]] = []
    for article in articles:
        masks = [(mask.start, mask.end) for mask in article.masks]
        for one in quotations(article.text, masks, title=article.title):
            theirs = name_words(one.speaker)
            clear = not any(start < one.end and one.start < end for start, end in masks)
            if who is not None:
                theirs_too = one.named and who.means(article.id, one.speaker)
            else:
                theirs_too = wanted <= theirs or (one.named and theirs <= wanted)
            if theirs and theirs_too and clear:
                found.append((article, one))
    found.sort(key=lambda each: (each[0].published or date.max, each[0].source, each[1].start))
    once: dict[str, Spoken] = {}
    for article, one in found:
        words = " ".join(terms(fold(article.text[one.start : one.end])))
        if (before := once.get(words)) is not None:
            if before.citation.article_id != article.id:
                once[words] = replace(before, copies=before.copies + 1)
            continue
        speaker, role = _apart(one, who.entity.name) if who else (one.speaker, one.role)
        once[words] = Spoken(
            speaker=speaker,
            role=role,
            verb=one.verb,
            direct=one.direct,
            via=one.via,
            citation=citation(len(once) + 1, article, one.start, one.end),
        )
    return tuple(once.values())


def _apart(one: Quotation, name: str) -> tuple[str, str]:
    """Speaker and role, with the place of an office to the role: "Lamura Nita Sagala (Wali Kota)" is Nita Sagala, Wali Kota Lamura."""
    if not one.speaker.endswith(f" {name}"):
        return one.speaker, one.role
    return name, f"{one.role} {one.speaker.removesuffix(name)}".strip()


def quote_json(one: Spoken) -> dict[str, Any]:
    """A saying as other programs read it."""
    return {
        "speaker": one.speaker,
        "role": one.role,
        "verb": one.verb,
        "direct": one.direct,
        "via": one.via,
        "copies": one.copies,
        "citation": as_json(one.citation),
    }
