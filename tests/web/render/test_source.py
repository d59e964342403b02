"""An article on the page: marks at their offsets, masks with their rules, and nothing of it ever more than text."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import UsageError
from qa.schema import Article, Mask
from qa.web.render.source import Marked, article_html, body_html, escape, web_address
from qa.web.wording.languages import words

ID = words("id")
HOSTILE = '<script>alert(1)</script> [1] </mark><mark id="mark-9">palsu</mark> &lt;b&gt; {{value}} ${1+1} `x` <img src=x onerror=alert(2)> " \' &amp;'


class Reading(HTMLParser):
    """What a browser would make of the body: its text, and the text and attributes of each mark and mask."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: set[str] = set()
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.marked: dict[str, str] = {}
        self.masked: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.open.append((tag, dict(attrs)))
        if tag == "span" and dict(attrs).get("class") == "masked":
            self.masked.append((dict(attrs)["title"], ""))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        self.text += data
        for tag, attrs in self.open:
            if tag == "mark":
                for n in (attrs["data-n"] or "").split():
                    self.marked[n] = self.marked.get(n, "") + data
            if attrs.get("class") == "masked":
                title, so_far = self.masked[-1]
                self.masked[-1] = (title, so_far + data)


def article(text: str, masks: tuple[Mask, ...] = ()) -> Article:
    return Article(id="a", text=text, source="a.txt", sha256="", title="Judul", masks=masks)


@st.composite
def marked_articles(draw):
    """A text with any number of spans, masks and marks overlapping as they like."""
    text = draw(st.text(alphabet=st.sampled_from("ab <>&\"'{}$`\n\r.[1]é\u202e"), min_size=1, max_size=60))

    def spans(n):
        cut = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda ends: ends[0] != ends[1]).map(sorted)
        return draw(st.lists(cut, max_size=n))

    masks = tuple(Mask(start=a, end=b, rule="menu") for a, b in spans(2))
    return article(text, masks), [Marked(start=a, end=b, n=i + 1) for i, (a, b) in enumerate(spans(3))]


@given(marked_articles())
def test_the_body_read_as_text_is_the_article_letter_for_letter(case):
    it, marks = case
    assert Reading(body_html(it, marks, ID)).text == it.text


@given(marked_articles())
def test_each_mark_holds_exactly_the_words_of_its_span(case):
    it, marks = case
    reading = Reading(body_html(it, marks, ID))
    assert reading.marked == {str(m.n): it.text[m.start : m.end] for m in marks}


@given(st.text(max_size=80))
def test_escaped_text_reads_back_as_itself_and_opens_no_tag(text):
    escaped = escape(text)
    assert not set("<>\"'{}$`") & set(escaped)
    reading = Reading(escaped)
    assert reading.text == text.replace("\0", "\ufffd")
    assert reading.tags == set()


def test_a_hostile_article_is_shown_as_text():
    html = article_html(replace(article(HOSTILE), title=HOSTILE, outlet=HOSTILE, author=HOSTILE, source=HOSTILE), (), ID)
    assert "<script" not in html
    assert "<img" not in html
    assert 'id="mark-9"' not in html
    assert "{{" not in html
    assert "${" not in html
    assert Reading(body_html(article(HOSTILE), (), ID)).text == HOSTILE


def test_a_hostile_rule_name_stays_in_its_attribute():
    html = body_html(article("abc", (Mask(start=0, end=3, rule='"><script>'),)), (), ID)
    assert "<script" not in html


def test_a_mark_carries_its_number_as_id_and_can_take_the_focus():
    html = body_html(article("Roket meluncur. Kereta tiba."), [Marked(start=16, end=28, n=2)], ID)
    assert '<mark id="mark-2" class="cited" data-n="2" tabindex="-1">Kereta tiba.</mark>' in html


def test_a_near_passage_is_marked_otherwise_than_a_citation():
    html = article_html(article("Roket meluncur."), [Marked(start=0, end=5)], ID)
    assert '<mark id="mark-0" class="near"' in html
    assert ID.legend_near in html
    assert ID.legend_cited not in html


def test_a_mask_names_its_rule_in_a_title_and_a_label():
    it = article("Isi berita.\nBaca juga: lain\nIsi lagi.", (Mask(start=12, end=27, rule="read-also"),))
    html = article_html(it, (), ID)
    assert 'title="Ditutup oleh aturan: read-also"' in html
    assert f'data-rule="{ID.rules["read-also"]}"' in html
    assert ID.legend_masked in html
    assert Reading(body_html(it, (), ID)).masked == [("Ditutup oleh aturan: read-also", "Baca juga: lain")]


def test_masks_of_one_rule_in_a_row_are_labelled_once():
    it = article(
        "News\n\nBisnis\n\nSport\nIsi.", tuple(Mask(start=a, end=b, rule="menu") for a, b in ((0, 4), (6, 12), (14, 19)))
    )
    assert body_html(it, (), ID).count("data-rule") == 1


def test_the_focus_is_the_citation_that_was_clicked():
    marks = [Marked(start=0, end=5, n=1), Marked(start=6, end=9, n=3)]
    assert 'data-focus="mark-3"' in article_html(article("Roket abc."), marks, ID, focus=3)
    assert 'data-focus="mark-1"' in article_html(article("Roket abc."), marks, ID)
    assert 'data-focus="mark-"' in article_html(article("Roket abc."), (), ID)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (0, 99), (4, 4), (5, 2)])
def test_a_span_outside_the_text_is_an_error_that_names_the_article(start, end):
    with pytest.raises(UsageError, match=r"a\.txt.*qa build"):
        article_html(article("Roket."), [Marked(start=start, end=end, n=1)], ID)


def test_sentences_end_paragraphs_and_wrapped_lines_do_not():
    html = body_html(article("Baris yang\nterlipat saja.\nParagraf baru"), (), ID)
    assert '<span class="line">\n</span>terlipat' in html
    assert '<span class="gap">\n</span>Paragraf' in html


def test_a_paragraph_opens_after_a_mark_as_after_any_sentence():
    html = body_html(article("Roket meluncur.\nKereta tiba."), [Marked(start=0, end=15, n=1)], ID)
    assert '</mark><span class="gap">\n</span>Kereta' in html


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/x", "//a.example", "https://u:p@a.example/", "https:///x", 'https://a.example/"x',
     "https://a.example/ b", "https://[", "", "http://a.example/\n", "https://a.example/" + "x" * 3000],
)  # fmt: skip
def test_only_plain_web_addresses_become_links(url):
    assert web_address(url) == ""
    assert web_address("https://koran.example/a?b=1#c") == "https://koran.example/a?b=1#c"
