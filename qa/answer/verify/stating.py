"""From a reader's comparison to what an answer says of it: proved variants, and the sentence that says how sources differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from qa.agreement import Agreement, Comparison, Variant, Verdict
from qa.language import calendar
from qa.schema import Citation, Claim, Language, Query

Place = tuple[str, int, int]
"""Article id, start and end."""

YES_NO = {"id": ("Ya", "Tidak"), "en": ("Yes", "No")}
"""The closed answers to a yes-no question: the only values that need not be in a quote."""

_OPENS: Mapping[Language, Mapping[str, str]] = {
    "id": {"contradict": "Sumber berbeda", "update": "Diperbarui", "scope": "Berbeda cakupan"},
    "en": {"contradict": "Sources differ", "update": "Updated", "scope": "Of different scope"},
}


def agreed(
    query: Query,
    comparison: Comparison,
    proved: Callable[[Sequence[Claim], int], Sequence[Citation]],
    numbered: Mapping[Place, Citation],
    *,
    max_citations: int,
) -> Agreement | None:
    """The sides whose claims hold, each with its citations; None where none is left.

    A side has one citation at least, whatever `max_citations`, and its value is in the quote of the first unless it is yes or no.
    Where all agree only what the answer cites is cited.

    proved: the citations of the claims that hold, at most so many with those in `numbered`, which takes the new ones.
    """
    variants = []
    stated = len(comparison.sides) > 1  # without a sentence that has its marker nothing new is cited
    for side in comparison.sides:
        claims = [Claim(text=quote, quote=quote, hit_rank=rank) for quote, rank in side.quotes]
        first = proved(claims[:1], len(numbered) + 1)
        polar = query.kind == "yes_no" and side.value in YES_NO[query.language]
        if not first or not (polar or side.value in first[0].quote):
            continue
        cited = [*first, *proved(claims[1:], max_citations if stated else len(numbered))]
        variants.append(
            Variant(
                value=side.value,
                citations=tuple(dict.fromkeys(citation.n for citation in cited)),
                outlet=cited[0].outlet,
                published=cited[0].published,
                scope=side.scope,
                independent=side.independent,
            )
        )
    if not variants:
        return None
    alone = len(variants) < 2 and comparison.verdict in {"update", "contradict"}
    verdict: Verdict = comparison.verdict if not alone else "agree" if variants[0].independent > 1 else "single"
    return Agreement(
        independent=comparison.independent if not alone else variants[0].independent,
        copies=comparison.copies,
        variants=tuple(variants),
        verdict=verdict,
        sentence=sentence(variants, verdict, {citation.n: citation for citation in numbered.values()}, query.language),
    )


def sentence(variants: Sequence[Variant], verdict: Verdict, cited: Mapping[int, Citation], language: Language) -> str:
    """What the answer's text says of `variants`, with the markers of each; "" where all give one value.

    cited: the answer's citations by number. An article without an outlet is named by its title, or else by its source; the year is said
    where the days are of several years.
    """
    if len(variants) < 2:
        return ""
    kind = verdict if verdict in {"contradict", "update"} else "scope"
    ordered = sorted(variants, key=lambda one: (one.published or date.max, one.citations))
    years = len({one.published.year for one in variants if one.published}) > 1
    parts = [
        f"{_who(one, cited[one.citations[0]], language, years=years)}: {' '.join(one.value.split())} "
        f"{''.join(f'[{number}]' for number in one.citations)}"
        for one in ordered
    ]
    return f"{_OPENS[language][kind]}: {'; '.join(parts)}."


def _who(one: Variant, citation: Citation, language: Language, *, years: bool) -> str:
    name = " ".join((one.outlet or citation.title or citation.source).split())
    day = f"{name}, {shown(one.published, language, year=years)}" if one.published else name
    return f"{day} ({' '.join(one.scope.split())})" if one.scope else day


def shown(day: date, language: Language, *, year: bool = True) -> str:
    """A day as people write it.

    >>> shown(date(2024, 5, 3), "id"), shown(date(2024, 5, 3), "en", year=False)
    ('3 Mei 2024', '3 May')
    """
    month = next(name for name, number in calendar.months("full", language=language).items() if number == day.month)
    return f"{day.day} {month.capitalize()}{f' {day.year}' if year else ''}"
