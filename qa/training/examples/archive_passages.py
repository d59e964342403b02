"""Written questions with the passages that the archive's own search finds for them: what the reader meets when it is asked.

A reader that has seen only the right passage of each question cannot compare passages. Here each question comes with its gold
passage and with what search would have put beside it, so that spans, answerability and relevance are learned over all of them
together (normalised over the passages of one question: Clark and Gardner, ACL 2018).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from qa.corpus.passages import heading
from qa.errors import TrainingError
from qa.training import data
from qa.training.examples.mixture import LABELS, UNKNOWN, Example, Texts
from qa.training.examples.written import SIDES, WRITTEN, WRITTEN_VALID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from random import Random

    from qa.assistant import Assistant
    from qa.training.data import QuestionRecord

OTHERS = 2_500
"""Articles of text_news beside those that questions were written over (of origin indosum: the others stay for suites)."""
DEPTH = 10
"""Passages of a question that are kept."""
NEGATIVES = (1, 2)
"""Fewest and most passages without the answer that are drawn beside a gold one."""
UNANSWERED = 2
"""Passages that are drawn for a question that the archive does not answer."""
DATED, OUTLET = 0.3, 0.5
"""How often a day and an outlet go into the heading: the file knows no days, so one is drawn."""
_LONGEST = 220  # characters of an answer that must be inside one passage

Found = tuple[str, int, int]
"""A passage as (context, start, end)."""


@dataclass(frozen=True, slots=True)
class Group:
    """The passages of one question: at least one list is not empty."""

    gold: tuple[Example, ...]
    others: tuple[Example, ...]

    def drawn(self, random: Random) -> tuple[Example, ...]:
        """Its examples for one round: a gold passage with some others, better ranked ones more often."""
        count = min(len(self.others), random.randint(*NEGATIVES) if self.gold else UNANSWERED)
        left = list(self.others)
        picked = []
        for _ in range(count):
            at = min(int(random.expovariate(0.45)), len(left) - 1)
            picked.append(left.pop(at))
        gold = (random.choice(self.gold),) if self.gold else ()
        return (*gold, *picked)


def mined(
    folder: Path, out: Path, *, say: Callable[[str], None] = print
) -> list[tuple[QuestionRecord, dict[str, Any], list[Found]]]:
    """Each question of qa_news.train with the passages that search finds for it, best first; [] without the file.

    Searched is an index of all written articles (those of qa_news.valid left out) and OTHERS more, built below `out`. What was found is kept in
    out/mined.jsonl, so that a resumed run does not search again. Raises TrainingError for a line that is no question.
    """
    if not (folder / f"{WRITTEN}.jsonl.xz").is_file():
        return []
    pairs = list(zip(data.questions(folder, WRITTEN), data.records(folder, WRITTEN), strict=True))
    kept = out / "mined.jsonl"
    if not kept.is_file():
        found = list(_searched(folder, out, [record for record, _ in pairs], say))
        part = kept.with_suffix(".part")
        part.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
        part.replace(kept)
    texts = archive_texts(folder)
    rows = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    if len(rows) != len(pairs):
        raise TrainingError(
            f"{kept}: {len(rows)} rows for {len(pairs)} questions. Cure: delete it, the passages are searched again"
        )
    return [
        (record, raw, [(texts[key], start, end) for key, start, end in row])
        for (record, raw), row in zip(pairs, rows, strict=True)
    ]


def archive_groups(folder: Path, out: Path, texts: Texts, random: Random, *, say: Callable[[str], None] = print) -> list[Group]:
    """A Group for each question of qa_news.train that search finds anything for."""
    known = {record["text"]: (record.get("title", ""), record.get("outlet", "")) for record in data.records(folder, data.NEWS)}
    groups = []
    for record, raw, found in mined(folder, out, say=say):
        gold, others = [], []
        gold_spans = [tuple(span) for span in raw.get("sentences", ())]
        for context, start, end in _with_gold(record, gold_spans, found):
            part = context[start:end]
            title, outlet = known.get(context, (record.title if context == record.context else "", ""))
            rows = texts.row(record.question), texts.row(part), texts.row(_heading(title, outlet, random))
            holds = context == record.context and any(first < end and start < last for first, last in gold_spans)
            if not holds:
                if not _answers_too(record, raw, part):
                    others.append(Example(*rows, answerable=0, relevant=0 if gold_spans else UNKNOWN))
            elif record.answers:
                answer, at = record.answers[0]
                if start <= at and at + len(answer) <= end and len(answer) <= _LONGEST:
                    gold.append(Example(*rows, at - start, at + len(answer) - start, answerable=1, relevant=1))
            elif raw.get("side") in SIDES:
                gold.append(Example(*rows, answerable=1, relevant=1, polar=int(raw["side"] == "Ya")))
        if gold or (not gold_spans and others):
            groups.append(Group(tuple(gold), tuple(others)))
    return groups


def polar_examples(entailments: Sequence[Example], texts: Texts) -> list[Example]:
    """Yes-no questions of entailment pairs: "Apakah <hypothesis>?" is yes where it is entailed, no where it is denied, unanswered where left open."""
    found = []
    for one in entailments:
        hypothesis = texts.texts[one.question].strip().rstrip(".!")
        question = texts.row(f"Apakah {hypothesis[:1].lower()}{hypothesis[1:]}?")
        label = LABELS[one.label]
        answered = int(label != "n")
        found.append(
            Example(question, one.passage, answerable=answered, relevant=1, polar=int(label == "e") if answered else UNKNOWN)
        )
    return found


def _answers_too(record: QuestionRecord, raw: dict[str, Any], part: str) -> bool:
    """Might another passage answer as well? It holds the answer's words; of a yes-no question nothing can be said of other articles."""
    canonical = f" {data.canonical(part)} "
    if record.answers:
        return f" {data.canonical(record.answers[0][0])} " in canonical
    return bool(raw.get("side")) and data.canonical(record.context).find(canonical.strip()) < 0


def _with_gold(record: QuestionRecord, gold_spans: Sequence[tuple[int, ...]], found: Sequence[Found]) -> Iterator[Found]:
    """The passages found, and those of the question's own article that hold its answer where search missed them."""
    yield from found
    if gold_spans and not any(context == record.context and start <= gold_spans[0][0] < end for context, start, end in found):
        from qa.corpus.passages import cut
        from qa.schema import Article

        article = Article(id="a", text=record.context, source="a", sha256="")
        for passage in cut(article, passage_chars=700):
            if passage.start <= gold_spans[0][0] < passage.end:
                yield record.context, passage.start, passage.end


def _heading(title: str, outlet: str, random: Random) -> str:
    from datetime import date, timedelta

    day = date(2016, 1, 1) + timedelta(days=random.randrange(2_500)) if random.random() < DATED else None
    return heading(title, outlet if random.random() < OUTLET else "", day)


def archive_texts(folder: Path) -> dict[str, str]:
    """Key -> context of every article that is searched."""
    barred = {data.canonical(record.context) for record in data.questions(folder, WRITTEN_VALID)}
    contexts = dict.fromkeys(record.context for record in data.questions(folder, WRITTEN))
    others = [
        record["text"]
        for record in data.records(folder, data.NEWS)
        if record.get("origin") == "indosum" and data.canonical(record["text"]) not in barred and record["text"] not in contexts
    ]
    found = [*contexts, *others[:OTHERS]]
    return {f"a{at}": text for at, text in enumerate(found)}


def archive(folder: Path, out: Path) -> Assistant:
    """All written articles of qa_news.train and OTHERS more, those of qa_news.valid left out, as an index below `out`."""
    from qa.assistant import Assistant
    from qa.settings import load

    titles = {record.context: record.title for record in data.questions(folder, WRITTEN)}
    titles |= {record["text"]: record.get("title", "") for record in data.records(folder, data.NEWS)}
    listed = out / "archive.jsonl"
    with listed.open("w", encoding="utf-8") as file:
        for key, text in archive_texts(folder).items():
            file.write(json.dumps({"id": key, "title": titles.get(text, ""), "text": text}, ensure_ascii=False) + "\n")
    return Assistant.build([listed], "archive", settings=load({"indexes": str(out / "indexes")}), progress=True)


def _searched(
    folder: Path, out: Path, records: Sequence[QuestionRecord], say: Callable[[str], None]
) -> Iterator[list[tuple[str, int, int]]]:
    assistant = archive(folder, out)
    say(f"searching passages for {len(records)} questions")
    for record in tqdm(records, desc="search", unit="question", mininterval=2.0):
        hits = assistant.search(record.question, read=False)[:DEPTH]
        yield [(hit.passage.article_id, hit.passage.start, hit.passage.end) for hit in hits]
