"""Why an address was not fetched, in the page's language: what fetches it says so in English."""

from __future__ import annotations

import re
from collections.abc import Mapping

_PASTE = "Tempelkan saja teksnya."
_ITSELF = "Berikan alamat artikelnya sendiri, atau tempelkan teksnya."
_INDONESIAN: Mapping[str, str] = {
    r"'' is no web address\..*": "Alamatnya kosong. Tuliskan alamat yang diawali https://.",
    r"(.+) is no web address\..*": "{0} bukan alamat web. Tuliskan alamat yang diawali https://.",
    r"no machine is known as (.+)\. Cure.*": "Tidak ada server bernama {0}. Periksa lagi alamatnya.",
    r"(\S+) is no public address\..*": f"{{0}} bukan alamat publik; yang diambil hanya halaman di web terbuka. {_PASTE}",
    r"(\S+) did not answer .*": "{0} tidak menjawab. Coba lagi, atau tempelkan teksnya.",
    r"(\S+) answered (\d+)\..*": f"{{0}} menjawab dengan kode {{1}}. {_ITSELF}",
    r"(\S+) sent more than ([\d,]+) bytes\..*": f"{{0}} mengirim lebih dari {{1}} bita. {_PASTE}",
    r"(\S+) sent .*": f"{{0}} mengirim sesuatu yang bukan artikel. {_PASTE}",
    r"the address leads on .*": f"Alamat ini terus mengalihkan ke alamat lain. {_ITSELF}",
}


def address_in_words(why: str, language: str) -> str:
    """The reason in Indonesian ("id"); "" where it is in English already, or is about something else."""
    if language == "id":
        for pattern, says in _INDONESIAN.items():
            if found := re.fullmatch(pattern, why, re.DOTALL):
                return says.format(*found.groups())
    return ""
