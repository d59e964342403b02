"""An Answer as the JSON object that other programs read; the keys are described in docs/contract.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qa.schema import Answer


def to_json(answer: Answer, *, source_of: Callable[[str], str], id: str | None = None, top: int = 20) -> dict[str, Any]:  # noqa: A002 - the contract's own key
    """One answer with the keys in the contract's order; `source_of` gives an article id's source; at most `top` passages."""
    agreement = answer.agreement
    return {
        "id": id,
        "question": answer.question,
        "language": answer.language,
        "answer": answer.text,
        "short": answer.short,
        "abstained": answer.abstained,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "citations": [
            {
                "n": c.n,
                "article_id": c.article_id,
                "source": c.source,
                "title": c.title,
                "outlet": c.outlet,
                "published": c.published.isoformat() if c.published else None,
                "url": c.url,
                "start": c.start,
                "end": c.end,
                "quote": c.quote,
                "sha256": c.sha256,
            }
            for c in answer.citations
        ],
        "agreement": None
        if agreement is None
        else {
            "verdict": agreement.verdict,
            "independent": agreement.independent,
            "copies": agreement.copies,
            "variants": [
                {
                    "value": v.value,
                    "citations": list(v.citations),
                    "outlet": v.outlet,
                    "published": v.published.isoformat() if v.published else None,
                    "scope": v.scope,
                    "independent": v.independent,
                }
                for v in agreement.variants
            ],
            "sentence": agreement.sentence,
        },
        "passages": [
            {
                "rank": hit.rank,
                "article_id": hit.passage.article_id,
                "source": source_of(hit.passage.article_id),
                "start": hit.passage.start,
                "end": hit.passage.end,
                "score": round(hit.score, 6),
            }
            for hit in answer.hits[:top]
        ],
        "trace": {
            "index": answer.trace.index,
            "settings": answer.trace.settings,
            "models": dict(answer.trace.models),
            "prompt": answer.trace.prompt,
            "note": answer.trace.note,
            "kind": answer.trace.kind,
            "query": answer.trace.query,
            "dropped": [{"claim": d.claim, "quote": d.quote, "why": d.why} for d in answer.trace.dropped],
            "seconds": {stage: round(seconds, 4) for stage, seconds in answer.trace.seconds},
        },
    }
