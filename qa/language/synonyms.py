"""Words of Indonesian news that say the same: what one article calls "meneken" another calls "menandatangani".

Written by hand, by meaning and not by corpus; a word stands for all that has its root. Roots that mean several things are
left out, and so are things of one kind (a train is no plane). English words reach them through the lexicon (qa.language.bridge).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

_GROUPS = """
    mengunjungi bertandang menyambangi lawatan mendatangi berkunjung datang menjenguk
    menemani mendampingi menyertai mengawal mengiringi rombongan
    meneken menandatangani tandatangan diteken ditandatangani
    pimpinan pemimpin kepala ketua bos memimpin mengepalai
    jubir juru-bicara bicara
    presiden kepala-negara
    uang duit dana biaya anggaran ongkos
    harga tarif banderol
    kegunaan fungsi manfaat berguna tujuan
    kendala hambatan halangan rintangan menghambat menghalangi penundaan tertunda tersendat terhambat molor lamban memperlambat
    alasan sebab penyebab menyebabkan pemicu memicu akibat
    dampak akibat pengaruh efek imbas
    mendirikan membangun pembentukan membentuk
    khawatir cemas waswas risau mencemaskan
    takut gentar
    enggan menolak ogah
    tewas meninggal wafat gugur mangkat
    membunuh menghabisi pembunuhan
    terluka cedera luka
    korban
    menangkap membekuk mencokok meringkus mengamankan ciduk
    memenjarakan menahan mengurung bui penjara
    menghukum memvonis hukuman vonis
    tersangka terdakwa
    menuduh menuding mendakwa
    menyelidiki mengusut investigasi penyidikan
    membantah menampik menyangkal menepis
    mengakui membenarkan mengonfirmasi
    mengatakan berkata menyebut menyatakan menuturkan mengungkapkan menjelaskan menyampaikan ujar ucap tutur ungkap jawab
    mengumumkan mengabarkan memberitahu
    meminta memohon menuntut mendesak menyerukan mengimbau
    memerintahkan menyuruh menginstruksikan menugaskan
    melarang mengharamkan
    mengizinkan membolehkan memperbolehkan merestui
    setuju sepakat menyepakati menyetujui mufakat
    perjanjian kesepakatan pakta kontrak
    mendukung menyokong membela
    menentang melawan memprotes
    mengkritik mengecam mengutuk mencela
    memuji menyanjung
    memperingatkan mewanti-wanti mengingatkan
    mengancam ancaman
    menyerang menggempur serbuan menyerbu gempuran
    menembak menembakkan meluncurkan melepaskan
    rudal misil
    pesawat jet
    kapal bahtera
    pasukan tentara prajurit militer serdadu
    senjata persenjataan amunisi
    perang konflik pertempuran bertempur
    berhenti menghentikan mengakhiri menyetop
    mulai memulai dimulai berawal
    selesai usai rampung kelar tuntas berakhir
    menutup ditutup
    membuka dibuka meresmikan diresmikan
    tiba sampai mendarat
    tiba datang
    runtuh bubar keruntuhan
    berangkat bertolak pergi meninggalkan
    pulang kembali balik
    menginap bermalam
    tinggal bermukim menetap berdomisili
    terletak berada berlokasi
    menaiki naik menumpang menumpangi mengendarai
    mobil limosin
    bertemu berjumpa pertemuan menemui bersua
    berunding bernegosiasi negosiasi perundingan
    berbicara berbincang mengobrol percakapan dialog
    membahas membicarakan mendiskusikan
    menyambut penyambutan disambut
    mengundang undangan
    menghadiri hadir mengikuti
    menjabat bertugas jabatan
    mengangkat melantik menunjuk mengukuhkan ditunjuk
    memecat mencopot memberhentikan
    mundur mengundurkan
    memilih terpilih pemilihan
    menang memenangi memenangkan juara menjuarai
    kalah takluk tumbang
    menambah meningkatkan menaikkan memperbesar
    menurunkan mengurangi memangkas menyusutkan
    naik meningkat melonjak melejit bertambah menanjak
    turun merosot anjlok menyusut berkurang
    besar raksasa
    membeli memborong
    menjual memasarkan
    membayar melunasi
    gaji upah honor
    memberi memberikan menyerahkan menghadiahkan
    hadiah kado cendera-mata
    bantuan menolong membantu menyumbang sumbangan
    menyumbang mendonasikan
    memakai menggunakan memanfaatkan
    membuat memproduksi menghasilkan membikin menciptakan
    membuat membangun
    bersedia siap sanggup
    kasus skandal perkara
    merinci membeberkan memerinci
    menemukan mendapati
    mencari menelusuri
    hilang lenyap raib
    merusak menghancurkan meluluhlantakkan
    rusak hancur porak-poranda
    meledak ledakan
    terbakar kebakaran
    jatuh terjatuh
    menabrak menubruk tabrakan
    banjir bah
    gempa lindu
    membatalkan pembatalan urung
    menunda mengundurkan
    merencanakan rencana berencana hendak ingin
    ingin mau berniat berkeinginan
    memperlihatkan menunjukkan memamerkan
    melihat menyaksikan menonton meninjau
    memeriksa mengecek menginspeksi
    memperbaiki membetulkan
    menyembunyikan merahasiakan
    rahasia tertutup
    bekerja-sama kerjasama kolaborasi bermitra
    bergantung ketergantungan
    membutuhkan memerlukan
    kemampuan kapasitas
    tahap fase
    gagal kegagalan
    berhasil sukses keberhasilan
    percobaan uji tes upaya usaha
    mencoba berupaya berusaha
    pelabuhan bandar
    antariksa angkasa
    wahana pesawat
    dekrit keputusan perintah
    undang-undang beleid
    warga penduduk masyarakat
    anak putra
    istri suami pasangan
    menikah kawin pernikahan
    lahir kelahiran
    siswa murid pelajar
    mahasiswa kuliah
    guru pengajar
    penyakit sakit
    obat farmasi
    sembuh pulih
    polisi kepolisian
    pengadilan sidang
    penerjemah juru-bahasa
    ahli pakar pengamat
    wartawan jurnalis reporter
    media pers
    membalas balasan menjawab tanggapan respons
    imbalan balasan
    khusus istimewa spesial
    mewah megah
    penting vital krusial
    terbaru mutakhir anyar terkini
    lama usang
    cepat kilat
    pertama perdana
    terakhir pamungkas
    terakhir terbaru
    ulang-tahun peringatan hari-jadi
    perayaan merayakan peringatan memperingati
    jarak jauh
    dekat
    dua kedua
    panas terik
    hujan
    mendunia global internasional
    dalam-negeri domestik
    luar-negeri asing mancanegara
"""


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for line in _GROUPS.strip().splitlines():
        words = [word for word in line.split() if "-" not in word]
        for word in words:
            table.setdefault(word, set()).update(words)
    return {word: frozenset(words) for word, words in table.items()}


def others(word: str, same_root: Callable[[str, str], bool]) -> frozenset[str]:
    """The words that may stand for a folded word, itself left out; found by its form, else by its root as `same_root` judges.

    >>> sorted(others("jurnalis", lambda one, other: one == other))
    ['reporter', 'wartawan']
    """
    table = _table()
    known = table.get(word) or frozenset().union(*(words for key, words in table.items() if same_root(word, key)))
    return known - {word}
