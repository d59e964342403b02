"""What readers say of an answer: buttons below it, and the pending case that a click becomes. Kept on this machine only."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from qa.errors import QaError
from qa.evaluation.review import pending
from qa.evaluation.review.pending import FrozenSpan, Pending, Verdict
from qa.evaluation.suite.eval_case import EvalCase, GoldSpan
from qa.language.text.sentences import sentences
from qa.web.render.source import escape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from qa.schema import Answer, Turn
    from qa.web.protocol import Assisting

NEAR = 5  # passages kept with what was said: a corrected answer is looked for in them
MAX_CORRECTION = 500

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackWording:
    """The sentences of the buttons in one language."""

    ask: str
    good: str
    bad: str
    wrong_source: str
    should_abstain: str
    correct: str
    correct_label: str
    send: str
    kept: str
    lost: str
    where: str
    undo: str
    undone: str


FEEDBACK: Mapping[str, FeedbackWording] = {
    "id": FeedbackWording(
        ask="Jawaban ini",
        good="benar",
        bad="salah",
        wrong_source="sumbernya keliru",
        should_abstain="seharusnya tidak dijawab",
        correct="perbaiki …",
        correct_label="Jawaban yang benar, dengan kata-kata artikel",
        send="Simpan",
        kept="Terima kasih. Penilaian disimpan untuk diperiksa.",
        lost="Penilaian tidak dapat disimpan.",
        where="Pertanyaan, jawaban, dan penilaian disimpan di komputer yang menjalankan Sitasi, tidak dikirim ke mana pun.",
        undo="Tarik kembali",
        undone="Penilaian ditarik kembali.",
    ),
    "en": FeedbackWording(
        ask="This answer is",
        good="right",
        bad="wrong",
        wrong_source="from the wrong source",
        should_abstain="one it should not have given",
        correct="correct it …",
        correct_label="The right answer, in the article's words",
        send="Save",
        kept="Thank you. What you said is kept for review.",
        lost="What you said could not be kept.",
        where="Question, answer and judgement stay on the computer that runs Sitasi and are sent nowhere.",
        undo="Take it back",
        undone="The judgement was taken back.",
    ),
}


def feedback_html(answer: Answer, judged: str, turn: int, language: str) -> str:
    """The buttons below an answer; once one was clicked, what became of it (`judged`: the pending case's id, or "lost: <why>")."""
    labels = FEEDBACK[language]
    if judged.startswith("lost: "):
        message = f"{labels.lost} {judged.removeprefix('lost: ')}"
        return f'<p class="judged lost" role="alert" tabindex="-1" data-judged="{turn}">{escape(message)}</p>'
    if judged:
        return (
            f'<p class="judged" role="status" tabindex="-1" data-judged="{turn}">✓ {escape(labels.kept)} '
            f'<button type="button" class="way" data-undo data-turn="{turn}">{escape(labels.undo)}</button></p>'
        )
    offered = [("good", f"\N{CHECK MARK} {labels.good}"), ("bad", f"\N{BALLOT X} {labels.bad}")]
    if not answer.abstained:
        offered += [("wrong-source", labels.wrong_source), ("should-abstain", labels.should_abstain)]
    buttons = "".join(
        f'<button type="button" data-turn="{turn}" data-judge="{verdict}">{escape(label)}</button>' for verdict, label in offered
    )
    field = f"correction-{turn}"
    return (
        f'<div class="judging" data-judging="{turn}" role="group" aria-label="{escape(labels.ask)}"><span class="label" title="{escape(labels.where)}">{escape(labels.ask)}</span>'
        f'{buttons}<details class="correcting"><summary>{escape(labels.correct)}</summary>'
        f'<div><label for="{field}">{escape(labels.correct_label)}</label><input id="{field}" type="text" maxlength="{MAX_CORRECTION}" autocomplete="off" dir="auto">'
        f'<button type="button" data-turn="{turn}" data-judge="corrected">{escape(labels.send)}</button></div><p>{escape(labels.where)}</p></details></div>'
    )


def keep(
    assistant: Assisting, folder: Path, answer: Answer, history: Sequence[Turn], *, verdict: str, correction: str = ""
) -> str:
    """Keep what was said of an answer as a pending case; gives what `feedback_html` shows.

    What a browser sends is checked: an unknown verdict and an empty correction are not kept, and "" is given.
    """
    correction = " ".join(correction.split())[:MAX_CORRECTION]
    if verdict not in pending.VERDICTS or verdict == "draft" or (verdict == "corrected") != bool(correction):
        return ""
    try:
        return pending.add(folder, proposed(assistant, answer, history, cast("Verdict", verdict), correction)).case.id
    except QaError as error:
        return f"lost: {error}"
    except Exception as error:  # noqa: BLE001 - the page outlives it, and the reader gets a message
        _log.error("feedback", exc_info=error)
        return f"lost: {type(error).__name__}"


def take_back(folder: Path, judged: str) -> str:
    """Take a judgement back that was kept; gives what `feedback_html` shows: the buttons again, or why it could not be done."""
    if judged.startswith("lost: "):
        return ""
    try:
        pending.withdraw(folder, judged)
    except QaError as error:
        return f"lost: {error}"
    return ""


def proposed(assistant: Assisting, answer: Answer, history: Sequence[Turn], verdict: Verdict, correction: str = "") -> Pending:
    """The case that a judgement amounts to, as far as it can be known, with the cited and the nearest spans frozen.

    good            the short answer, with the cited words that hold it (`pending.holding`); for an abstention: it must abstain
    should-abstain  it must abstain
    corrected       the correction, with the cited or near sentences that hold it
    wrong-source    the short answer, with the near sentences that hold it and were not cited
    bad             nothing but the question: a person must say what is right
    """
    cited = tuple(FrozenSpan(source=c.source, sha256=c.sha256, start=c.start, end=c.end, quote=c.quote) for c in answer.citations)
    near = tuple(_near(assistant, answer))
    wanted = correction or answer.short
    gold: list[tuple[str, FrozenSpan]] = []
    needs: pending.Needs = ""
    if verdict in ("corrected", "wrong-source") or (verdict == "good" and not answer.abstained):
        shown = {(span.source, span.quote) for span in cited}
        others = tuple(span for span in near if (span.source, span.quote) not in shown)
        places = {"good": cited, "corrected": (*cited, *others), "wrong-source": others}[verdict]
        gold = pending.holding(answer.question, wanted, places)
        needs = "" if gold else "source" if wanted else "gold"
    elif verdict == "bad":
        needs = "gold"
    trace = answer.trace
    return Pending(
        verdict=verdict,
        needs=needs,
        case=EvalCase(
            id="",
            question=answer.question,
            answers=tuple(dict.fromkeys(form for form, _ in gold)),
            sources=tuple(dict.fromkeys(GoldSpan(source=span.source, quote=span.quote) for _, span in gold)),
            kind=trace.kind,
            language=answer.language,
            history=tuple(history),
            tags=("from-use",),
        ),
        said=answer.text or answer.reason,
        correction=correction,
        confidence=round(answer.confidence, 4),
        cited=cited,
        near=near,
        made_by={"index": trace.index, "settings": trace.settings, **dict(trace.models)},
    )


def _near(assistant: Assisting, answer: Answer) -> Iterator[FrozenSpan]:
    """The sentences of the first passages that were found."""
    for hit in answer.hits[:NEAR]:
        article = assistant.article(hit.passage.article_id)
        for start, end in sentences(article.text, hit.passage.start, hit.passage.end):
            yield FrozenSpan(source=article.source, sha256=article.sha256, start=start, end=end, quote=article.text[start:end])
