"""Who said what: quotations with their marks, and indirect speech ("X mengatakan bahwa ..."), each with its speaker."""

from __future__ import annotations

import re
from dataclasses import dataclass

_DIRECT = re.compile(r"[\"“„«](?P<said>[^\"“”„«»]{2,700})[\"”»]")
_VERB = (
    r"(?:kata|ujar|ucap|tutur|tegas|jelas|ungkap|imbuh|tambah|sebut|papar|terang|kilah|lanjut|sambung|jawab|balas|pungkas|cetus|seru|"
    r"katanya|ujarnya|ucapnya|tuturnya|tegasnya|jelasnya|ungkapnya|imbuhnya|tambahnya|lanjutnya|jawabnya|said|says|told|added|replied|answered)"
)
_REPORT = (
    r"(?:mengatakan|menyatakan|menjelaskan|menegaskan|menyampaikan|mengungkapkan|menuturkan|menambahkan|menyebut(?:kan)?|berkata|berujar|"
    r"menjawab|membalas(?:nya)?|mengaku|mengumumkan|melaporkan|mengonfirmasi|mengklaim|memperingatkan|menilai|berpendapat|berpesan|berjanji|"
    r"mencatat|memperkirakan|menunjukkan bahwa|membantah|menuding|meminta|said|says|stated|announced|told|replied|answered|reported|confirmed|claimed|added|warned)"
)
_AFTER = re.compile(rf"^[,.!?]?\s*{_VERB}\s+(?P<speaker>[^,.;]{{2,120}})?", re.IGNORECASE)
_AFTER_PRONOUN = re.compile(rf"^[,.!?]?\s*(?P<speaker>{_VERB})\b", re.IGNORECASE)
_BEFORE = re.compile(rf"(?P<speaker>[^.;:]{{2,160}}?)\s{_REPORT}\b(?P<rest>[^\"“]*)$", re.IGNORECASE)
_HEARERS = re.compile(
    r"\s(?:kepada|pada|sambil|ketika|saat|seraya|seusai|usai|di|dalam|to|during|when|while|in|at)\s", re.IGNORECASE
)
_INDIRECT = re.compile(rf"(?P<speaker>[^.;\"“]{{2,160}}?)\s(?P<verb>{_REPORT})\s(?P<rest>.{{8,}})$", re.IGNORECASE | re.DOTALL)
_ACCORDING = re.compile(r"\b(?:[Mm]enurut|[Aa]ccording to)\s(?P<speaker>[^,]{2,80}),\s(?P<rest>.{8,})$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """text[start:end] was said; `speaker` is the stretch of text that names the speaker ("" where nobody is named)."""

    start: int
    end: int
    speaker: str
    direct: bool


def said(sentence: str) -> list[QuotedSpan]:
    """Speech in one sentence, direct first. The span of direct speech lies inside the quotation marks."""
    found = [_direct(sentence, match) for match in _DIRECT.finditer(sentence)]
    if any(one.speaker for one in found):
        return found
    for pattern in (_INDIRECT, _ACCORDING):
        match = pattern.search(sentence)
        if match:
            start, end = match.span("rest")
            found.append(QuotedSpan(start, len(sentence[:end].rstrip(" .")), match.group("speaker").strip(), direct=False))
            break
    return found


def _direct(sentence: str, match: re.Match[str]) -> QuotedSpan:
    start, end = match.span("said")
    speaker = ""
    after = _AFTER.match(sentence, match.end()) or _AFTER.match(sentence[match.end() :])
    before = _BEFORE.search(sentence[: match.start()])
    if after and after.group("speaker"):
        speaker = _HEARERS.split(after.group("speaker"), maxsplit=1)[0]
    elif before:
        speaker = before.group("speaker")
    elif pronoun := _AFTER_PRONOUN.match(sentence[match.end() :]):
        speaker = pronoun.group("speaker")
    while end > start and sentence[end - 1] in " ,":
        end -= 1
    return QuotedSpan(start, end, speaker.strip(), direct=True)
