"""The lines of an article, and the kinds of line that are no reporting: the rules that name a mask.

A rule looks at one line alone and must be sure of it: what may be a sentence stays. Each pattern is anchored and linear.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.language import calendar
from qa.language.lists import one_of
from qa.language.text.words import listed

_FIRST = re.compile(r"\W*(\w+)")
_FIRST_WORDS = listed(
    """
    baca bacalah simak lihat tonton saksikan watch artikel berita pilihan read also see related recommended video gambas
    follow ikuti gabung bergabung join dapatkan klik click unduh download subscribe langganan berlangganan get update sign
    share bagikan fakta fact cek untuk tulisan this oleh by penulis editor reporter redaktur redaksi pewarta wartawan
    kontributor penyunting penerjemah sumber source author writer rep red uploader fotografer laporan written reported
    reporting edited editing translated foto ilustrasi photo caption gambar file tangkapan infografis tags tag topik
    copyright hak ada iklan scroll lanjut lanjutkan advertisement sponsored diterbitkan diperbarui
    """
)
_LABEL = 80
"""Characters above which only a line that opens like a rule's, or ends in brackets, is looked at closely."""
LONGEST = 320
"""Characters above which a line is a paragraph and no rule but the dateline's looks at it."""

OUTLET = r"(?:[A-Za-z0-9][\w-]*\.)+(?i:com|co\.id|co|id|net|org|tv|news|info)"
_WORD = r"[A-Z](?:[\w'’.]|-(?=\w))*"
_PLACE = rf"{_WORD}(?:[ /]{_WORD}){{0,3}}"
_AGENCY = r"(?:ANTARA|Antara|Reuters|REUTERS|AP|AFP|Xinhua|BBC|VOA|DW|UPI|IPS)"
_DASH = r"\s*(?:--|[-–—])\s*"
DATELINE = re.compile(
    rf"(?:(?P<outlet>{OUTLET})(?:\s*[,|]\s*{_PLACE})?(?:\s*\([^()]{{2,20}}\))?"  # WahanaNews.co, Moskow -
    rf"|{_PLACE}\s*,\s*(?P<second>{OUTLET}|[A-Z][\w]* Indonesia|KOMPAS|TEMPO|ANTARA)"  # JAKARTA, KOMPAS.com -
    rf"|{_PLACE}(?:,[^()\n]{{1,30}})?\s*\((?P<agency>{_AGENCY})\)"  # MOSCOW, Sept 13 (Reuters) -
    rf"|[A-Z]{{4,}}(?:[ ,][A-Z.]{{2,}}){{0,3}}(?=\s*[-–—]))"  # MOSKOW -
    rf"{_DASH}(?:[A-Z]{{3,}}(?: [A-Z]{{3,}}){{0,2}}\.\s*)?(?=[\"“'‘(]?\w)"
)

_QUOTED = re.compile(r"[\"“”]")
_SAID = re.compile(
    r"\b(?:kata(?! kunci| sandi)|ujar|tutur|ungkap|jelas|sebut|ucap|imbuh|tambah|terang|papar|said|says|told|according)(?:nya)?\b",
    re.IGNORECASE,
)
_FINAL = re.compile(r"[.!?…][\"”’'»)\]]*$")


class Line(NamedTuple):
    """A line without the white space around it: text[start:end]."""

    start: int
    end: int
    text: str


def lines(text: str) -> list[Line]:
    """The lines of a text that hold something, trimmed."""
    found = []
    at = 0
    for whole in text.splitlines(keepends=True):
        kept = whole.strip()
        if kept:
            start = at + whole.index(kept[0])
            found.append(Line(start, start + len(kept), kept))
        at += len(whole)
    return found


def _one_of(*labels: str) -> str:
    return r"[^\w\"“”]*(?:" + "|".join(labels) + r")[^\w\"“”]*"


_NAV = (
    "home|beranda|indeks|index|news|nasional|internasional|global|dunia|world|politik|politics|hukum|bisnis|business|ekonomi|economy|money|"
    "finansial|sport|sports|olahraga|bola|super ?skor|seleb|selebritas|showbiz|hiburan|entertainment|lifestyle|gaya hidup|style|health|"
    "kesehatan|travel|wisata|food|kuliner|tekno|teknologi|tech|technology|science|sains|otomotif|otto|edukasi|pendidikan|regional|daerah|"
    "metropolitan|megapolitan|opini|opinion|kolom|video|videos|foto|photo|photos|images|galeri|infografis|podcast|live|tv|e-?paper|"
    "tribunners|kilas kementerian|login|log in|masuk|daftar|sign in|register|menu|search|cari|premium|others|lainnya|more"
)
_PAGER = (
    "lanjutkan membaca|halaman (?:selanjutnya|berikutnya|sebelumnya)|selanjutnya|berikutnya|sebelumnya|baca selengkapnya|selengkapnya|"
    r"lihat semua|lihat selengkapnya|tampilkan semua|show all|load more|see all|see more|read more|continue reading|next page|previous page|"
    r"halaman(?: \d+)+(?: (?:lihat semua|show all))?|halaman \d+ dari \d+|page \d+ of \d+|kembali ke atas|back to top|tags?:.{0,200}|topik:.{0,200}|"
    r"(?:copyright|hak cipta|©).{0,160}|all rights reserved"
)
_POPULAR = (
    "(?:ter)?populer|popular|trending(?: now)?|terkini|terbaru|terpopuler|(?:berita|artikel|news)(?: ter)?(?:populer|kini|baru|kait|lainnya|"
    " terkini| terbaru| terkait| populer| terpopuler| lainnya| pilihan| utama| rekomendasi)|rekomendasi(?: untuk anda)?|most (?:popular|read)|"
    "latest(?: news)?|top stories|editor'?s? picks?|recommended(?: for you)?|you may also like|more (?:stories|news)|related (?:stories|news|articles)"
)
_MORE = r"(?: (?:hari ini|selengkapnya|lainnya|see all|lihat semua|today))?"
_SIZES = r"a ?a(?: ?a)?|a[+-]|text sizes?|font sizes?|ukuran (?:teks|font|huruf)|small(?:er)?|medium|large|larger|kecil|sedang|besar|normal"
_SHARES = (
    r"share(?: this(?: article| story)?)?|bagikan(?: (?:ke|artikel|berita)\b.{0,40})?|tweet|facebook|twitter|whats ?app|telegram|instagram|tiktok|"
    r"threads|line|linkedin|pinterest|e-?mail|print|cetak|copy link|salin (?:link|tautan)|simpan|save|komentar|comments?|\d+ (?:komentar|comments?|shares?)|"
    r"sign up(?: (?:for|to|now|here)\b.{0,120})?|subscribe(?: (?:to|now|here)\b.{0,120})?|newsletter|(?:di|lewat|via|on|melalui) (?:whats ?app|google news|telegram|"
    r"instagram|youtube)(?: (?:anda|kamu|kami|us))?|(?:dapatkan|get) (?:berita|update|breaking)[^.]{0,80}"
)
_CALL = re.compile(
    r"[*•\-–>\s]*(?:(?:follow|ikuti|gabung|bergabung|join|dapatkan|klik|click|subscribe|langganan|berlangganan|get|update)\b.*\b(?:whats ?app|channel|"
    r"kanal|saluran|telegram|google news|newsletter|tautan ini|link ini|di sini|this link|here|berita pilihan|breaking news|notifikasi)\b"
    r"|(?:follow|ikuti) (?:kami|us|akun|our|official)\b|(?:unduh|download)\b.*\b(?:aplikasi|app)\b)",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w'’.-]*(?:\s+(?:bin|binti|van|de|al)?\s*[A-Z][\w'’.-]*){0,4}"
_JOBS = r"penulis|editor|reporter|redaktur|redaksi|pewarta|wartawan|kontributor|penyunting|penerjemah|sumber|source|author|writer|rep|red|uploader|fotografer"

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("text-size", re.compile(_one_of(_SIZES), re.IGNORECASE)),
    ("popular", re.compile(_one_of(rf"(?:{_POPULAR}){_MORE}"), re.IGNORECASE)),
    (
        "advert",
        re.compile(
            _one_of(
                r"advertisements?|iklan|sponsored(?: content)?|adv|scroll (?:to|untuk|ke)\b.{0,60}|lanjut(?:kan)? (?:scroll|gulir).{0,60}"
            ),
            re.IGNORECASE,
        ),
    ),
    ("menu", re.compile(_one_of(_PAGER), re.IGNORECASE)),
    ("share", re.compile(_one_of(_SHARES), re.IGNORECASE)),
    (
        "video",
        re.compile(
            r"\W*(?:video (?:pilihan|terkini|terpopuler|populer|lainnya|terkait|terbaru|of the day)[^.]{0,60}|\[?gambas:.{0,120}|"
            r"(?:saksikan|simak|tonton|lihat|watch)(?: juga)?(?: the)? video\b.{0,160}|video:.{0,160})",
            re.IGNORECASE,
        ),
    ),
    (
        "byline",
        re.compile(
            rf"(?i:[\[(\s]*(?:{_JOBS})(?:\s*/\s*(?:{_JOBS}))?\s*[:|]).{{1,120}}"
            rf"|(?:Penulis|Editor|Reporter|Pewarta|Penyunting|Redaktur|Wartawan) {_NAME}(?:\s*[,|/-]\s*(?:Editor|Penyunting) {_NAME})?"
            rf"|(?:oleh|Oleh|OLEH|by|By|BY)\s*:?\s+{_NAME}(?:\s*[,|(-].{{0,60}}|\s+(?i:diperbarui|diterbitkan|pada|updated|published|editor|and|dan)\b.{{0,80}})?"
            rf"|(?i:laporan (?:wartawan|reporter|kontributor)).{{1,100}}"
            rf"|\((?:[A-Za-z]{{2,10}} ?[/|-] ?){{0,4}}[A-Za-z]{{2,10}}\)"
            rf"|(?i:(?:written|reported|reporting|edited|editing|translated) by) .{{1,120}}"
        ),
    ),
)
_READ_ALSO = re.compile(
    r"[\[(*•\-–>»\s]*(?:baca(?:lah)?(?: juga| pula| selengkapnya)?|simak(?: juga| pula)?|lihat juga|tonton juga|artikel terkait|berita terkait|"
    r"pilihan editor|read(?: also| more| next)?|also read|see also|related(?: (?:articles?|stories|story|news|content))?)\s*(?:[:：|>»]+|(?<=juga)\s-|(?<=also)\s-)\s*(?P<headline>.*)",
    re.IGNORECASE,
)
_READ_GLUED = re.compile(r"(?:\W*(?:baca juga|simak juga|baca|lihat juga|read also|also read|related)\s*:[\s,]*)+", re.IGNORECASE)
_READ_ALONE = re.compile(
    r"\W*(?:baca juga|baca pula|simak juga|lihat juga|read also|also read|see also|related)\W*", re.IGNORECASE
)
_FACT = re.compile(
    r"[*•\-\s]*(?:(?:fakta atau hoaks|fact or hoax)\b|(?:cek fakta|fact check|untuk mengetahui kebenaran)\b.*(?:whats ?app|\d{4} \d{3,}))",
    re.IGNORECASE,
)
_SYNDICATED = re.compile(
    r"[*•(\s]*(?:artikel|berita|tulisan|this (?:article|story)) (?:ini )?(?:telah|sudah|pernah|pertama kali|has|was)\b.{0,40}\b(?:tayang|dimuat|terbit|publi\w*|appeared)\b",
    re.IGNORECASE,
)
_PRESS = (
    r"(?:AFP|AP|EPA|REUTERS|Reuters|ANTARA\w*|Antara|Xinhua|KCNA|TASS|Sputnik|Kremlin|Pool|POOL|JIBI|Bisnis|BPMI\w*|Setpres|"
    r"(?i:tribun\w*|kompas\w*|detik\w*|tempo\w*|liputan6|cnn|cnbc|bbc|kontan|republika|sindo\w*|okezone|inews|jawapos|merdeka|suara|kumparan))"
)
_CREDIT = re.compile(
    rf"\((?=[A-Z@]|(?i:foto|photo|dok))(?P<sure>[^()?!]{{0,60}}\b(?i:photos?|foto|images|getty|shutterstock|istimewa|dok|dokumentasi|tangkapan layar|screenshot|handout)\b[^()?!]{{0,60}})\)\.?$"
    rf"|\((?:[^()]*\b{_PRESS}(?:\.\w+)*\s*/[^()]+|[^()/]+/\s*{_PRESS}\b[^()]*|{_PRESS}(?:\.com|\.co|\.id)*)\)$"
)
_SIDES = re.compile(
    r"\((?:(?:paling |dua dari |kedua dari |ketiga dari |second from |far )?(?:kanan|kiri|tengah|left|right|center|centre|atas|bawah)|[lr])\)",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"\W*(?:foto|photo|caption|gambar|sumber foto|file photo|ilustrasi|infografis|tangkapan layar)(?: ilustrasi)?\s*[:|]\s*\S",
    re.IGNORECASE,
)
_DRAWN = re.compile(r"(?:Ilustrasi|Tangkapan layar|File photo|Illustration)\b", re.IGNORECASE)
_CLOCK = re.compile(
    r"\b(?:diterbitkan|diperbarui|dipublikasikan|terbit|tayang|published|updated|last|posted|pukul|jam|wib|wita|wit|gmt|utc|et|est|edt|am|pm|at|on|"
    rf"{one_of(calendar.weekdays())}|{one_of(calendar.months(besides=False))})\b|[\d\W_]+",
    re.IGNORECASE,
)
_SITE = re.compile(rf"{OUTLET}\s*[-–|,]")
_DAY = re.compile(r"\d{1,2}\D+\d{4}|\d{4}-\d\d-\d\d|\d{1,2}[:.]\d\d\s*(?:wib|wita|wit|gmt|am|pm)", re.IGNORECASE)


def ends(line: str) -> bool:
    """Does the line end as a sentence does?"""
    return _FINAL.search(line[-8:]) is not None


def is_body(line: str) -> bool:
    """A line of reporting: it ends as a sentence does and is long enough to be one, or it opens with a dateline."""
    return (ends(line) and (len(line) > 60 or line.count(" ") >= 5)) or (len(line) > 60 and DATELINE.match(line) is not None)


def is_nav(line: str) -> bool:
    """The name of a section of a site, alone on its line."""
    return len(line) < 40 and re.fullmatch(_one_of(_NAV), line, re.IGNORECASE) is not None


def title_like(line: str) -> bool:
    """Most of its words of four letters and more have a capital, and it does not end as a sentence does."""
    long = list(re.findall(r"[^\W\d_]{4,}", line))
    return not ends(line) and bool(long) and sum(word[0].isupper() for word in long) >= 0.6 * len(long)


def read_also(line: str) -> str | None:
    """The headline that a "read also" line gives, "" when it is to follow on the next line, None when it is no such line."""
    found = _READ_ALSO.fullmatch(line)
    if found:
        return found.group("headline").strip(" ])")
    return "" if len(line) < 30 and _READ_ALONE.fullmatch(line) else None


@lru_cache(maxsize=4096)
def rule(line: str) -> str:
    """The rule that this line alone falls under, "" for none. `line` is trimmed."""
    if len(line) > LONGEST:
        return ""
    if len(line) > _LABEL and not _suspect(line):
        return ""
    if not any(character.isalnum() for character in line):
        return "separator"
    headline = read_also(line)
    if headline is not None:
        return "" if _told(headline) else "read-also"
    said = ends(line) and _SAID.search(line) is not None
    for name, pattern in _RULES:
        if not said and pattern.fullmatch(line):
            return name
    if not said:
        if _FACT.match(line):
            return "fact-check"
        if _SYNDICATED.match(line):
            return "syndicated"
        if _CALL.match(line) and not _QUOTED.search(line):
            return "share"
    if len(line) < 90 and not ends(line) and _DAY.search(line) and not _CLOCK.sub("", _SITE.sub("", line)):
        return "timestamp"
    return "caption" if _caption(line) else ""


def _suspect(line: str) -> bool:
    """May a line longer than any label fall under a rule? Its first word, or a bracket at its end, would tell."""
    first = _FIRST.match(line)
    if first is not None and first.group(1).lower() in _FIRST_WORDS:
        return True
    return ("(" in line and not line.endswith((".", '."', ".”"))) or line.endswith(").")


def read_prefix(line: str) -> int:
    """Length of a "read also:" that is glued before reporting, 0 for none."""
    found = _READ_ALSO.fullmatch(line)
    if found is None or not _told(found.group("headline")):
        return 0
    glued = _READ_GLUED.match(line)
    return glued.end() if glued else 0


def _told(headline: str) -> bool:
    """What follows "read also" is reporting, not a headline: it ends as a sentence, at length, in small letters."""
    return len(headline) > 60 and headline.rstrip("\"”'’)").endswith(".") and not title_like(headline.rstrip(".\"”'’)"))


def _caption(line: str) -> bool:
    """A picture's line: a credit in brackets after words that do not end as a sentence, or (left) and (right) in one that does not."""
    bracket = line.rfind("(")
    credit = _CREDIT.match(line, bracket) if bracket >= 0 else None
    if credit:
        before = line[:bracket].rstrip()
        return not before or before[-1] not in '.!?…"”' or _PICTURE.match(line) is not None or _DRAWN.match(line) is not None
    if _PICTURE.match(line):
        return len(line) < 160 or not ends(line)
    return (
        not ends(line)
        and ". " not in line
        and (_SIDES.search(line) is not None or (len(line) < 120 and _DRAWN.match(line) is not None))
    )
