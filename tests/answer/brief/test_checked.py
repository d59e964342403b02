from __future__ import annotations

from qa.answer.brief.checked import Briefs, answered
from qa.answer.brief.sample_questions import facts, right


def test_only_questions_that_are_answered_right_are_kept(assistant):
    asked: list[str] = []

    def ask(question):
        asked.append(question)
        return assistant.ask(question)

    found = answered(assistant.generation.articles, ask, 3)
    assert len(found) == 3
    whole = [assistant.article(row.id) for row in assistant.articles()]
    made = {fact.question: fact for fact in facts(whole)}
    for sample in found:
        assert right(assistant.ask(sample.question), made[sample.question])
        article = assistant.article(sample.citation.article_id)
        assert article.text[sample.citation.start : sample.citation.end] == sample.citation.quote
    assert len(asked) >= len(found)


def test_what_is_not_answered_is_not_offered(assistant):
    withheld = assistant.ask("Berapa harga tiket kereta ke Bandung kemarin?")
    assert withheld.abstained
    assert answered(assistant.generation.articles, lambda _: withheld, 3) == ()


def test_a_brief_is_made_once_for_a_generation(assistant):
    asked: list[str] = []

    def ask(question):
        asked.append(question)
        return assistant.ask(question)

    briefs = Briefs()
    first = briefs.of(assistant.generation, ask, 1)
    count = len(asked)
    assert briefs.of(assistant.generation, ask, 1) is first
    assert len(asked) == count > 0
    assert briefs.of(assistant.generation, ask, 0).questions == ()
    assert len(asked) == count
