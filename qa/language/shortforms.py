"""Short forms that Indonesian newspapers print for names and offices: "AS" is Amerika Serikat, "Menlu" is the Menteri Luar Negeri.

One article prints one, another the other, so a text that has either is read as having both. Only forms that stand for one thing in
the news are listed; they count as written (capitals, or a capital first), for "as" and "ma" are words too.
"""

from __future__ import annotations

import re
from functools import cache

_TABLE = """
AS=Amerika Serikat; RI=Republik Indonesia; PBB=Perserikatan Bangsa-Bangsa; UE=Uni Eropa; Korut=Korea Utara; Korsel=Korea Selatan; Afsel=Afrika Selatan;
Arsaud=Arab Saudi; UEA=Uni Emirat Arab; RRC=Republik Rakyat Cina; RRT=Republik Rakyat Tiongkok; PNG=Papua Nugini;
WHO=Organisasi Kesehatan Dunia; IMF=Dana Moneter Internasional; WTO=Organisasi Perdagangan Dunia; IAEA=Badan Energi Atom Internasional; NATO=Pakta Pertahanan Atlantik Utara;
DPR=Dewan Perwakilan Rakyat; MPR=Majelis Permusyawaratan Rakyat; DPD=Dewan Perwakilan Daerah; DPRD=Dewan Perwakilan Rakyat Daerah;
KPK=Komisi Pemberantasan Korupsi; KPU=Komisi Pemilihan Umum; MK=Mahkamah Konstitusi; MA=Mahkamah Agung; BI=Bank Indonesia; BPK=Badan Pemeriksa Keuangan;
BPS=Badan Pusat Statistik; BNPB=Badan Nasional Penanggulangan Bencana; BMKG=Badan Meteorologi, Klimatologi, dan Geofisika; OJK=Otoritas Jasa Keuangan;
TNI=Tentara Nasional Indonesia; MUI=Majelis Ulama Indonesia; PSSI=Persatuan Sepak Bola Seluruh Indonesia; BUMN=Badan Usaha Milik Negara;
APBN=Anggaran Pendapatan dan Belanja Negara; APBD=Anggaran Pendapatan dan Belanja Daerah; BBM=bahan bakar minyak; UU=undang-undang; SBY=Susilo Bambang Yudhoyono;
PM=Perdana Menteri; Wapres=Wakil Presiden; Menlu=Menteri Luar Negeri; Menhan=Menteri Pertahanan; Menkeu=Menteri Keuangan; Menkes=Menteri Kesehatan;
Mendagri=Menteri Dalam Negeri; Menhub=Menteri Perhubungan; Mendag=Menteri Perdagangan; Mentan=Menteri Pertanian; Menag=Menteri Agama; Menpora=Menteri Pemuda dan Olahraga;
Mensos=Menteri Sosial; Menaker=Menteri Ketenagakerjaan; Menperin=Menteri Perindustrian; Mendikbud=Menteri Pendidikan dan Kebudayaan; Mensesneg=Menteri Sekretaris Negara;
Kemenlu=Kementerian Luar Negeri; Kemlu=Kementerian Luar Negeri; Kemenhan=Kementerian Pertahanan; Kemenkeu=Kementerian Keuangan; Kemenkes=Kementerian Kesehatan;
Kemendagri=Kementerian Dalam Negeri; Kemenhub=Kementerian Perhubungan; Kemendag=Kementerian Perdagangan; Kementan=Kementerian Pertanian; Kemenag=Kementerian Agama;
Kemensos=Kementerian Sosial; Kemenaker=Kementerian Ketenagakerjaan; Kemenperin=Kementerian Perindustrian; Kemendikbud=Kementerian Pendidikan dan Kebudayaan;
Sekjen=Sekretaris Jenderal; Dubes=Duta Besar; Kedubes=Kedutaan Besar; Dirut=Direktur Utama; Dirjen=Direktur Jenderal; Jubir=juru bicara; Kapolri=Kepala Polri;
Pemprov=Pemerintah Provinsi; Pemkab=Pemerintah Kabupaten; Pemkot=Pemerintah Kota; Pemda=Pemerintah Daerah; Pemilu=Pemilihan Umum; Pilpres=Pemilihan Presiden;
Jabar=Jawa Barat; Jateng=Jawa Tengah; Jatim=Jawa Timur; Sumut=Sumatera Utara; Sumbar=Sumatera Barat; Sumsel=Sumatera Selatan; Kalbar=Kalimantan Barat;
Kalteng=Kalimantan Tengah; Kalsel=Kalimantan Selatan; Kaltim=Kalimantan Timur; Kaltara=Kalimantan Utara; Sulut=Sulawesi Utara; Sulteng=Sulawesi Tengah;
Sulsel=Sulawesi Selatan; Sultra=Sulawesi Tenggara; Sulbar=Sulawesi Barat; NTB=Nusa Tenggara Barat; NTT=Nusa Tenggara Timur; Jaksel=Jakarta Selatan; Jakpus=Jakarta Pusat
"""


def others(text: str) -> tuple[tuple[str, str], ...]:
    """(what the text says, what else it is called) for each short form and each full form in it, in order of place.

    >>> others("Menlu AS tiba di Korea Utara")
    (('Menlu', 'Menteri Luar Negeri'), ('AS', 'Amerika Serikat'), ('Korea Utara', 'Korut'))
    """
    full, short = _tables()
    pattern = _pattern()
    return tuple(
        (said, full[said] if said in full else short[" ".join(said.casefold().split())])
        for said in (match.group() for match in pattern.finditer(text))
    )


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    full: dict[str, str] = {}
    for pair in _TABLE.replace("\n", " ").split(";"):
        brief, _, long = pair.strip().partition("=")
        full[brief] = long
    short: dict[str, str] = {}
    for brief, long in full.items():
        short.setdefault(long.casefold(), brief)
    return full, short


@cache
def _pattern() -> re.Pattern[str]:
    full, short = _tables()
    long = sorted((re.escape(words).replace(r"\ ", r"\s+") for words in short), key=len, reverse=True)
    return re.compile(rf"\b(?:(?i:{'|'.join(long)})|{'|'.join(sorted(full, key=len, reverse=True))})\b")
