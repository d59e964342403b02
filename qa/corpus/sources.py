"""How many independent sources report what several articles tell.

Two articles are one source when an outlet wrote both, when they are near-copies (one story), when both have it from a third, or
when one has it from the other's outlet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.language.speech.relays import origin, outlet_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An article that tells something: `story` is its earliest near-copy's id ("" when it has none), `text` its words."""

    article_id: str
    outlet: str = ""
    story: str = ""
    text: str = ""


def independent(sources: Sequence[Source]) -> tuple[int, int]:
    """(independent sources, copies): together they are the different articles among `sources`."""
    articles = list(dict.fromkeys(source.article_id for source in sources))
    root: dict[str, str] = {}

    def top(key: str) -> str:
        root.setdefault(key, key)
        while root[key] != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for source in sources:
        mine = top(f"article {source.article_id}")
        keys = [f"story {source.story}"] if source.story else []
        keys += [f"outlet {outlet_key(source.outlet)}"] if source.outlet else []
        keys += [f"outlet {outlet_key(name)}"] if (name := origin(source.text)) else []
        for key in keys:
            root[top(key)] = mine
            mine = top(mine)
    groups = {top(f"article {article}") for article in articles}
    return len(groups), len(articles) - len(groups)


def counted(sources: Sequence[Source], language: str = "id") -> str:
    """The count in words: "3 sumber independen, 2 salinan"."""
    return in_words(*independent(sources), language)


def in_words(alone: int, copied: int, language: str = "id") -> str:
    """Independent sources and copies of them in words: "3 sumber independen, 2 salinan"."""
    if language == "en":
        head = f"{alone} independent source{'s' if alone != 1 else ''}"
        return head + (f", {copied} cop{'ies' if copied != 1 else 'y'}" if copied else "")
    return f"{alone} sumber independen" + (f", {copied} salinan" if copied else "")
