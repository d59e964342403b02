"""What the page has words for: one language of it, and how that language writes days and numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.schema import Language

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language of the page. Fields with braces are filled with `str.format`."""

    language: Language
    switch: str  # the label of the link to the other language, written in that language
    tagline: str
    index: str
    articles: str
    tab_ask: str
    tab_archive: str
    ask_label: str
    ask_placeholder: str
    ask_button: str
    welcome: str
    welcome_more: str
    examples: str
    you: str
    stages: Mapping[str, str]
    short: str
    sources: str
    open_source: str
    no_answer: str
    empty: str
    perhaps_this: str
    perhaps_here: str
    perhaps_line: str
    perhaps_label: str
    sure_high: str
    sure_fair: str
    sure_low: str
    near: str
    quote_open: str
    quote_close: str
    copy: str
    copied: str
    copy_failed: str
    save: str
    save_whole: str
    forms: Mapping[str, str]  # by the form's name in qa.web.takeaway.takeaway
    saved: str
    print: str
    link_question: str
    link_question_more: str
    link_copied: str
    link_span: str
    link_span_more: str
    original: str
    legend_linked: str
    broken: str
    broken_cure: str
    failed: str
    failed_cure: str
    unexpected: str
    errors: Mapping[str, str]  # by the class's name in qa.errors
    writing: str
    details: str
    confidence: str
    generation: str
    settings: str
    note: str
    dropped: str
    seconds: str
    undated: str
    untitled: str
    close: str
    legend: str
    legend_cited: str
    legend_near: str
    legend_masked: str
    masked_as: str
    rules: Mapping[str, str]
    file: str
    filter_label: str
    filter_placeholder: str
    column_title: str
    column_outlet: str
    column_day: str
    column_source: str
    column_passages: str
    shown_of: str
    none_match: str
    archive_empty: str
    add_hint: str
    add_here: str
    adding: str
    added: str
    added_none: str
    skipped: str
    gone: str
    gone_link: str
    gone_span: str
    new: str
    interrupted: str
    unreadable: str
    unkept: str
    tab_past: str
    past_filter: str
    past_placeholder: str
    past_none: str
    past_no_match: str
    past_where: str
    past_turns: str
    past_rename: str
    past_name: str
    past_save: str
    past_forget: str
    past_forget_sure: str
    keys: str
    keys_close: str
    key_list: Mapping[str, str]  # key -> what it does
    lock_title: str
    lock_label: str
    lock_button: str
    lock_wrong: str
    months: tuple[str, ...]

    def day(self, published: date | None) -> str:
        """A day as a newspaper writes it ("13 September 2023"), or words for "unknown"."""
        return self.undated if published is None else f"{published.day} {self.months[published.month - 1]} {published.year}"

    def number(self, value: int) -> str:
        """Thousands as the language groups them: 1.500 or 1,500."""
        grouped = f"{value:,}"
        return grouped.replace(",", ".") if self.language == "id" else grouped

    def error(self, error: Exception) -> str:
        """What an error of ours means to a visitor: the words of the nearest class that has some."""
        return next(self.errors[kind.__name__] for kind in type(error).__mro__ if kind.__name__ in self.errors)

    def rule(self, name: str) -> str:
        """A mask's rule in words where the page has some, else its own name."""
        return self.rules.get(name, name.replace("-", " ").replace("_", " "))
