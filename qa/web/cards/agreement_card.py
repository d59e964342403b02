"""How the sources of an answer relate to one another: a card with each side, its outlet and day, and the citations that give it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.web.render.source import escape
from qa.web.wording.card_words import CARDS

if TYPE_CHECKING:
    from qa.agreement import Agreement, Variant
    from qa.schema import Answer
    from qa.web.wording.languages import Words


def agreement_html(answer: Answer, turn: int, words: Words) -> str:
    """The card of an answer whose sources were compared; "" where there is one source."""
    agreement = answer.agreement
    if agreement is None or (agreement.verdict == "single" and len(agreement.variants) < 2):
        return ""
    labels = CARDS[words.language]
    sides = "".join(_side(variant, answer, turn, words) for variant in agreement.variants)
    listed = f'<ul class="sides">{sides}</ul>' if sides else ""
    return (
        f'<section class="agreement {escape(agreement.verdict)}" aria-label="{escape(labels.verdicts[agreement.verdict])}">'
        f'<h4>{escape(labels.verdicts[agreement.verdict])}</h4><p class="card-about">{escape(sources(agreement, words))}</p>{listed}</section>'
    )


def sources(agreement: Agreement, words: Words) -> str:
    """How many independent sources support an answer, and how many copies."""
    labels = CARDS[words.language]
    alone = (labels.independent if agreement.independent == 1 else labels.independents).format(
        n=words.number(agreement.independent)
    )
    return f"{alone}, {labels.copies.format(n=words.number(agreement.copies))}" if agreement.copies else alone


def _side(variant: Variant, answer: Answer, turn: int, words: Words) -> str:
    labels = CARDS[words.language]
    first = next((c for c in answer.citations if c.n in variant.citations), None)
    outlet = variant.outlet or (first.outlet if first else "")
    published = variant.published or (first.published if first else None)
    about = " · ".join(
        part for part in (outlet or labels.unknown_outlet, words.day(published) if published else "", variant.scope) if part
    )
    chips = "".join(
        f'<button type="button" class="chip" data-turn="{turn}" data-cite="{n}" aria-label="{escape(words.open_source.format(n=n))}">{n}</button>'
        for n in variant.citations
    )
    return (
        f'<li><span class="side-value"><strong dir="auto">{escape(variant.value)}</strong> {chips}</span>'
        f'<span class="card-about" dir="auto">{escape(about)}</span></li>'
    )
