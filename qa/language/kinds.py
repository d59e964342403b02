"""What sort of answer a question wants: question -> Asked, from its interrogative words, in Indonesian and English.

The first rule that matches wins, so the narrow ones stand first: "siapa saja" before "siapa", "jam berapa" (a time) and
"berapa jam" (a duration) before "berapa". Spoken order is as good as written order ("Kim tiba naik apa?"), therefore a
rule looks for its words anywhere, save where only the first place makes it a question ("Apakah Rusia akan ...").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.language import choice, speakers
from qa.language.predicates import only_named
from qa.schema import Kind, Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`noun` is what the question wants named or counted ("satelit" in "satelit apa"), `speaker` who is asked for ("" if nobody).

    `cues` are the spans of the question that only say that it is a question: no article has to contain them. `options` are two
    answers that it lays before us ("Kim atau Putin?"): what is asked is which of them.
    """

    kind: Kind
    noun: str = ""
    speaker: str = ""
    said: str = ""  # the words that made it this kind, as written ("dari mana", "naik apa")
    cues: tuple[tuple[int, int], ...] = ()
    options: tuple[str, ...] = ()

    @property
    def happening(self) -> bool:
        """Is it asked what became of something ("apa yang terjadi pada", "nasib")?"""
        return self.kind == "what" and bool(_HAPPENED.search(self.said))

    @property
    def in_order(self) -> bool:
        """Is a place in an order asked for ("keberapa")?"""
        return bool(_IN_ORDER.match(self.said))

    @property
    def introduces(self) -> bool:
        """Is it asked who somebody is ("siapa itu Peskov")?"""
        return self.kind == "who" and bool(_WHO_IS.search(self.said))

    @property
    def speaks(self) -> bool:
        """Is it asked who said something?"""
        return self.kind == "who" and bool(_SPOKE.search(self.said))


AMOUNTS = "range|price|cost|length|height|width|weight|depth|speed|population|age|budget|salary|capacity|temperature|score|area"
_IN_ORDER = re.compile(r"ke-?\s?berapa", re.IGNORECASE)
_WHO_IS = re.compile(r"\b(?:itu siapa|siapa(?:kah)? (?:itu|sih|sebenarnya))\b", re.IGNORECASE)
_HAPPENED = re.compile(r"\b(?:terjadi|nasib(?:nya)?|happen(?:s|ed)|bec[oa]me of)\b", re.IGNORECASE)
_NOUN = r"[^\W\d_][\w-]*"
_TIME_ID = r"(?:tahun|tanggal|tgl|hari|bulan|jam|pukul|abad|musim|periode|minggu)"
_LONG_ID = r"(?:detik|menit|jam|hari|minggu|pekan|bulan|tahun|dekade|abad|malam)"
_PLACE_ID = (
    r"(?:kota|negara|daerah|wilayah|provinsi|kabupaten|kecamatan|desa|pulau|benua|tempat|lokasi|bandara|stadion|gedung|kawasan|"
    r"kampung|laut|pelabuhan|rumah sakit|jalan|planet)"
)
_MEANS_ID = r"(?:naik|menaiki|pakai|memakai|menggunakan|mengendarai|menumpang|lewat|melalui|dengan|kendaraan|transportasi|moda)"
_REASON_ID = (
    r"(?:alasan(?:nya)?|penyebab(?:nya)?|sebab(?:nya)?|pemicu(?:nya)?|motif(?:nya)?|tujuan(?:nya)?|latar belakang(?:nya)?)"
)
# "Apa penyebab migrain?" wants a thing: a noun that stands in relation to another. With "apakah": predicates.py.
_RELATIONAL = (
    r"(?:nama|judul|arti|maksud|kepanjangan|singkatan|pengertian|definisi|isi|bahasa|mata uang|ibu ?kota|jenis|makanan|julukan|"
    r"sebutan|istilah|agama|jabatan|pekerjaan|merek|tema|hasil|dampak|akibat|manfaat|fungsi|gejala|perbedaan|warna|bentuk|topik|"
    r"peran|tugas|rencana|target|syarat|bukti|kendala|kelebihan|keunggulan|semboyan|lambang|simbol|spesies|ras|merk|produk|program|"
    r"yang|itu|penyebab\w*|alasan\w*|tujuan\w*|sebab|nomor|gelar|lembaga|organisasi|perusahaan|partai|universitas|suku|buku|film|cabang)"
)
_AUX_ID = (
    r"(?:akan|sudah|telah|pernah|bisa|dapat|bakal|jadi|masih|sedang|benar|betul|iya|ada|mau|ikut|juga|boleh|harus|belum|mungkin)"
)
_YES_ID = r"(?:benarkah|betulkah|adakah|pernahkah|sudahkah|akankah|bisakah|dapatkah|bolehkah|mungkinkah|masihkah|haruskah|perlukah|ikutkah|jadikah|maukah|mampukah)"
_SPOKE = re.compile(
    rf"\b(?:{speakers.SAYS_ID}|menyebut(?:kan)?|mengucapkan|melontarkan|mengklaim|mengaku|said|says|told|claimed|stated)\b",
    re.IGNORECASE,
)
_AUX_EN = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might)"


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: Kind
    pattern: re.Pattern[str]


def _rule(kind: Kind, pattern: str) -> _Rule:
    return _Rule(kind, re.compile(pattern, re.IGNORECASE))


_NOT_ASKED = r"(?:saja|aja|apa|siapa|mana|dimana|kemana|darimana|kapan|berapa|seberapa|bagaimana|mengapa|kenapa|lang|ber|ting|na|mar|mu|ber|pe|se|bong|me|to)"
_ASKING_NOUN = re.compile(r"(?<!\blang)(?<!\bber)(?<!\bni)kah$", re.IGNORECASE)  # "persenkah", and not "langkah"
_PERSON_ID = r"(?:pejabat|tokoh|pihak|menteri|presiden|pemimpin|orang|pemain|atlet|penyanyi|aktor|artis|politikus|gubernur|pelatih|jenderal)"
_PERSON_EN = r"(?:president|minister|leader|official|person|player|general|governor|mayor|politician|spokes\w+|coach|singer|actor|king|queen)s?"

_INDONESIAN = (
    _rule("yes_no", rf"^\W*(?!(?:se)?berapa\b)(?:\w+ )?(?!{_NOT_ASKED}kah\b)\w{{3,}}kah\b(?= \w)"),
    _rule(
        "list", rf"\b(?:siapa|apa|mana)(?:kah)?(?: saja| aja)(?:kah)?\b(?: (?:nama )?(?P<noun>(?!yang\b|di\b|dari\b){_NOUN}))?"
    ),
    _rule(
        "list",
        rf"^\W*(?:tolong )?(?:sebutkan|sebut|daftar)\b(?: (?:nama|semua|siapa|apa|nama-nama|para))*(?: (?P<noun>{_NOUN}))?",
    ),
    _rule("said", rf"\bapa(?:kah)? (?:isi |saja )?{speakers.WORD_ID}\b(?: (?:dari|oleh))?"),
    _rule(
        "said",
        r"\b(?:bagaimana|seperti apa|gimana)(?:kah)? (?:isi )?(?:jawaban|tanggapan|respons?|reaksi|komentar|pernyataan|pendapat|penjelasan|balasan)\b(?: dari)?",
    ),
    _rule("said", rf"\bapa(?:kah)? yang {speakers.SAID_ID}\b(?: oleh)?"),
    _rule("said", rf"\bapa(?:kah)? yang (?P<keep>(?:\w+ ){{1,4}}?){speakers.SAY_ID}\b"),
    _rule(
        "said",
        rf"\b(?:{speakers.SAYS_ID}|kata|jawab) apa(?:kah)?\b|\b(?:jawaban|komentar|tanggapan|reaksi|respons?|pernyataan)\w*(?P<keep>(?: \w+){{0,3}}) (?:apa|gimana|bagaimana)\W*$",
    ),
    _rule("why", r"\b(?:mengapa|kenapa)(?:kah)?\b"),
    _rule("why", rf"\bapa(?:kah)? (?:yang (?:menjadi|jadi) )?{_REASON_ID}\b"),
    _rule("why", r"\bapa(?:kah)? yang (?:menyebabkan|membuat|memicu|mendorong|melatarbelakangi)\b"),
    _rule("why", r"\b(?:karena|gara-gara|akibat|untuk|buat|demi) (?:apa|alasan apa)(?:kah)?\b"),
    _rule("how_many", r"\bke-? ?berapa(?:kah)?\b"),
    _rule("how_long", rf"\b(?:se)?berapa(?:kah)? lama(?:nya|kah)?\b|\b(?:selama )?berapa(?:kah)? (?P<noun>{_LONG_ID})\b"),
    _rule("when", rf"\b(?:pada |di |sejak |hingga |sampai |mulai |per )?(?P<noun>{_TIME_ID}) (?:berapa|apa|kapan)(?:kah)?\b"),
    _rule("when", r"\b(?:sejak |sampai |hingga |mulai )?(?:kapan|bilamana)(?:kah)?\b"),
    _rule(
        "how",
        rf"\b{_MEANS_ID} (?:\w+ )?apa(?:kah)?\b|\bapa(?:kah)? (?:yang )?(?:ditumpangi|dinaiki|dikendarai|digunakan untuk (?:datang|pergi|tiba))\b",
    ),
    _rule("where", rf"\b(?:di |ke |dari |dekat )?(?P<noun>{_PLACE_ID}) (?:mana|apa|apakah|manakah)\b"),
    _rule("where", r"\b(?:(?:di|ke|dari) ?)mana(?:kah)?\b|\bdi(?:man|mna|manaa)(?:kah)?\b"),
    _rule("who", rf"\b{_PERSON_ID} (?P<keep>(?:\w+ )?)(?:mana|manakah)\b"),
    _rule("who", rf"\bsiapa(?:kah)? yang {_SPOKE.pattern}"),
    _rule("who", r"\bsiapa(?:kah)? (?:itu|sih|sebenarnya)\b(?! yang\b)|\bitu siapa(?:kah)?\b(?! yang\b)"),
    _rule("who", r"\b(?:oleh |dengan |dari |kepada |bersama )?(?:siapa|siapakah)\b(?: (?:nama|namanya))?"),
    _rule("how_many", rf"\b(?:se)?berapa(?:kah)?(?: (?:banyak|jumlah|besar|total|nilai))*(?: (?P<noun>{_NOUN}))?\b"),
    _rule(
        "yes_no",
        rf"^\W*(?:jadi,? |lalu,? |terus,? |emang |memang |[^,?]{{3,80}}, )?(?:apakah(?= \w)|{_YES_ID}\b|apa (?:benar|betul|iya|memang)\b)",
    ),
    _rule(
        "yes_no",
        r"^\W*(?:emang|memang)(?:nya)?\b(?!.*\b(?:apa|siapa|mana|kapan|berapa|bagaimana|mengapa|kenapa|gimana|brp|knp)(?:kah|nya)?\b)",
    ),
    _rule("yes_no", rf"^\W*apa (?!(?:{_RELATIONAL})\b)(?:\w+ ){{1,4}}?{_AUX_ID}\b"),
    _rule("yes_no", r"\b(?:tidak|nggak|ngga|gak|kah|belum|bukan)\W*\?\W*$"),
    _rule(
        "yes_no",
        r"^(?!.*\b(?:apa|siapa|mana|kapan|berapa|brp|bagaimana|gimana|mengapa|kenapa)(?:kah|nya|an)?\b).*\b(?:kan|ya)\W*\?\W*$",
    ),
    _rule(
        "what",
        r"\bapa(?:kah)? yang (?:telah |sudah |akan )?terjadi\b(?: (?:pada|dengan|terhadap|kepada))?|\b(?:bagaimana|gimana|apa) nasib(?:nya)?\b",
    ),
    _rule("how", r"\b(?:bagaimana|gimana)(?:kah)?\b|\bseperti apa(?:kah)?\b|\bdengan cara apa\b"),
    _rule("what", rf"\bapa(?:kah)? (?:nama|judul|jenis|sebutan|julukan) (?!dari\b|yang\b)(?P<noun>{_NOUN})"),
    _rule(
        "what",
        rf"(?:\b(?P<noun>(?!(?:adalah|itu|yang|dan|atau|dengan|oleh|tentang|soal)\b){_NOUN}) )?\b(?:apa|mana)(?:kah)?\b(?: itu\b| yang\b)?",
    ),
)

# Key words without any word that asks ("jumlah korban longsor Cisolok"): the first one says what is wanted.
_TERSE = (
    _rule("how_many", rf"^\W*(?:jumlah|total|banyaknya)(?: (?P<noun>{_NOUN}))?"),
    _rule(
        "how_many",
        r"^\W*(?P<keep>(?:harga|tarif|biaya|ongkos|luas|tinggi|ketinggian|panjang|lebar|berat|bobot|jarak|usia|umur|suhu|kecepatan|kapasitas|persentase|skor|"
        r"gaji|denda|omzet|laba|anggaran|nilai|kadar|kurs|volume|peringkat|ranking|beban|beda (?:umur|usia)|korban (?:tewas|jiwa|luka)|kenaikan|penurunan)\b)",
    ),
    _rule("how_long", r"^\W*(?:lamanya|lama|durasi)\b"),
    _rule("when", r"^\W*(?:tanggal|jadwal|waktu|hari|tahun|batas (?:akhir|waktu))\b"),
    _rule("where", r"^\W*(?:lokasi|tempat|alamat|asal (?:negara|daerah|kota))\b"),
    _rule("why", r"^\W*(?:penyebab|alasan|sebab|pemicu)\b"),
    _rule(
        "who",
        r"^\W*(?P<keep>(?:pencetak|pelaku|peraih|pemenang|sutradara|penyanyi|pemeran|pengganti|pendiri|penulis|pencipta|pemilik)\b)",
    ),
)

_ENGLISH = (
    _rule("list", rf"^\W*(?:please )?(?:list|name|give)\b(?: (?:all|the|of|some|two|three))*(?: (?P<noun>{_NOUN}))?"),
    _rule(
        "list",
        rf"\bwho (?:all|were|are) (?:the )?(?P<noun>{_NOUN}s)\b|\b(?:what|which) (?:two|three|four|other) (?P<nouns>{_NOUN})\b",
    ),
    _rule("list", rf"\bwhich (?P<noun>{_NOUN}s) (?:were|are|did|have)\b"),
    _rule("said", rf"\bwhat (?:else )?(?:did|does|do|has|had) (?P<keep>(?:\w+ ){{1,6}}?){speakers.SAY_EN}\b"),
    _rule(
        "said",
        r"\bwhat (?:was|is|were) (?:the )?(?P<keep>(?:[\w.-]+(?:'s|’s)? ){0,4})(?:answer|reply|response|reaction|comment|statement|message|words)\b",
    ),
    _rule("said", r"\bhow (?:did|does|do) (?P<keep>(?:\w+ ){1,5}?)(?:respond|reply|react|answer|describe)\b"),
    _rule("said", r"\bwhat (?:were|was) (?:said|told|promised)\b"),
    _rule(
        "why",
        r"\bwhy\b|\bwhat (?:caused|led to|made|prompted|triggered)\b|\bwhat (?:is|was|were|are) (?:the )?(?:\w+ )?(?:reasons?|cause|purpose|motive)\b|\bfor what (?:reason|purpose)\b|\bhow come\b",
    ),
    _rule("how_long", r"\b(?:for )?how long\b|\bhow many (?P<noun>seconds|minutes|hours|days|weeks|months|years|decades)\b"),
    _rule(
        "when",
        r"\b(?:since |until )?when\b|\b(?:in |on |at |by )?(?:what|which) (?P<noun>year|date|day|month|time|century|hour)\b",
    ),
    _rule(
        "where",
        r"\b(?:from )?where\b|\b(?:in |at |to |from )?(?:what|which) (?P<noun>city|country|place|region|town|province|island|location|state|district|venue)\b",
    ),
    _rule(
        "how_many",
        rf"\bhow (?:many|much|far|old|tall|high|big|large|often|fast|heavy|deep|wide)\b(?: (?P<noun>{_NOUN}))?|\bwhat (?:number|percentage|amount|share|distance|proportion)\b"
        rf"|\bwhat (?:is|was|are|were) (?:the |its |his |her |their )?(?P<nouns>{AMOUNTS})\b(?: of)?",
    ),
    _rule("who", rf"\b(?:what|which) (?!{_AUX_EN}\b)(?P<keep>(?:[\w-]+ ){{0,3}}{_PERSON_EN})\b"),
    _rule("who", r"\bwho (?:said|says|claimed|stated)\b"),
    _rule("who", r"\b(?:by |with |to |from )?(?:who|whom|whose)\b"),
    _rule("yes_no", rf"^\W*(?:so,? |and )?{_AUX_EN}(?:n't)?\b(?= \w)"),
    _rule("what", r"\bwhat (?:has |had )?happen(?:s|ed)\b(?: to)?|\bwhat (?:has |had )?bec[oa]me of\b"),
    _rule("how", r"\bhow\b|\b(?:what|which) (?:means|mode|kind) of (?:transport|transportation|vehicle)\b"),
    _rule(
        "what",
        rf"\b(?:what|which)(?: (?:is|was|are|were) the (?:name|title)s? of)?(?: (?P<noun>(?!is\b|was\b|are\b|were\b|did\b|does\b|do\b|has\b|have\b|will\b|can\b|would\b){_NOUN}))?",
    ),
)

_ASKS_EN = re.compile(r"\b(?:who|whom|whose|what|which|where|when|why|how)\b", re.IGNORECASE)
_ASIDE_EN = re.compile(r"(?<=\w)(?<!\bsince)(?<!\buntil),? \b(?:when|where|while|who|whose|whom)\b.*", re.IGNORECASE | re.DOTALL)


def asked(question: str, language: Language) -> Asked:
    """What `question` wants. A text without any interrogative word counts as "what"."""
    found = _asked(question, language)
    laid = choice.options(question, plain=found.kind == "yes_no")
    if laid is None:
        return found
    kind: Kind = "what" if found.kind == "yes_no" else found.kind
    between = (laid[0][0], laid[1][1])
    cues = tuple(cue for cue in found.cues if not (cue[0] < between[1] and between[0] < cue[1]))
    return replace(found, kind=kind, cues=(*cues, between), options=tuple(question[start:end] for start, end in laid))


def _asked(question: str, language: Language) -> Asked:
    asking = question if language == "id" else _without_aside(question)
    for rule in _INDONESIAN if language == "id" else _ENGLISH:
        match = rule.pattern.search(asking)
        if match is None or (rule.kind == "yes_no" and language == "id" and only_named(question)):
            continue
        groups = match.groupdict()
        noun = _ASKING_NOUN.sub("", groups.get("noun") or groups.get("nouns") or "")
        return Asked(
            kind=rule.kind,
            noun=noun.casefold(),
            speaker=speakers.speaker(question, language),
            said=match.group(),
            cues=_cues(match),
        )
    for rule in _TERSE if language == "id" else ():
        if match := rule.pattern.search(question):
            return Asked(kind=rule.kind, noun=(match.groupdict().get("noun") or "").casefold(), cues=_cues(match))
    return Asked(kind="what", speaker=speakers.speaker(question, language))


def _without_aside(question: str) -> str:
    """An English question up to a second word that asks: "Who led the police when the card came out?" asks who, not when."""
    aside = _ASIDE_EN.search(question)
    return question[: aside.start()] if aside and _ASKS_EN.search(question[: aside.start()]) else question


def _cues(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """The matched span less its named groups, which articles do contain."""
    start, end = match.span()
    spans = []
    for name in sorted((name for name in match.re.groupindex if match.group(name)), key=match.start):
        spans.append((start, match.start(name)))
        start = match.end(name)
    return tuple(span for span in (*spans, (start, end)) if span[1] > span[0])
