"""The card of an answer's sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qa.agreement import Agreement, Variant
from qa.web.cards.agreement_card import agreement_html, sources
from qa.web.wording.languages import words

ID, EN = words("id"), words("en")


def compared(fake, verdict="contradict", **more):
    answer = fake.ask("Siapa yang membuka Pasar Minggu pada Senin?")
    variants = (
        Variant(value="320 kios", citations=(1,), outlet="Koran Uji", published=date(2024, 3, 4)),
        Variant(value="<b>410 kios", citations=(2,), scope="Blok B"),
    )
    return replace(answer, agreement=Agreement(independent=2, copies=1, variants=variants, verdict=verdict, **more))


def test_each_side_has_its_value_outlet_day_and_the_numbers_that_open_its_words(fake):
    html = agreement_html(compared(fake), 3, ID)
    assert "Sumber-sumber berbeda" in html
    assert "2 sumber independen, 1 salinan" in html
    assert "Koran Uji · 4 Maret 2024" in html
    assert "media tidak diketahui · Blok B" in html
    assert 'data-turn="3" data-cite="2"' in html
    assert "&lt;b&gt;410 kios" in html
    assert "The sources differ" in agreement_html(compared(fake), 3, EN)


def test_one_source_alone_has_no_card(fake):
    answer = compared(fake)
    alone = Agreement(independent=1, copies=0, variants=answer.agreement.variants[:1], verdict="single")
    assert agreement_html(replace(answer, agreement=alone), 0, ID) == ""
    assert agreement_html(replace(answer, agreement=None), 0, ID) == ""
    assert sources(alone, EN) == "1 independent source"
