"""`qa eval review` and `qa eval draft` at a terminal: what waits is shown, a person decides, and the rest stays waiting."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.cli.options import settings_of
from qa.errors import QaError, SuiteError, UsageError
from qa.evaluation.review import accept as review
from qa.evaluation.review import pending
from qa.evaluation.review.accept import Revision
from qa.evaluation.suite.eval_case import GoldSpan
from qa.safety.printable import visible, visible_lines
from qa.schema import Article

if TYPE_CHECKING:
    from qa.evaluation.review.pending import Pending
    from qa.settings import Settings

_KEYS = "[a]ccept  [e]dit  [n]othing in the articles (must abstain)  [r]eject  [s]kip  [q]uit"


def run_review(arguments: argparse.Namespace) -> int:
    """`qa eval review`: one decision from the command line, a dialogue at a terminal, else a list of what waits."""
    settings = settings_of(arguments)
    folder = _folder(arguments.pending, settings)
    queue = pending.read(folder)
    for fault in queue.faults:
        print(visible(f"{fault}; the rest is read"), file=sys.stderr)
    if arguments.accept and arguments.reject:
        raise UsageError("--accept and --reject contradict each other. Cure: one of them")
    changes = Revision(
        id=arguments.id or "",
        question=arguments.question or "",
        kind=arguments.kind or "",
        answers=tuple(arguments.answer),
        quotes=tuple(_quote(text) for text in arguments.quote),
        abstain=arguments.abstain,
    )
    if changes != Revision() and not arguments.accept:
        raise UsageError("--id, --question, --kind, --answer, --quote and --abstain change the case of --accept ID")
    if arguments.reject:
        for id_ in arguments.reject:
            found = review.the(folder, id_)
            review.reject(folder, found.case.id)
            print(visible(f"rejected {found.case.id}: {found.case.question}"))
        return 0
    articles = indexed(settings)
    if arguments.accept:
        if len(arguments.accept) > 1 and changes != Revision():
            raise UsageError("changes fit one case. Cure: --accept ID once with them")
        for id_ in arguments.accept:
            found = review.the(folder, id_)
            case = review.accept(folder, found.case.id, review.revised(found, changes, articles), arguments.to, articles)
            print(visible(f"{arguments.to}: {case.id}: {case.question}"))
        return 0
    if not queue.waiting:
        print(f"nothing waits in {folder}: judge answers on the page (qa serve), or propose cases with qa eval draft ARTICLES")
        return 0
    if arguments.list or not sys.stdin.isatty():
        for one in queue.waiting:
            print(visible_lines("\n".join(review.rendered(one, articles))), end="\n\n")
        print(
            f"{len(queue.waiting)} wait. Accept one with: qa eval review --accept ID --to SUITE (--help tells what can be changed)"
        )
        return 0
    return dialogue(folder, queue.waiting, arguments.to, articles, ask=input)


def dialogue(
    folder: Path, waiting: tuple[Pending, ...], suite: Path, articles: Mapping[str, Article], *, ask: Callable[[str], str]
) -> int:
    """Each waiting case in turn; `ask` gives the person's line. What is skipped, or left when the person goes, stays pending."""
    accepted = rejected = 0
    for place, first in enumerate(waiting, start=1):
        now = review.revised(first, Revision(), articles)
        while True:
            print(visible_lines("\n".join([f"\n{place} of {len(waiting)}", *review.rendered(now, articles), _KEYS])))
            try:
                key = ask("> ").strip()[:1].lower()
                if key == "e":
                    now = _edited(now, articles, ask)
                    continue
            except EOFError:
                key = "q"
            if key == "a":
                try:
                    review.accept(folder, first.case.id, now, suite, articles)
                except SuiteError as error:
                    print(visible_lines(str(error)))
                    continue
                accepted += 1
            elif key == "n":
                now = review.revised(now, Revision(abstain=True), articles)
                continue
            elif key == "r":
                review.reject(folder, first.case.id)
                rejected += 1
            elif key == "q":
                return _ended(accepted, rejected, len(waiting), suite)
            elif key != "s":
                continue
            break
    return _ended(accepted, rejected, len(waiting), suite)


def run_draft(arguments: argparse.Namespace) -> int:
    """`qa eval draft ARTICLES…`: proposes cases; 1 when a file was skipped, the rest is read all the same."""
    from tqdm import tqdm

    from qa.corpus.clean import masked
    from qa.corpus.reading.read import read
    from qa.evaluation.review.draft import drafts

    settings = settings_of(arguments)
    folder = _folder(arguments.pending, settings)
    skipped: list[Any] = []
    if arguments.limit < 1:
        raise UsageError(f"--limit {arguments.limit} proposes nothing. Cure: a number from 1")
    bar = tqdm(desc="reading", unit="article", file=sys.stderr, disable=None)
    articles = masked(
        read(arguments.articles, max_bytes=settings.corpus.max_bytes, on_skip=skipped.append, progress=lambda _: bar.update())
    )
    bar.close()
    for one in skipped:
        print(visible(f"skipped {one.source}: {one.why}"), file=sys.stderr)
    if not articles:
        raise SuiteError("no articles were read. Cure: give files or folders of articles, as to qa build")
    queue = pending.read(folder)
    known = {one.case.id for one in queue.waiting} | set(queue.decided)
    proposed = drafts(articles, limit=arguments.limit, passage_chars=settings.corpus.passage_chars)
    new = [pending.add(folder, one) for one in proposed if one.case.id not in known]
    for one in new:
        print(visible(f"{one.case.id}  {one.case.question}  =>  {one.case.answers[0]}"))
    print(f"{len(new)} new cases wait in {folder}. Look at each, reword it, accept or reject it: qa eval review --to SUITE")
    return 1 if skipped else 0


def _edited(now: Pending, articles: Mapping[str, Article], ask: Callable[[str], str]) -> Pending:
    """The case after a person's changes; an empty line keeps what there is."""
    case = now.case
    question = ask(f"question [{case.question}]: ").strip()
    answers = ask(f"accepted, several by ' / ' [{' / '.join(case.answers)}]: ").strip()
    name = ask(f"id [{case.id}]: ").strip()
    given = Revision(id=name, question=question, answers=tuple(part.strip() for part in answers.split(" / ") if part.strip()))
    after = review.revised(now, given, articles)
    while after.needs == "source":
        text = ask("words that answer, as SOURCE:WORDS (empty: leave it): ").strip()
        if not text:
            break
        try:
            after = review.revised(after, replace(given, quotes=(_quote(text),)), articles)
        except QaError as error:
            print(visible_lines(str(error)))
    return after


def _ended(accepted: int, rejected: int, n: int, suite: Path) -> int:
    print(f"\n{accepted} accepted into {suite}, {rejected} rejected, {n - accepted - rejected} still wait")
    return 0


def _folder(named: Path | None, settings: Settings) -> Path:
    return named or Path(settings.web.feedback or "feedback")


def _quote(text: str) -> GoldSpan:
    source, colon, words = text.partition(":")
    if not colon or not source.strip() or not words.strip():
        raise UsageError(f'--quote {text!r} is not SOURCE:WORDS. Cure: --quote "000_a.txt:Pasar itu memiliki 320 kios."')
    return GoldSpan(source=source.strip(), quote=words.strip())


def indexed(settings: Settings) -> dict[str, Article]:
    """The articles of the index by source."""
    from qa.index import generation

    opened = generation.open(settings.indexes, settings.index)
    return {listing.source: opened.articles.article(listing.id) for listing in opened.articles.articles()}
