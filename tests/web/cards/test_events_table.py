"""The timeline as a table."""

from __future__ import annotations

from datetime import date

from qa.web.cards.events_table import events, timeline_html, when
from qa.web.wording.languages import words

ID, EN = words("id"), words("en")


def test_every_row_leads_to_the_very_words_of_its_source(assistant):
    found = events(assistant, "Vostochny")
    assert found
    html = timeline_html("Vostochny", found, ID)
    lead = found[0].citations[0]
    assert f'data-follow="{lead.article_id}" data-start="{lead.start}" data-end="{lead.end}"' in html
    assert assistant.article(lead.article_id).text[lead.start : lead.end] == lead.quote
    assert f"{len(found)} peristiwa tentang Vostochny" in html
    assert html.count("<tr>") == 1 + len(found)


def test_days_are_given_as_precisely_as_they_are_known():
    day = date(2016, 4, 28)
    assert when(day, day, "day", ID) == "28 April 2016"
    assert when(day, day, "month", EN) == "April 2016"
    assert when(day, day, "year", ID) == "2016"
    assert when(date(1990, 1, 1), day, "decade", ID) == "1990-an"
    assert when(day, date(2016, 5, 1), "range", ID) == "28 April 2016 sampai 1 Mei 2016"


def test_a_name_without_events_and_no_name_have_messages(fake):
    assert events(fake, "Pasar") == ()
    assert "Tidak ada peristiwa bertanggal tentang &lt;b&gt;" in timeline_html("<b>", (), ID)
    assert "Tulis sebuah nama" in timeline_html("  ", (), ID)
