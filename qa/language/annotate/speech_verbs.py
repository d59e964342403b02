"""Verbs and frames of reported speech in Indonesian and English news."""

from __future__ import annotations

import re

from qa.language import lists
from qa.language.lists import one_of

SPEECH_ROOTS = lists.words("speech_verbs", "root")
"""Roots after a quotation: "…," kata X; "…," ujarnya."""

NOISE = lists.words("speech_verbs", "opinion")
"""Verbs of opinion: they tell what somebody thinks and precede a quotation, but what follows them is no reported speech."""


BARE = rf"(?:{one_of(SPEECH_ROOTS)})"
ACTIVE = rf"(?:{one_of(lists.words('speech_verbs', 'active'))})"
"""Verbs with their subject before them."""
ENGLISH = rf"(?:{one_of(lists.words('speech_verbs', 'english'))})"

AFTER = re.compile(
    rf"[\s,.;:–—-]*(?:(?:demikian|begitu|begitulah)\s+)?(?:(?P<his>(?:{BARE}|tambah|lanjut|tegas|jelas|terang)nya)\b(?!\s+(?:itu|tersebut)\b)"
    rf"|(?P<verb>{BARE}|{ENGLISH})\s+(?P<rest>\S.*))",
    re.IGNORECASE | re.DOTALL,
)
"""What follows a closing mark: a verb with "-nya", or a verb and the rest, which begins with the speaker."""

SUBJECT_AFTER = re.compile(rf"[\s,.;–—-]*(?P<who>[^,.;:]{{1,90}}?)\s+(?P<verb>{ACTIVE}|{ENGLISH})\b", re.IGNORECASE)
"""What follows a closing mark: the speaker and a verb ("dia menambahkan", "he said")."""

REPORTS = re.compile(rf"\b(?P<verb>{ACTIVE}|{ENGLISH})\b(?P<that>\s*,|\s*:|\s+bahwa\b|\s+kalau\b|\s+that\b|\s)", re.IGNORECASE)
"""A verb of speech with its subject before it and what is said after it."""

_INSIDE = one_of(lists.words("speech_verbs", "inserted"))
INSERTED = re.compile(
    rf"(?:,|(?<=\w)(?=\s(?:kata|ujar|tutur|ungkap)\s+[A-Z]))\s*(?:(?P<his>(?:{BARE}|menurut)nya)|(?P<verb>{_INSIDE})\s+(?P<who>[^,.]{{2,90}}?))\s*(?P<close>,|\.|$)"
)
"""Reported speech without quotation marks: "Sebelumnya, kata Agus, KPK akan …"; "…, kata juru bicara itu."."""

_OPENING = r"(?:\W*(?:Namun|Selain itu|Sementara itu|Sebelumnya|Apalagi|Sebab|But|However),?\s+)?"
ACCORDING = re.compile(
    rf"^{_OPENING}(?:[Mm]enurut(?:(?P<his>nya)\b,?|\s+(?P<he>dia|ia|beliau)\b,?|\s+(?P<who>[^,]{{2,110}}?),)|[Aa]ccording to\s+(?P<whom>[^,]{{2,110}}?),"
    rf"|[Kk]ata\s+(?P<said>[^,]{{2,80}}?),)\s"
)
"""A sentence that opens by naming whose view it is."""

PASSIVE = re.compile(
    r"^(?:Dijelaskan|Dikatakan|Ditambahkan|Disampaikan|Diungkapkan|Disebutkan|Dituturkan)(?P<his>nya|\s+(?:dia|ia))?,\s"
)
"""A sentence of speech that names nobody: the speaker is who spoke before."""
