"""Who is said to have said something: the speaker that a question names, and the words by which speech is told."""

from __future__ import annotations

import re

from qa.schema import Language

SAY_ID = r"(?:kata(?:kan)?|ucap(?:kan)?|ungkap(?:kan)?|sampaikan|nyatakan|jelaskan|tegaskan|sebut(?:kan)?|bilang|omong(?:kan)?|jawab|janjikan)"
SAID_ID = (
    r"(?:dikatakan|diucapkan|diungkapkan|disampaikan|dinyatakan|dijelaskan|ditegaskan|dilontarkan|diutarakan|dibilang|dijawab)"
)
SAYS_ID = (
    r"(?:berkata|mengatakan|menyatakan|bilang|ngomong|menjawab|berkomentar|mengungkapkan|menyampaikan|menegaskan|menjelaskan)"
)
WORD_ID = r"(?:kata|jawaban|jawabannya|pernyataan|komentar|tanggapan|respons?|reaksi|ucapan|perkataan|pendapat|pesan|sambutan|penjelasan|balasan)"
SAY_EN = r"(?:say|said|tell|told|answer|answered|reply|replied|respond|responded|state|stated|claim|claimed|explain|declare|promise|comment|announce|warn)"
_SPEAKER_NAME = r"(?P<speaker>(?:[^\W\d_][\w.'-]*)(?: (?!(?:ketika|saat|soal|atas|terhadap|kata|ucap|ujar|tentang|kepada|pada|apa|yang|mengenai|terkait|waktu|setelah|dalam|usai|di|berapa|siapa|kapan|apakah|when|about|after|on|to|in|did|does|say)\b)[^\W\d_][\w.'-]*){0,4})"
_SPEAKERS = {
    "id": (
        re.compile(rf"\bmenurut {_SPEAKER_NAME}", re.IGNORECASE),
        re.compile(rf"\b{WORD_ID} (?:dari |oleh )?{_SPEAKER_NAME}", re.IGNORECASE),
        re.compile(rf"\b{SAID_ID} (?:oleh )?{_SPEAKER_NAME}", re.IGNORECASE),
        re.compile(rf"\byang {_SPEAKER_NAME} {SAY_ID}\b", re.IGNORECASE),
        re.compile(rf"^\W*{_SPEAKER_NAME} (?:{SAYS_ID}|jawab|kata) apa", re.IGNORECASE),
    ),
    "en": (
        re.compile(rf"\baccording to {_SPEAKER_NAME}", re.IGNORECASE),
        re.compile(rf"\bwhat (?:else )?(?:did|does|do|has|had) {_SPEAKER_NAME} {SAY_EN}\b", re.IGNORECASE),
        re.compile(rf"\bhow (?:did|does|do) {_SPEAKER_NAME} (?:respond|reply|react|answer|describe)\b", re.IGNORECASE),
        re.compile(
            rf"\b(?:was|were|is) {_SPEAKER_NAME}(?:'s|’s) (?:answer|reply|response|reaction|comment|statement)", re.IGNORECASE
        ),
    ),
}


def speaker(question: str, language: Language) -> str:
    """The name of who is asked for what they said, as the question writes it; "" where it names nobody."""
    for pattern in _SPEAKERS[language]:
        match = pattern.search(question)
        if match:
            return match.group("speaker").strip(" ,.?!")
    return ""
