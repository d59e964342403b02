"""Examples of the rule-made questions of qa.training.examples.generated_kinds: those that their text answers, and those that come near."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from qa.training import data
from qa.training.examples.generated_kinds import by_kind
from qa.training.examples.mixture import BEGINNING, Example, Texts

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

_PLACE = re.compile(r"\b(?:di|ke) ([A-Z][\w-]+(?: (?:Utara|Selatan|Barat|Timur|Tengah|Raya|Serikat))?)")
OFTEN = 25  # times that a name follows "di" or "ke" in the news, so that it is a place
EACH = 2  # questions a text


def kind_examples(folder: Path, texts: Texts, random: Random, *, size: int) -> tuple[list[Example], list[Example]]:
    """(about `size` answered questions with their texts, near questions with the sentence that does not answer them)."""
    kept = data.held_out(folder)
    news = list(data.texts(folder, data.NEWS, "title", "text"))
    seen = Counter(place for _, body in news for place in _PLACE.findall(body[:BEGINNING]))
    places = tuple(sorted(place for place, count in seen.items() if count >= OFTEN))
    every = list(chain(news, random.sample(list(data.training_leads(folder, kept)), k=min(len(news), size))))
    random.shuffle(every)
    answered: list[Example] = []
    near: list[Example] = []
    for title, body in every:
        if len(answered) >= size:
            break
        begin = body[:BEGINNING]
        options = list(by_kind(begin, places, random))
        for option in random.sample(options, min(EACH, len(options))):
            made = option.made
            question = texts.row(made.question)
            if option.answered:
                answered.append(
                    Example(question, texts.row(begin), texts.row(title), made.start, made.end, answerable=1, relevant=1)
                )
            else:
                near.append(Example(question, texts.row(begin[made.start : made.end]), texts.row(title), answerable=0))
    return answered, near
