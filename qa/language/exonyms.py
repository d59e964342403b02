"""Names that Indonesian and English spell differently: countries, their people, capitals, bodies, points of the compass.

A closed list of what both languages have a word of their own for, and for all else the sound of the spelling: "Moscow" and
"Moskow", "Yury" and "Yuri" are the same name, "Putin" and "Kim" are not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qa.language.words import fold, terms

_PAIRS = """
    north korea|north korean|dprk = korea utara|korut
    south korea|south korean = korea selatan|korsel
    united states|us|u.s|usa|america|american = amerika serikat|as|amerika
    united kingdom|uk|britain|british = inggris|britania raya|britania
    united nations|un = perserikatan bangsa-bangsa|pbb
    european union|eu = uni eropa|ue
    soviet union|soviet = uni soviet|soviet
    russia|russian = rusia
    china|chinese = tiongkok|china|cina
    japan|japanese = jepang
    germany|german = jerman
    france|french = prancis|perancis
    netherlands|dutch = belanda
    spain|spanish = spanyol
    portugal|portuguese = portugal|portugis
    greece|greek = yunani
    italy|italian = italia
    switzerland|swiss = swiss
    sweden|swedish = swedia
    norway|norwegian = norwegia
    poland|polish = polandia
    hungary|hungarian = hungaria
    ukraine|ukrainian = ukraina
    belarus|belarusian = belarus|belarusia
    turkey|turkish|turkiye = turki|turkiye
    egypt|egyptian = mesir
    saudi arabia|saudi = arab saudi|saudi
    united arab emirates|uae = uni emirat arab|uea
    palestine|palestinian = palestina
    israel|israeli = israel
    syria|syrian = suriah
    iraq|iraqi = irak
    iran|iranian = iran
    jordan|jordanian = yordania
    lebanon|lebanese = lebanon
    yemen|yemeni = yaman
    morocco|moroccan = maroko
    algeria|algerian = aljazair
    ethiopia|ethiopian = etiopia|ethiopia
    south africa|south african = afrika selatan|afsel
    india|indian = india
    philippines|philippine|filipino = filipina
    thailand|thai = thailand|muangthai
    malaysia|malaysian = malaysia
    singapore|singaporean = singapura
    cambodia|cambodian = kamboja
    vietnam|vietnamese = vietnam
    myanmar|burma|burmese = myanmar
    timor-leste|east timor|timorese = timor leste|timor timur
    papua new guinea = papua nugini
    new zealand = selandia baru
    australia|australian = australia
    indonesia|indonesian = indonesia|ri
    canada|canadian = kanada
    mexico|mexican = meksiko
    brazil|brazilian = brasil
    argentina|argentine|argentinian = argentina
    europe|european = eropa
    africa|african = afrika
    asia|asian = asia
    korea|korean = korea
    moscow = moskow|moskwa
    beijing = beijing|peking
    athens = athena
    rome = roma
    vienna = wina
    brussels = brussel
    warsaw = warsawa
    cairo = kairo
    mecca = mekah|makkah
    jerusalem = yerusalem
    kyiv|kiev = kyiv|kiev
    java|javanese = jawa
    central java = jawa tengah
    east java = jawa timur
    west java = jawa barat
    west|western = barat
    east|eastern = timur
    north|northern = utara
    south|southern = selatan
    far east = timur jauh
    middle east = timur tengah
    sea of japan = laut jepang
    pacific = pasifik
    white house = gedung putih
    supreme court = mahkamah agung
    constitutional court = mahkamah konstitusi|mk
    world bank = bank dunia
    world health organization|who = organisasi kesehatan dunia|who
    exclusive economic zone = zona ekonomi eksklusif|zee
    prime minister = perdana menteri|pm
    foreign minister = menteri luar negeri|menlu
    defence minister|defense minister = menteri pertahanan|menhan
    finance minister = menteri keuangan|menkeu
    health minister = menteri kesehatan|menkes
    interior minister|home minister = menteri dalam negeri|mendagri
    attorney general = jaksa agung
    joint chiefs of staff = kepala staf gabungan
    security council = dewan keamanan
    general assembly = majelis umum
    central bank = bank sentral
    parliament = parlemen|dpr
    state = negara
"""


def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for line in _PAIRS.strip().splitlines():
        forms = frozenset(form.strip() for side in line.split("=") for form in side.split("|"))
        for form in forms:
            table[form] = table.get(form, frozenset()) | forms
    return table


_ALIKE = _table()
_COUNTRIES = frozenset(
    form.strip()
    for line in _PAIRS.split("europe|european", maxsplit=1)[0].splitlines()
    for side in line.split("=")
    for form in side.split("|")
) - {""}
_LONGEST = max(len(form.split()) for form in _ALIKE)


def is_country(name: str, *, whole: bool = False) -> bool:
    """Does the name open with a country's name or its people's; with `whole`, is it nothing else?"""
    words = fold(name).split()
    return any(" ".join(words[:size]) in _COUNTRIES for size in (1, 2, 3) if not whole or size == len(words))


def spellings(name: str) -> frozenset[str]:
    """The folded name as it is, and as either language spells what it opens or ends with: "north korea" and "korea utara"."""
    words = [re.sub(r"'s?$", "", part) for part in fold(name).split()]
    found = {" ".join(words)}
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for at in range(len(words) - size + 1):
            for other in _ALIKE.get(" ".join(words[at : at + size]), ()):
                found.add(" ".join((*words[:at], other, *words[at + size :])))
        if len(found) > 1:
            break
    return frozenset(found)


def same_name(name: str, words: frozenset[str], skip: frozenset[str] = frozenset(), *, by_sound: bool = True) -> str:
    """The first word of `name` that nothing in `words` (folded) says in either language, "" when each is said.

    `skip`: folded words that need not be said, such as titles. A possessive "'s" is no part of a name. by_sound: a name
    may be spelled as the other language hears it; within one language it may not.
    """
    parts = [re.sub(r"'s?$", "", fold(part)).strip(".,") for part in name.split()]
    at = 0
    while at < len(parts):
        for size in range(min(_LONGEST, len(parts) - at), 0, -1):
            phrase = " ".join(parts[at : at + size])
            if any(set(terms(other)) <= words for other in _ALIKE.get(phrase, ())):
                at += size
                break
        else:
            if parts[at] and parts[at] not in skip and not _said(parts[at], words, by_sound=by_sound):
                return name.split()[at]
            at += 1
    return ""


def _said(word: str, words: frozenset[str], *, by_sound: bool) -> bool:
    pieces = terms(word) or [word]
    if not by_sound or all(piece in words for piece in pieces):
        return all(piece in words or piece.isdigit() for piece in pieces)
    sounds = {sound(other) for other in words if len(other) > 3}
    return all(piece in words or (len(piece) > 3 and sound(piece) in sounds) for piece in pieces)


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """A folded word with what the two languages spell differently made the same: double letters, c/k/q, y/i, ph/f, v/w, a last vowel."""
    plain = word.replace("ph", "f").replace("x", "ks").translate(str.maketrans("cqyvz", "kkiws"))
    plain = re.sub(r"(.)\1+", r"\1", plain).replace("kh", "k").replace("sh", "s")
    return plain.rstrip("aeiou") if len(plain) > 5 else plain
