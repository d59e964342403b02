"""Why a file was left out, in the page's language: readers of files say it in English, as the command line prints it."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BAD_LETTERS = "memuat huruf yang rusak atau berpengodean tidak dikenal; simpan sebagai UTF-8"
_INDONESIAN: Mapping[str, str] = {
    r"is binary.*": "berisi data biner, bukan teks",
    r"is empty.*": "kosong",
    r"is no JSON: (.*)": "bukan JSON yang benar ({0})",
    r"is a (\w+), not an object .*": "baris ini bukan objek JSON",
    r"is no CSV: (.*)": "bukan CSV yang benar ({0})",
    r"has no column 'text'; its columns are (.*)": "tidak memiliki kolom 'text'; kolomnya: {0}",
    r"'text' is .*": "'text' tidak berisi teks",
    r"'published' is (.*), not a day .*": "'published' berisi {0}, bukan tanggal seperti 2023-09-13",
    r"'(\w+)' (?:is|has) .*": "'{0}' berisi sesuatu yang tidak dapat dipakai",
    r"is too large: (?:over )?([\d,]+) bytes.*": "terlalu besar: {0} bita",
    r"has the ending '(.*)', which is not read; the endings are (.*)": "berakhiran {0}, yang tidak dibaca; yang dibaca: {1}",
    r"has a name that is no UTF-8.*": "nama berkasnya bukan UTF-8; ganti namanya",
    r"cannot be opened: (.*)": "tidak dapat dibuka ({0})",
    r"is in no encoding .*": _BAD_LETTERS,
    r"says it is .*": _BAD_LETTERS,
    r"looks like .*": _BAD_LETTERS,
    r"holds half of a surrogate pair.*": _BAD_LETTERS,
    r"'\w+' holds .*": _BAD_LETTERS,
    r"holds no (?:HTML|article).*": "tidak memuat artikel yang dapat dikenali",
    r"is no PDF .*": "bukan PDF yang dapat dibaca",
    r"is encrypted.*": "dikunci dengan kata sandi; simpan salinan tanpa kata sandi",
    r"is (?:no|a) \.docx document.*": "bukan dokumen .docx yang dapat dibaca",
    r"is no text: .*": "bukan teks: ada kata yang terlalu panjang",
    r".*; give files or folders of articles": "bukan berkas atau folder artikel",
    r"(?:unfolds to|has tables of|has a tag with|holds [\d,]+ characters|is nested) .*": "terlalu besar atau terlalu rumit untuk dibaca",
    r"has the same id .*": "nama pengenalnya sudah dipakai artikel lain",
}


def skipped_in_words(why: str, language: str) -> str:
    """The reason in Indonesian ("id"), or as it came; one that is not known is named as such, with its own words."""
    if language != "id":
        return why
    for pattern, says in _INDONESIAN.items():
        if found := re.fullmatch(pattern, why, re.DOTALL):
            return says.format(*found.groups())
    return f"tidak dapat dibaca: {why}"
