"""The hand-written part of the lexicon: what sentence pairs of everyday life have seldom and news have daily.

Countries and their people, the calendar, offices, institutions and the common words of each desk (politics, law, war, economy,
disasters, health, science, transport, sports). "english = indonesian / second choice"; a capital is kept.
"""

from __future__ import annotations

from qa.errors import TrainingError
from qa.language import calendar

COUNTRIES = """
south korea = Korea Selatan / Korsel | south korean = Korea Selatan | north korea = Korea Utara / Korut | north korean = Korea Utara
united states = Amerika Serikat / AS | us = AS / Amerika Serikat | u.s. = AS / Amerika Serikat | usa = AS / Amerika Serikat
america = Amerika | american = Amerika | united kingdom = Inggris / Britania Raya | uk = Inggris / Britania Raya | britain = Inggris / Britania
british = Inggris / Britania | england = Inggris | english = Inggris | scotland = Skotlandia | scottish = Skotlandia | ireland = Irlandia
irish = Irlandia | germany = Jerman | german = Jerman | france = Prancis | french = Prancis | spain = Spanyol | spanish = Spanyol
italy = Italia | italian = Italia | netherlands = Belanda | dutch = Belanda | belgium = Belgia | belgian = Belgia | swiss = Swiss
switzerland = Swiss | austria = Austria | greece = Yunani | greek = Yunani | sweden = Swedia | swedish = Swedia | norway = Norwegia
norwegian = Norwegia | denmark = Denmark | danish = Denmark | finland = Finlandia | finnish = Finlandia | poland = Polandia
polish = Polandia | hungary = Hungaria | czech = Ceko | russia = Rusia | russian = Rusia | soviet = Soviet | soviet union = Uni Soviet
ukraine = Ukraina | ukrainian = Ukraina | belarus = Belarusia | turkey = Turki | turkish = Turki | egypt = Mesir | egyptian = Mesir
saudi arabia = Arab Saudi | saudi arabian = Arab Saudi | syria = Suriah | syrian = Suriah | lebanon = Lebanon | jordan = Yordania
iraq = Irak | iraqi = Irak | iran = Iran | iranian = Iran | israel = Israel | israeli = Israel | palestine = Palestina
palestinian = Palestina | yemen = Yaman | morocco = Maroko | libya = Libya | algeria = Aljazair | ethiopia = Etiopia
south africa = Afrika Selatan | south african = Afrika Selatan | africa = Afrika | african = Afrika | asia = Asia | asian = Asia
europe = Eropa | european = Eropa | european union = Uni Eropa | eu = Uni Eropa | southeast asia = Asia Tenggara
southeast asian = Asia Tenggara | middle east = Timur Tengah | far east = Timur Jauh | western = Barat | china = Tiongkok / China / Cina
chinese = Tiongkok / China / Cina | japan = Jepang | japanese = Jepang | korea = Korea | korean = Korea | taiwan = Taiwan | hong kong = Hong Kong
india = India | indian = India | pakistan = Pakistan | afghanistan = Afganistan | bangladesh = Bangladesh | thailand = Thailand
thai = Thailand | vietnam = Vietnam | vietnamese = Vietnam | philippines = Filipina | philippine = Filipina | malaysian = Malaysia
singapore = Singapura | singaporean = Singapura | cambodia = Kamboja | east timor = Timor Leste | papua new guinea = Papua Nugini
indonesian = Indonesia | javanese = Jawa | java = Jawa | west java = Jawa Barat | central java = Jawa Tengah | east java = Jawa Timur
sumatra = Sumatra | borneo = Kalimantan | bali = Bali | australia = Australia | australian = Australia | new zealand = Selandia Baru
canada = Kanada | canadian = Kanada | mexico = Meksiko | mexican = Meksiko | brazil = Brasil | brazilian = Brasil | cuba = Kuba
cuban = Kuba | argentina = Argentina | colombia = Kolombia | chile = Chili | the hague = Den Haag | london = London | moscow = Moskow
beijing = Beijing | tokyo = Tokyo | jerusalem = Yerusalem | gaza strip = Jalur Gaza | west bank = Tepi Barat | mecca = Makkah / Mekkah
pacific = Pasifik | atlantic = Atlantik | indian ocean = Samudra Hindia | south china sea = Laut China Selatan | un = PBB
united nations = PBB / Perserikatan Bangsa-Bangsa | security council = Dewan Keamanan | white house = Gedung Putih | islam = Islam
muslim = Muslim | christian = Kristen | catholic = Katolik | jewish = Yahudi | arab = Arab | nato = NATO | kremlin = Kremlin
"""
CALENDAR = """
today = hari ini | yesterday = kemarin
tomorrow = besok | last week = pekan lalu / minggu lalu | last month = bulan lalu | last year = tahun lalu | this year = tahun ini
next year = tahun depan | next month = bulan depan | next week = pekan depan | week = pekan / minggu | century = abad | decade = dekade
one = satu | two = dua | three = tiga | four = empat | five = lima | six = enam | seven = tujuh | eight = delapan | nine = sembilan
ten = sepuluh | eleven = sebelas | twelve = dua belas | hundred = ratus | thousand = ribu | million = juta | billion = miliar
trillion = triliun | dozen = lusin | percent = persen | second = kedua / detik | third = ketiga | fourth = keempat | fifth = kelima
mile = mil | kilometre = kilometer | kilometer = kilometer | metre = meter | degree = derajat | ton = ton | twice = dua kali | once = sekali
"""
OFFICES = """
president = presiden | vice president = wakil presiden | prime minister = perdana menteri | deputy prime minister = wakil perdana menteri
minister = menteri | ministry = kementerian | defence minister = menteri pertahanan | defense minister = menteri pertahanan
foreign minister = menteri luar negeri | finance minister = menteri keuangan | health minister = menteri kesehatan
interior minister = menteri dalam negeri | home minister = menteri dalam negeri | trade minister = menteri perdagangan
education minister = menteri pendidikan | transport minister = menteri perhubungan | transportation minister = menteri perhubungan
foreign ministry = kementerian luar negeri | defence ministry = kementerian pertahanan | defense ministry = kementerian pertahanan
health ministry = kementerian kesehatan | state department = departemen luar negeri | secretary of state = menteri luar negeri
secretary general = sekretaris jenderal | attorney general = jaksa agung | supreme court = mahkamah agung
constitutional court = mahkamah konstitusi | chief justice = ketua mahkamah agung | chief of staff = kepala staf
chief executive = direktur utama / pemimpin eksekutif | ceo = CEO / direktur utama | chairman = ketua | chairwoman = ketua | chairperson = ketua
spokesman = juru bicara | spokeswoman = juru bicara | spokesperson = juru bicara | governor = gubernur | mayor = wali kota | regent = bupati
deputy governor = wakil gubernur | vice governor = wakil gubernur | lawmaker = anggota parlemen / legislator | parliament = parlemen / DPR
member of parliament = anggota parlemen | house of representatives = DPR / dewan perwakilan rakyat | senate = senat | senator = senator
congress = kongres | ambassador = duta besar | diplomat = diplomat | embassy = kedutaan besar | consul = konsul | envoy = utusan
king = raja | queen = ratu | prince = pangeran | princess = putri | emperor = kaisar | pope = paus | official = pejabat
senior official = pejabat senior | head = kepala | head of state = kepala negara | deputy = wakil / deputi | director = direktur
director general = direktur jenderal | commander = komandan / panglima | general = jenderal / umum | admiral = laksamana | colonel = kolonel
lieutenant = letnan | captain = kapten | soldier = tentara / prajurit | army = tentara / angkatan darat | navy = angkatan laut
air force = angkatan udara | armed forces = angkatan bersenjata | police chief = kepala polisi / kapolri | judge = hakim | prosecutor = jaksa
lawyer = pengacara | suspect = tersangka | defendant = terdakwa | convict = terpidana | witness = saksi | victim = korban
journalist = wartawan / jurnalis | reporter = wartawan / reporter | editor = editor | analyst = analis | expert = pakar / ahli | scientist = ilmuwan
researcher = peneliti | engineer = insinyur | astronaut = astronaut / antariksawan | cosmonaut = kosmonaut | entrepreneur = pengusaha
businessman = pengusaha | leader = pemimpin | politician = politikus / politisi | candidate = calon / kandidat | voter = pemilih
running mate = calon wakil | delegation = delegasi | coach = pelatih | player = pemain | referee = wasit | goalkeeper = kiper
"""
POLITICS = """
election = pemilihan / pemilu | presidential election = pemilihan presiden / pilpres | general election = pemilihan umum / pemilu | vote = suara / memilih
political party = partai politik | party = partai | opposition = oposisi | coalition = koalisi | cabinet = kabinet | government = pemerintah
policy = kebijakan | law = hukum / undang-undang | bill = rancangan undang-undang | regulation = peraturan | decree = dekret / dekrit
constitution = konstitusi | state = negara / negara bagian | country = negara | nation = negara / bangsa | capital = ibu kota | border = perbatasan
treaty = perjanjian | agreement = kesepakatan / perjanjian | deal = kesepakatan | summit = pertemuan puncak / KTT | talks = perundingan / pembicaraan
negotiate = berunding / bernegosiasi | negotiation = negosiasi / perundingan | meeting = pertemuan | meet = bertemu | visit = kunjungan / mengunjungi
state visit = kunjungan kenegaraan | face to face = tatap muka | bilateral = bilateral | cooperation = kerja sama | cooperate = bekerja sama | sanctions = sanksi
sanction = sanksi | ally = sekutu | alliance = aliansi | independence = kemerdekaan | protest = protes / unjuk rasa | demonstration = demonstrasi / unjuk rasa
demonstrator = pengunjuk rasa | protester = pengunjuk rasa | strike = mogok / serangan | speech = pidato | statement = pernyataan
announce = mengumumkan | announcement = pengumuman | deny = membantah | condemn = mengecam / mengutuk | warn = memperingatkan | accuse = menuduh
claim = mengklaim | confirm = mengonfirmasi / memastikan | reject = menolak | approve = menyetujui | sign = menandatangani | promise = berjanji
urge = mendesak | threaten = mengancam | threat = ancaman | criticize = mengkritik | criticise = mengkritik | appoint = menunjuk / mengangkat
resign = mengundurkan diri | elect = memilih | inaugurate = melantik / meresmikan | accompany = mendampingi / menemani | attend = menghadiri | chair = memimpin
host = tuan rumah / menjamu | order = memerintahkan / perintah | foreign = asing / luar negeri | foreign policy = kebijakan luar negeri | human rights = hak asasi manusia
"""
LAW_AND_WAR = """
arrest = menangkap / penangkapan | detain = menahan | charge = mendakwa / dakwaan | trial = persidangan / sidang | verdict = putusan / vonis | sentence = hukuman / vonis / menghukum
prison = penjara | jail = penjara | court = pengadilan | investigate = menyelidiki | investigation = penyelidikan / penyidikan | evidence = bukti
corruption = korupsi | bribe = suap | bribery = suap / penyuapan | fraud = penipuan | theft = pencurian | robbery = perampokan | murder = pembunuhan
kidnap = menculik | hostage = sandera | terrorist = teroris | terrorism = terorisme | bomb = bom | bombing = pengeboman | explosion = ledakan
explode = meledak | shooting = penembakan | shoot = menembak | kill = menewaskan / membunuh | killed = tewas | die = meninggal / tewas
death toll = jumlah korban tewas | injure = melukai | injured = terluka / luka-luka | wound = melukai / luka | attack = serangan / menyerang
war = perang | ceasefire = gencatan senjata | truce = gencatan senjata | armistice = gencatan senjata | peace = perdamaian / damai | invade = menyerbu / menginvasi
invasion = invasi | troops = pasukan | military = militer | weapon = senjata | arms = senjata | ammunition = amunisi | nuclear = nuklir | missile = rudal / peluru kendali
ballistic missile = rudal balistik | cruise missile = rudal jelajah | missile test = uji coba rudal | warhead = hulu ledak | submarine = kapal selam | warship = kapal perang
fighter jet = jet tempur | tank = tank | drone = drone / pesawat nirawak | military exercise = latihan militer | rebel = pemberontak | refugee = pengungsi
base = pangkalan / dasar | military base = pangkalan militer | air base = pangkalan udara | intelligence = intelijen | intelligence agency = badan intelijen | spy = mata-mata
fire = menembakkan / kebakaran | range = jangkauan / jarak | headquarters = markas | coup = kudeta | deploy = mengerahkan | defence = pertahanan | defense = pertahanan
"""
ECONOMY = """
economy = ekonomi | economic = ekonomi | price = harga | inflation = inflasi | interest rate = suku bunga | central bank = bank sentral | stock = saham | share = saham
stock exchange = bursa efek / bursa saham | shareholder = pemegang saham | investor = investor | investment = investasi | revenue = pendapatan | profit = laba / keuntungan | loss = kerugian
company = perusahaan | firm = perusahaan | trade = perdagangan | export = ekspor / mengekspor | import = impor / mengimpor | tax = pajak | budget = anggaran | debt = utang
loan = pinjaman | wage = upah | minimum wage = upah minimum | salary = gaji | worker = pekerja / buruh | labor = buruh / tenaga kerja | unemployment = pengangguran | fuel = bahan bakar
oil = minyak | crude oil = minyak mentah | gas = gas | coal = batu bara | palm oil = minyak sawit | rice = beras | subsidy = subsidi | tariff = tarif | exchange rate = nilai tukar / kurs
rupiah = rupiah | dollar = dolar | market = pasar | growth = pertumbuhan | gross domestic product = produk domestik bruto | customer = pelanggan / nasabah | cost = biaya | pay = membayar | fund = dana
startup = perusahaan rintisan | state-owned = milik negara | merger = merger / penggabungan | acquire = mengakuisisi | bankruptcy = kebangkrutan / pailit
"""
EVENTS = """
disaster = bencana | earthquake = gempa bumi / gempa | flood = banjir | landslide = longsor | tsunami = tsunami | volcano = gunung berapi | erupt = meletus / erupsi | eruption = letusan / erupsi
wildfire = kebakaran hutan | forest fire = kebakaran hutan | drought = kekeringan | storm = badai | typhoon = topan | hurricane = badai | evacuate = mengevakuasi | evacuation = evakuasi
rescue = penyelamatan / menyelamatkan | rescue team = tim SAR | survivor = korban selamat / penyintas | casualty = korban | magnitude = magnitudo | epicenter = pusat gempa | haze = kabut asap
climate change = perubahan iklim | weather = cuaca | temperature = suhu | rain = hujan | accident = kecelakaan | crash = jatuh / kecelakaan | collide = bertabrakan | collision = tabrakan | sink = tenggelam
hospital = rumah sakit | patient = pasien | doctor = dokter | nurse = perawat | disease = penyakit | outbreak = wabah | pandemic = pandemi | vaccine = vaksin | virus = virus | infected = terinfeksi
health = kesehatan | treatment = pengobatan / perawatan | surgery = operasi | cause of death = penyebab kematian | drug = obat / narkoba | drugs = narkoba | food = makanan / pangan
"""
SCIENCE_AND_TRANSPORT = """
technology = teknologi | science = ilmu / sains | research = penelitian / riset | study = penelitian / studi | scientific = ilmiah | space = antariksa / luar angkasa | outer space = luar angkasa
space agency = badan antariksa | space station = stasiun antariksa / stasiun luar angkasa | spacecraft = wahana antariksa / pesawat antariksa | space program = program luar angkasa | moon = bulan
planet = planet | earth = bumi | orbit = orbit / mengorbit | satellite = satelit | rocket = roket | launch = peluncuran / meluncurkan | launch pad = landasan peluncuran | spaceport = pelabuhan antariksa / bandar antariksa
launch site = lokasi peluncuran / situs peluncuran | engine = mesin | vehicle = kendaraan | car = mobil | motorcycle = sepeda motor | bus = bus | train = kereta / kereta api | railway = kereta api | railway station = stasiun kereta api
high speed train = kereta cepat | armored train = kereta lapis baja | limousine = limosin | aircraft = pesawat | airplane = pesawat terbang | plane = pesawat | helicopter = helikopter | airline = maskapai | airport = bandara / bandar udara
flight = penerbangan | passenger = penumpang | pilot = pilot | ship = kapal | ferry = feri | port = pelabuhan | bridge = jembatan | toll road = jalan tol | highway = jalan raya | route = rute | depart = berangkat | arrive = tiba | arrival = kedatangan
road = jalan | power plant = pembangkit listrik | electricity = listrik | factory = pabrik | website = situs web / laman | internet = internet | social media = media sosial | data = data | artificial intelligence = kecerdasan buatan
build = membangun | construction = pembangunan / konstruksi | construct = membangun | project = proyek | test = uji coba / menguji | develop = mengembangkan | development = pembangunan / pengembangan | design = merancang / rancangan | produce = memproduksi
"""
PEOPLE_AND_PLACES = """
city = kota | town = kota | village = desa | district = kecamatan / distrik | regency = kabupaten | province = provinsi | region = wilayah / daerah | island = pulau | river = sungai | lake = danau | mountain = gunung | sea = laut
forest = hutan | coast = pantai / pesisir | north = utara | south = selatan | east = timur | west = barat | northern = utara | southern = selatan | eastern = timur | central = tengah / pusat | local = setempat / lokal
university = universitas | school = sekolah | student = siswa / mahasiswa | teacher = guru | degree program = program studi | graduate = lulusan / lulus | birthplace = tempat lahir | born = lahir | wife = istri | husband = suami | daughter = putri / anak perempuan
son = putra / anak laki-laki | brother = saudara / kakak | sister = saudari / adik | family = keluarga | citizen = warga / warga negara | resident = warga / penduduk | population = jumlah penduduk / penduduk | native = asli | anniversary = peringatan / hari jadi
agency = badan | institute = institut / lembaga | institution = lembaga | organization = organisasi | organisation = organisasi | committee = komite / panitia | commission = komisi | council = dewan | board = dewan | association = asosiasi / perhimpunan
news agency = kantor berita | newspaper = surat kabar / koran | media = media | television = televisi | interview = wawancara | report = laporan / melaporkan | broadcast = siaran / menyiarkan | state media = media pemerintah | footage = rekaman
sport = olahraga | match = pertandingan / laga | game = pertandingan / permainan | goal = gol / tujuan | score = skor / mencetak | win = menang / memenangkan | winner = pemenang / juara | champion = juara | championship = kejuaraan
world cup = Piala Dunia | final = final | league = liga | football = sepak bola | soccer = sepak bola | badminton = bulu tangkis | basketball = bola basket | olympic = Olimpiade | olympics = Olimpiade | medal = medali | gold medal = medali emas
tournament = turnamen | team = tim | national team = tim nasional / timnas | club = klub | stadium = stadion | singer = penyanyi | actor = aktor | actress = aktris | film = film | movie = film | song = lagu | book = buku | award = penghargaan
held = digelar / diadakan | take place = berlangsung / terjadi | happen = terjadi | begin = mulai / dimulai | end = berakhir / akhir | plan = rencana / berencana | goal of = tujuan | purpose = tujuan | reason = alasan | cause = penyebab / menyebabkan
according to = menurut | in front of = di depan | because of = karena | due to = karena | instead of = alih-alih | as well as = serta | face = menghadapi / wajah | help = membantu / bantuan | support = mendukung / dukungan | send = mengirim | offer = menawarkan
gift = hadiah | exhibition = pameran | show = menunjukkan / pertunjukan | stay = tinggal / berada | spend = menghabiskan | use = menggunakan / penggunaan | number of = jumlah | at least = sedikitnya / setidaknya | more than = lebih dari | less than = kurang dari
"""

VERBS = """
happen to = terjadi pada | search for = mencari | look for = mencari | wait for = menunggu | ask for = meminta | call for = menyerukan | listen to = mendengarkan | belong to = milik | respond to = menanggapi
lead to = menyebabkan | result in = mengakibatkan | consist of = terdiri dari | deal with = menangani | take part in = mengikuti | talk about = membicarakan | carry out = melakukan
set up = mendirikan | give up = menyerah | find out = mengetahui | point out = menunjukkan | call off = membatalkan | turn down = menolak | break down = rusak | depend on = bergantung pada
rise = naik / kenaikan / meningkat | fall = turun / jatuh / penurunan | increase = meningkat / kenaikan / peningkatan | decrease = menurun / penurunan | raise = menaikkan / mengangkat | cut = memotong / pemotongan
lift = mencabut / mengangkat | beat = mengalahkan / memukul | defeat = mengalahkan / kekalahan | postpone = menunda | delay = menunda / penundaan | cancel = membatalkan | ban = melarang / larangan
direct = menyutradarai / langsung / mengarahkan | hit = melanda / menghantam | sentence to = menghukum | close = menutup / dekat | open = buka / membuka | publish = menerbitkan / mengumumkan
receive = menerima | win = memenangkan / menang | lose = kalah / kehilangan | name = nama / menamai | call = menyebut / memanggil / panggilan | speak = berbicara | tell = memberi tahu / mengatakan | say = mengatakan / berkata
ask = bertanya / meminta / menanyakan / ditanya | answer = menjawab / jawaban | reply = menjawab / jawaban | reveal = mengungkapkan | admit = mengakui | stress = menegaskan | emphasize = menegaskan | own = memiliki | buy = membeli
sell = menjual | establish = mendirikan | locate = terletak | destroy = menghancurkan | damage = kerusakan / merusak | save = menyelamatkan | treat = merawat | strike = mogok / serangan / mengguncang / menyerang
female = perempuan / wanita | male = laki-laki / pria | woman = perempuan / wanita | man = pria / laki-laki | people = orang / warga | person = orang | boy = anak laki-laki | girl = anak perempuan | age = usia / umur
largest = terbesar | biggest = terbesar | smallest = terkecil | highest = tertinggi | oldest = tertua | youngest = termuda | latest = terbaru / terakhir | last = terakhir / lalu | land = mendarat / tanah | attempt = upaya / percobaan / mencoba | reach = mencapai / tiba di | finish = selesai / menyelesaikan | change = mengubah / perubahan / berubah | nearest = terdekat | fastest = tercepat | longest = terpanjang | best = terbaik | worst = terburuk
"""

QUESTIONS = """
how many = berapa | how much = berapa | how long = berapa lama | how far = seberapa jauh | how old = berapa usia / berapa umur | how often = seberapa sering | how come = mengapa / kenapa | how tall = berapa tinggi
how high = seberapa tinggi | how big = seberapa besar | how large = seberapa besar / seberapa luas | how fast = seberapa cepat | how heavy = berapa berat | how deep = seberapa dalam | how wide = seberapa lebar
what time = pukul berapa / jam berapa | what kind of = jenis apa | what sort of = jenis apa | what type of = jenis apa | go on = terjadi / berlangsung / berlanjut | going on = terjadi / berlangsung | occur = terjadi
last = terakhir / lalu / berlangsung | look like = tampak / terlihat seperti | in charge of = memimpin / bertanggung jawab atas | take charge of = memimpin | take over = mengambil alih | job = pekerjaan / jabatan
tell me about = ceritakan tentang | tell us about = ceritakan tentang | tell me = ceritakan | tell us = ceritakan | outcome = hasil | mean = berarti / arti | meaning = arti / makna | known for = dikenal karena
"""


def _calendar() -> dict[str, tuple[str, ...]]:
    """The months and weekdays, from the calendar that every reader of dates has."""
    found: dict[str, tuple[str, ...]] = {}
    for names in (calendar.months, calendar.weekdays):
        indonesian = {number: name.capitalize() for name, number in names("full", language="id").items()}
        found |= {name: (indonesian[number],) for name, number in names("full", language="en").items()}
    return found


def entries() -> dict[str, tuple[str, ...]]:
    """English (lower case) -> Indonesian, best first. Raises TrainingError for an entry that is not "english = indonesian"."""
    found = _calendar()
    for part in (
        COUNTRIES,
        CALENDAR,
        OFFICES,
        POLITICS,
        LAW_AND_WAR,
        ECONOMY,
        EVENTS,
        SCIENCE_AND_TRANSPORT,
        PEOPLE_AND_PLACES,
        VERBS,
        QUESTIONS,
    ):
        for entry in part.replace("\n", "|").split("|"):
            if not entry.strip():
                continue
            english, equals, indonesian = entry.partition("=")
            options = tuple(option.strip() for option in indonesian.split("/") if option.strip())
            if not equals or not english.strip() or not options:
                raise TrainingError(
                    f"the hand-written entry {entry.strip()!r} is not 'english = indonesian'. Cure: mend the list."
                )
            found[english.strip()] = options
    return found
