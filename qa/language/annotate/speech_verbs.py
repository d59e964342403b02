"""Words by which Indonesian and English news tells that somebody said something."""

from __future__ import annotations

import re

_BARE = """
kata ujar ucap tutur tegas jelas ungkap imbuh tambah sebut papar terang kilah lanjut sambung jawab balas pungkas cetus seru tulis tandas
urai beber pesan tanya celetuk keluh kenang curhat cerita canda kelakar aku harap janji timpal lontar gumam sindir pinta ajak imbau tukas
sahut singgung tutup nilai klaim dalih kritik ingat terka puji papar cuit simpul singkat
""".split()
"""Roots after a quotation: "…," kata X; "…," ujarnya."""

_ACTIVE = """
mengatakan menyatakan menjelaskan menegaskan menyampaikan mengungkapkan mengungkap menuturkan menambahkan menyebut menyebutkan berkata berujar
menjawab membalas membalasnya mengaku mengakui mengumumkan melaporkan mengonfirmasi mengkonfirmasi mengklaim memperingatkan menilai
berpendapat berpesan berjanji mencatat memperkirakan membantah menuding meminta menerangkan memaparkan melanjutkan menekankan membenarkan
memastikan menduga mengusulkan menganggap bercerita menceritakan menyayangkan mengingatkan mengimbau menghimbau menyarankan berharap
mengharapkan menulis bertanya menanyakan mengucapkan menyimpulkan membeberkan menguraikan menyarankan mengkritik mengeluhkan menyindir
berseloroh beralasan berdalih mengisahkan merinci menyoroti mempertanyakan menanggapi optimistis yakin menyerukan mendesak mencontohkan
menyinggung menyadari menjanjikan bersyukur menandaskan mengajak menyambut mengapresiasi melontarkan mengkhawatirkan menampik menepis
""".split()
"""Verbs with their subject before them."""

_ENGLISH = (
    "said says say stated states announced told tells replied replies answered reported confirmed claimed claims added adds warned wrote "
    "insisted argued explained noted recalled acknowledged admitted denied asked tweeted joked suggested predicted"
).split()

NOISE = "menanggapi menyambut optimistis yakin menyoroti mengapresiasi bersyukur mengajak".split()
"""Verbs of opinion: they tell what somebody thinks and stand before a quotation, but what follows them is no reported speech."""


def _any(words: list[str]) -> str:
    return "|".join(sorted(set(words), key=len, reverse=True))


SPEECH_ROOTS = frozenset(_BARE)
BARE = rf"(?:{_any(_BARE)})"
ACTIVE = rf"(?:{_any(_ACTIVE)})"
ENGLISH = rf"(?:{_any(_ENGLISH)})"

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

_TOLD = r"(?:kata|ujar|ucap|tutur|jelas|ungkap|sebut|tegas|terang|papar|lanjut|tambah|imbuh|menurut|ditekankan|dijelaskan|diungkapkan|ditegaskan|disampaikan|dikatakan|said)"
INSERTED = re.compile(
    rf"(?:,|(?<=\w)(?=\s(?:kata|ujar|tutur|ungkap)\s+[A-Z]))\s*(?:(?P<his>(?:{BARE}|menurut)nya)|(?P<verb>{_TOLD})\s+(?P<who>[^,.]{{2,90}}?))\s*(?P<close>,|\.|$)"
)
"""Speech that is told without marks: "Sebelumnya, kata Agus, KPK akan …"; "…, kata juru bicara itu."."""

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
