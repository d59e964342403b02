"""Indonesian and English as people type it into a chat, turned into the words that newspapers print."""

from __future__ import annotations

import re

from qa.language.words import listed

_TABLE = """
yg=yang dgn=dengan dg=dengan dngn=dengan utk=untuk unt=untuk tuk=untuk krn=karena karna=karena krna=karena gara2=karena
tsb=tersebut tsbt=tersebut trsbt=tersebut jg=juga jga=juga udh=sudah udah=sudah sdh=sudah dah=sudah uda=sudah blm=belum blom=belum
belom=belum lom=belum org=orang orng=orang thn=tahun th=tahun taun=tahun bln=bulan tgl=tanggal tggl=tanggal hr=hari mgg=minggu
mnggu=minggu jm=jam mnt=menit dtk=detik pres=presiden presdn=presiden wapres=wakil+presiden mentri=menteri mntri=menteri
pemimpn=pemimpin gak=tidak ga=tidak gk=tidak nggak=tidak ngga=tidak nggk=tidak enggak=tidak engga=tidak gag=tidak kagak=tidak
kaga=tidak tdk=tidak tdak=tidak ndak=tidak bkn=bukan bukn=bukan jgn=jangan jngn=jangan knp=mengapa knpa=mengapa kenapa=mengapa
knapa=mengapa kenape=mengapa ngapa=mengapa napa=mengapa mgp=mengapa mngapa=mengapa ngapain=mengapa gmn=bagaimana gmna=bagaimana
gimana=bagaimana gimane=bagaimana bgmn=bagaimana bgmna=bagaimana bagaimn=bagaimana brp=berapa brpa=berapa brapa=berapa
berape=berapa kpn=kapan kpan=kapan kapn=kapan kpankah=kapan dmn=di+mana dmna=di+mana dimana=di+mana dimn=di+mana kmn=ke+mana
kmna=ke+mana kemana=ke+mana drmn=dari+mana drmana=dari+mana darimana=dari+mana mna=mana sp=siapa spa=siapa sapa=siapa syp=siapa
siapa2=siapa ap=apa apa2=apa apaan=apa ape=apa apkh=apakah apkah=apakah sm=sama sma=sama ama=dengan bgt=sangat banget=sangat bngt=sangat
bgtt=sangat bs=bisa bsa=bisa bisaa=bisa dpt=dapat dpat=dapat hrs=harus hrus=harus kudu=harus mo=mau mw=mau pgn=ingin pengen=ingin
pengin=ingin pingin=ingin dtg=datang dtng=datang dateng=datang prg=pergi prgi=pergi plg=pulang blg=mengatakan blng=mengatakan ngomong=berkata ngmg=berkata ngomongin=membicarakan ktny=katanya ktnya=katanya liat=lihat ngeliat=melihat tau=tahu
tw=tahu taw=tahu ngasih=memberi ksh=beri kasi=beri ngambil=mengambil bikin=membuat bkin=membuat ngebuat=membuat
ngebahas=membahas ngunjungin=mengunjungi kunjungin=mengunjungi ketemu=bertemu ktmu=bertemu ketemuan=bertemu ketmu=bertemu
tmu=temu ngobrol=berbincang ngirim=mengirim nyerang=menyerang nembak=menembak bantuin=membantu ngebantu=membantu
nolong=menolong pake=pakai pk=pakai pke=pakai naek=naik nyampe=sampai nyampai=sampai ampe=sampai sampe=sampai smp=sampai
smpe=sampai ky=seperti kyk=seperti kayak=seperti kek=seperti spt=seperti sprti=seperti sprt=seperti jd=jadi jdi=jadi
jadinya=jadi kalo=kalau klo=kalau kl=kalau klu=kalau kalu=kalau tp=tetapi tpi=tetapi tapi=tetapi trus=lalu trs=lalu abis=setelah abs=setelah stlh=setelah stelah=setelah sblm=sebelum sblum=sebelum sbg=sebagai sbgai=sebagai sbnrnya=sebenarnya
sebenernya=sebenarnya bnr=benar bener=benar bnar=benar emg=memang emang=memang mmg=memang skrg=sekarang skrng=sekarang skg=sekarang
skr=sekarang sekarng=sekarang td=tadi tdi=tadi ntar=nanti ntr=nanti nti=nanti kmrn=kemarin kmren=kemarin kemaren=kemarin
kmarin=kemarin bsk=besok bsok=besok lg=lagi lgi=lagi lagy=lagi pd=pada pda=pada dr=dari dri=dari dlm=dalam dlam=dalam
antr=antara dpn=depan blkg=belakang jln=jalan skt=sakit rmh=rumah kntr=kantor ktr=kantor neg=negara ngr=negara ngra=negara
negri=negeri kpd=kepada kpada=kepada ttg=tentang tntg=tentang tntang=tentang soalnya=karena mslh=masalah mslah=masalah
bhn=bahan bwt=untuk duit=uang byk=banyak bnyk=banyak bnyak=banyak sdkt=sedikit dikit=sedikit bbrp=beberapa bbrapa=beberapa smua=semua sm2=sama-sama semuanya=semua
sluruh=seluruh stiap=setiap tiap=setiap tiap2=setiap msh=masih msih=masih lbh=lebih lbih=lebih krg=kurang plg2=paling pling=paling
pst=pasti mgkn=mungkin mungkn=mungkin mngkn=mungkin hnya=hanya hny=hanya cm=hanya cuma=hanya cuman=hanya aj=saja aja=saja ajah=saja
doang=saja doank=saja gt=begitu gtu=begitu gitu=begitu gini=begini gni=begini bgitu=begitu bgini=begini tuh=itu nih=ini
mrk=mereka mrka=mereka mreka=mereka doi=dia dy=dia kmu=kamu km=kamu lo=kamu lu=kamu elu=kamu gw=saya gue=saya gua=saya sy=saya aq=aku
ane=saya qt=kita kt=kita kta=kita bpk=bapak pa=pak ibuk=ibu anak2=anak-anak dll=dan+lain-lain hub=hubungan krj=kerja
kerjasama=kerja+sama ketmuan=bertemu trjd=terjadi trjadi=terjadi kjadian=kejadian mninggal=meninggal mngatakan=mengatakan
bkt=bukti brt=berita brita=berita wkt=waktu wktu=waktu tmpt=tempat tmpat=tempat tpt=tempat nm=nama nmnya=namanya nma=nama hsl=hasil
jml=jumlah jmlh=jumlah jmlah=jumlah hrg=harga hrga=harga jt=juta rb=ribu ribuu=ribu mlyr=miliar milyar=miliar triliyun=triliun
prtama=pertama prtemuan=pertemuan prtmuan=pertemuan ptemuan=pertemuan lwt=lewat liwat=lewat slm=selama slma=selama lma=lama
brsm=bersama brsama=bersama bareng=bersama brg=bersama tlg=tolong tlng=tolong jelasin=jelaskan jlsin=jelaskan critain=ceritakan
ceritain=ceritakan kasitau=beri+tahu kasihtau=beri+tahu sebutin=sebutkan jkt=Jakarta sby=Surabaya bdg=Bandung jogja=Yogyakarta
yk=Yogyakarta indo=Indonesia indon=Indonesia korut=Korea+Utara korsel=Korea+Selatan tiongkok=Tiongkok amrik=Amerika aussie=Australia
malay=Malaysia sgp=Singapura spore=Singapura
"""
_ENGLISH = """
whats=what+is what's=what+is wht=what wut=what wat=what whos=who+is who's=who+is wheres=where+is where's=where+is whens=when+is
when's=when+is hows=how+is how's=how+is whys=why+is why's=why+is wen=when wher=where wherre=where whr=where hw=how u=you ur=your
ure=you+are r=are y=why b4=before abt=about bout=about bcoz=because bcuz=because cuz=because coz=because cos=because pls=please
plz=please thx=thanks ppl=people gov=government govt=government pres=president prez=president mtg=meeting yr=year yrs=years
mth=month wk=week didnt=did+not didn't=did+not doesnt=does+not doesn't=does+not dont=do+not don't=do+not isnt=is+not isn't=is+not
wasnt=was+not wasn't=was+not cant=cannot can't=cannot wont=will+not won't=will+not im=I+am i'm=I+am ive=I+have theyre=they+are
hes=he+is shes=she+is gonna=going+to wanna=want+to gotta=have+to tho=though thru=through w/=with nkorea=North+Korea skorea=South+Korea
"""
_PARTICLES = listed(
    """
    sih sihh seh deh dh dong donk dongs nih tuh loh lho lah kah yah ya yaa toh mah kok kk gan sis bro min guys woi hei
    halo hai
    """
)
_ASKING = listed("apa siapa kapan berapa bagaimana mengapa mana")
_DOUBLED = listed(
    "negara orang anak apa siapa kota hal rudal senjata pejabat menteri korban warga tokoh partai nama tempat masing sama"
)


def _read(table: str) -> dict[str, str]:
    return {short: long.replace("+", " ") for short, _, long in (pair.partition("=") for pair in table.split())}


INDONESIAN = _read(_TABLE)
ENGLISH = _read(_ENGLISH)
_ENGLISH_SIGNS = listed(
    """
    the is are was were did does do of what who when where why how which in on at and to has have will you your a an by
    for with from
    """
) | frozenset(word for word in ENGLISH if word not in INDONESIAN and len(word) > 1)

_TOKEN = re.compile(r"[^\W_]+(?:['’/.-][^\W_]+)*|\s+|.", re.DOTALL)
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_ROMAN = re.compile(r"[ivxlcdm]+", re.IGNORECASE)
_MARKS = re.compile(r"([?!.,])[?!.,]+")
_TWICE = re.compile(r"([a-z]{3,})2(nya|an)?")
_SPACES = re.compile(r"\s+")


def normalise(question: str) -> str:
    """The question in standard words: short forms, chat spelling, stretched letters, particles and shouting undone.

    Words with a capital inside an ordinary question are taken for names and stay. A question in standard words comes back as it
    was, but for runs of white space and of question marks.
    """
    text = _MARKS.sub(lambda run: "?" if "?" in run.group() else run.group(1), _SPACES.sub(" ", question).strip())
    shouted = _shouted(text)
    if shouted:
        text = text.lower()
    tokens = _TOKEN.findall(text)
    plain = [token.lower() for token in tokens if token[0].isalpha()]
    english = sum(word in _ENGLISH_SIGNS for word in plain) > sum(word in INDONESIAN or word in _SIGNS for word in plain)
    out: list[str] = []
    seen = 0
    for token in tokens:
        if not token[0].isalpha():
            out.append(token)
            continue
        out.append(_word(token, first=seen == 0, english=english))
        seen += 1
    mended = _SPACES.sub(" ", "".join(out)).strip()
    mended = re.sub(r" +([?!.,;:])", r"\1", mended)
    if not any(character.isalnum() for character in mended):
        return text
    if question.lstrip()[:1].isupper() and not shouted:
        mended = mended[0].upper() + mended[1:]
    return mended


_SIGNS = listed(
    """
    yang di ke dari dan apa apakah siapa kapan mengapa kenapa bagaimana berapa mana ini itu pada untuk dengan tidak ada
    adalah akan oleh dalam
    """
)


def _shouted(text: str) -> bool:
    """No small letter at all in several words: shouting, not an acronym ("KPK?")."""
    words = [word for word in text.split() if any(character.isalpha() for character in word)]
    return len(words) >= 2 and text.upper() == text and any(sum(map(str.isalpha, word)) > 3 for word in words)


def _word(token: str, *, first: bool, english: bool) -> str:
    """One word in standard spelling; "" for a particle."""
    lower = token.lower().replace("’", "'")
    table = ENGLISH if english else INDONESIAN
    name = token[0].isupper() and not first and not (token.isupper() and lower in table and len(token) > 2)
    if name and token != lower.upper():
        return token
    if token.isupper() and lower not in table and lower not in _SIGNS and lower not in _PARTICLES:
        return token
    squeezed = lower
    if not _ROMAN.fullmatch(lower) and not lower.startswith("www"):
        squeezed = _STRETCHED.sub(r"\1", lower)
    if squeezed in table:
        return table[squeezed]
    if not english:
        if squeezed == "kok" and first:
            return "mengapa"
        if squeezed in _PARTICLES and (not token.isupper() or len(token) < 5):
            return ""
        twice = _TWICE.fullmatch(squeezed)
        if twice and (twice.group(1) in _DOUBLED or twice.group(1) in INDONESIAN):
            base = INDONESIAN.get(twice.group(1), twice.group(1))
            return f"{base}-{base}{twice.group(2) or ''}"
        if squeezed.endswith("kah") and squeezed[:-3] in _ASKING and squeezed != "apakah":
            return squeezed[:-3]
    if squeezed != lower:
        return squeezed
    return token
