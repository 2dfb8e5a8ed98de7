"""Invented contacts that are no violence: bringing up children, youth, papers, questions."""

from datetime import time

from ruang.demo.content.places import CIPOCOK, CURUG, KASEMEN, SERANG, TAKTAKAN, WALANTAKA
from ruang.demo.content.shape import Course as C
from ruang.demo.content.shape import Line, Tale, Wish
from ruang.demo.content.shape import Reply as Y
from ruang.demo.content.shape import Subject as S
from ruang.intake.states import Age, Door, HelperSex, Risk, Safety, Side, Way, Who
from ruang.intake.states import Help as H
from ruang.referrals.states import Need as N
from ruang.triage.states import Outcome

HERS, OURS = Side.REPORTER, Side.STAFF
LOW, CHILD, A_CHILD = Risk.LOW, Age.CHILD, Who.CHILD

TALES = (
    Tale(
        "gawai", S.PARENTING, C.COUNSELLED,
        "Anak saya 9 tahun main gim sampai jam dua pagi. Kalau hp diambil dia menjerit dan "
        "membenturkan kepala. Saya dan suami sama-sama kerja pabrik. Kami harus bagaimana?",
        who=A_CHILD, age=CHILD, age_said="9", helps=(H.CHILD_HELP, H.PSYCHOLOGIST),
        district=WALANTAKA, village="Kalodran", door=Door.WHATSAPP, way=Way.WHATSAPP,
        safe_hours=(time(19), time(21)), risk=LOW,
    ),
    Tale(
        "bolos", S.PARENTING, C.COUNSELLED,
        "Anak laki-laki saya kelas 8 sudah dua minggu pamit sekolah tapi tidak sampai. Katanya "
        "nongkrong di jembatan. Dia anak baik, sejak ayahnya meninggal jadi pendiam.",
        who=A_CHILD, age=CHILD, age_said="14", helps=(H.CHILD_HELP, H.LISTEN),
        door=Door.WALK_IN, way=Way.PHONE, district=SERANG, village="Lopang",
        safe_hours=(time(12), time(14)), risk=LOW,
    ),
    Tale(
        "anak-merokok", S.PARENTING, C.COUNSELLED,
        "Ketahuan ada rokok elektrik di tas anak perempuan saya. Saya syok. Saya ingin bicara "
        "tanpa membuatnya menjauh.",
        who=A_CHILD, age=CHILD, age_said="15", helps=(H.LISTEN,), district=CIPOCOK, risk=LOW,
    ),
    Tale(
        "terlambat-bicara", S.PARENTING, C.COUNSELLED,
        "Anak tiga tahun belum bisa menyebut mama. Posyandu menyarankan periksa, saya tidak "
        "tahu ke mana dan biayanya berapa.",
        who=A_CHILD, age=CHILD, age_said="3", helps=(H.HEALTH, H.CHILD_HELP), door=Door.SESSION,
        way=Way.PHONE, district=TAKTAKAN, village="Sayar", safe_hours=(time(8), time(10)),
        risk=LOW,
    ),
    Tale(
        "cemburu-adik", S.PARENTING, C.COUNSELLED,
        "Sejak adiknya lahir, kakaknya (5) suka mencubit bayi dan mengompol lagi. Saya sering "
        "marah. Saya mau ikut kelas pengasuhan kalau ada.",
        who=A_CHILD, age=CHILD, age_said="5", helps=(H.LISTEN,), door=Door.WHATSAPP,
        way=Way.WHATSAPP, district=KASEMEN, village="Kilasah", risk=LOW,
        safe_hours=(time(13), time(16)),
    ),
    Tale(
        "single-mom-english", S.PARENTING, C.COUNSELLED,
        "My son is ten and he has stopped talking at school since we moved to this city. His "
        "teacher is kind but does not speak English well. Is there a child psychologist for "
        "us?",
        who=A_CHILD, age=CHILD, age_said="10", helps=(H.CHILD_HELP, H.PSYCHOLOGIST),
        language="en", helper_language="English", district=SERANG, risk=LOW,
    ),
    Tale(
        "anak-tantrum", S.PARENTING, C.COUNSELLED,
        "Penelepon ibu dari anak dengan autisme, meminta informasi terapi yang terjangkau dan "
        "kelompok orang tua. Diberi tiga pilihan tempat dan jadwal kunjungan.",
        who=A_CHILD, age=CHILD, age_said="7", helps=(H.HEALTH, H.CHILD_HELP), door=Door.PHONE,
        way=Way.PHONE, district=SERANG, safe_hours=(time(9), time(15)), risk=LOW,
    ),
    Tale(
        "mau-kabur", S.PARENTING, C.CLOSED,
        "Anak perempuan saya (16) dua kali kabur ke rumah pacarnya karena bertengkar dengan "
        "ayahnya soal jam malam. Kami tidak pernah memukul. Dia bilang lebih dimengerti di "
        "sana. Saya minta dipertemukan dengan orang yang bisa menengahi.",
        who=A_CHILD, age=CHILD, age_said="16", helps=(H.PSYCHOLOGIST, H.CHILD_HELP),
        district=CURUG, village="Sukawana", way=Way.PHONE, safe_hours=(time(15), time(17)),
        risk=LOW, outcome=Outcome.REFER, names="Keysha (anak, 16); Bu Wati dan Pak Tono",
        wishes=(Wish(N.PSYCHOLOGY, Y.DONE, "puspaga"),),
    ),
    Tale(
        "asuh-cucu", S.PARENTING, C.COUNSELLED,
        "Saya nenek, mengasuh dua cucu remaja. Mereka tidak mendengar saya. Saya tidak "
        "mengerti hp. Kader bilang bisa tanya ke sini.",
        who=A_CHILD, age=CHILD, helps=(H.LISTEN,), door=Door.CADRE, way=Way.TRUSTED,
        reach="Bu Mumun (kader), 0899-0000-5120", district=WALANTAKA, village="Tegalsari",
        risk=LOW,
    ),
    Tale(
        "adopsi", S.PARENTING, C.NOT_OURS,
        "Kami belum dikaruniai anak setelah dua belas tahun dan ingin mengangkat anak secara "
        "resmi. Mulainya dari mana?",
        helps=(H.UNSURE,), district=SERANG, village="Cipare", risk=LOW,
    ),
    Tale(
        "anak-dan-puasa-gawai", S.PARENTING, C.FRESH,
        "Bagaimana cara membuat kesepakatan waktu layar untuk anak kembar umur 11? Yang satu "
        "patuh yang satu tidak.",
        who=A_CHILD, age=CHILD, age_said="11", helps=(H.LISTEN,), district=CIPOCOK,
    ),
    Tale(
        "overthinking", S.YOUTH, C.COUNSELLED,
        "kak aku kelas 12 tiap malem ga bisa tidur mikirin masuk kuliah apa engga. ortu maunya "
        "kerja. aku nangis mulu tapi di sekolah ketawa2. aku cuma butuh didenger",
        age=CHILD, age_said="17", helps=(H.LISTEN, H.PSYCHOLOGIST), district=SERANG, risk=LOW,
        lines=(
            Line(OURS, "Terima kasih sudah cerita. Wajar lelah kalau lama menyimpan sendiri. "
                 "Mau ngobrol lewat sini sore ini? Ada kakak konselor sampai jam empat."),
            Line(HERS, "mau kak. jam 3 ya habis ekskul"),
        ),
    ),
    Tale(
        "suka-sendiri", S.YOUTH, C.COUNSELLED,
        "Saya 15 tahun dan tidak punya teman dekat. Saya lebih suka menggambar. Kata tante "
        "saya tidak normal. Apa saya perlu ke psikolog?",
        age=CHILD, age_said="15", helps=(H.LISTEN,), district=TAKTAKAN, village="Sepang",
        risk=LOW,
    ),
    Tale(
        "putus-cinta", S.YOUTH, C.COUNSELLED,
        "baru diputusin terus dia jadian sama temen sebangku aku. ga mau masuk sekolah. lebay "
        "ya? tapi sakit banget",
        age=CHILD, age_said="16", helps=(H.LISTEN,), door=Door.WHATSAPP, way=Way.WHATSAPP,
        district=CIPOCOK, safe_hours=(time(15), time(20)), risk=LOW,
    ),
    Tale(
        "rahasia-keluarga", S.YOUTH, C.COUNSELLED,
        "aku baru tau aku anak angkat dari akta. mereka ga tau aku tau. aku sayang mereka tapi "
        "marah juga. gimana ngomongnya",
        age=CHILD, age_said="17", helps=(H.LISTEN, H.PSYCHOLOGIST), district=CURUG, risk=LOW,
    ),
    Tale(
        "tekanan-nilai", S.YOUTH, C.COUNSELLED,
        "Orang tua saya membandingkan saya dengan sepupu terus. Kalau nilai di bawah 90 saya "
        "didiamkan seminggu. Saya ingin mereka mengerti tapi takut kurang ajar.",
        age=CHILD, age_said="14", helps=(H.LISTEN,), district=SERANG, village="Sumur Pecung",
        risk=LOW,
    ),
    Tale(
        "forum-anak", S.YOUTH, C.COUNSELLED,
        "kak gimana cara ikut forum anak? aku pengen bikin kegiatan anti perundungan di "
        "kelurahan aku. ada dana ga",
        age=CHILD, age_said="16", helps=(H.UNSURE,), door=Door.WHATSAPP, way=Way.WHATSAPP,
        district=KASEMEN, village="Margaluyu", risk=LOW, safe_hours=(time(14), time(20)),
    ),
    Tale(
        "kosong-remaja", S.YOUTH, C.NOT_OURS, "",
        age=CHILD, helps=(H.LISTEN,), safety=Safety.UNKNOWN, risk=LOW,
    ),
    Tale(
        "gagal-seleksi", S.YOUTH, C.COUNSELLED,
        "Saya gagal seleksi perguruan tinggi tiga kali, umur 20. Rasanya semua teman maju dan "
        "saya diam di tempat. Tahun pertama saya masih ikut bimbingan belajar, tahun kedua "
        "belajar sendiri sambil jaga warung, tahun ini saya bahkan tidak membuka buku. Saya "
        "jarang mandi dan keluar kamar. Kalau ada saudara datang saya pura-pura tidur. Bapak "
        "tidak marah, malah itu yang membuat saya merasa bersalah. Ibu yang menyuruh menulis "
        "ke sini, katanya mungkin ada kakak laki-laki yang bisa diajak bicara.",
        helps=(H.PSYCHOLOGIST, H.LISTEN), district=TAKTAKAN, village="Drangong",
        door=Door.WHATSAPP, way=Way.WHATSAPP, safe_hours=(time(10), time(20)),
        helper_sex=HelperSex.MAN,
        risk=Risk.MEDIUM,
        lines=(
            Line(OURS, "Terima kasih sudah menulis, dan salam untuk Ibu. Boleh kami bertanya: "
                 "pernahkah terpikir untuk menyakiti diri?"),
            Line(HERS, "pernah kepikiran tapi tidak akan, kasihan ibu"),
            Line(OURS, "Terima kasih sudah jujur. Kakak psikolog bisa bertemu besok pukul 10 "
                 "di Ru-Ko, gratis. Malam ini kalau terasa berat, telepon 119 pilih 8, atau "
                 "tulis di sini."),
        ),
    ),
    Tale(
        "body-image", S.YOUTH, C.ASKED,
        "aku diet cuma makan apel 2 hari terus pusing di kelas. aku mau kurus buat tampil "
        "nari. mama ga tau",
        age=CHILD, age_said="15", helps=(H.LISTEN, H.HEALTH), district=SERANG, risk=LOW,
        lines=(
            Line(OURS, "Halo, terima kasih sudah cerita. Hari ini sudah makan apa? Boleh kita "
                 "ngobrol sebentar supaya badanmu tetap kuat menari?"),
        ),
    ),
    Tale(
        "kelompok-belajar", S.YOUTH, C.CLAIMED,
        "Saya berhenti sekolah kelas 10 karena melahirkan. Sekarang anak saya satu tahun dan "
        "saya ingin lanjut paket C. Ada yang bisa bantu daftar?",
        age=CHILD, age_said="17", helps=(H.CHILD_HELP,), district=KASEMEN,
        village="Sawah Luhur",
        door=Door.WHATSAPP, way=Way.WHATSAPP, safe_hours=(time(9), time(12)),
    ),
    Tale(
        "akta-hilang", S.PAPERS, C.COUNSELLED,
        "Akta kelahiran dua anak hilang waktu banjir, saya tidak bisa baca tulis lancar. "
        "Tetangga yang bantu menulis ini. Bisa ditemani ke kantor?",
        helps=(H.CHILD_HELP,), door=Door.WALK_IN, way=Way.PHONE, district=KASEMEN,
        village="Banten", safe_hours=(time(8), time(16)), risk=LOW,
    ),
    Tale(
        "kk-pisah", S.PAPERS, C.COUNSELLED,
        "Saya mau pisah KK dari mantan suami tapi dia tidak mau memberi dokumen. Petugas loket "
        "bilang perlu surat. Surat dari siapa?",
        helps=(H.LEGAL,), door=Door.PHONE, way=Way.PHONE, district=CURUG,
        village="Curug", safe_hours=(time(8), time(15)), risk=LOW,
    ),
    Tale(
        "bpjs-anak", S.PAPERS, C.NOT_OURS,
        "BPJS anak saya tidak aktif karena ayahnya berhenti kerja. Anak perlu kontrol asma.",
        who=A_CHILD, age=CHILD, age_said="6", helps=(H.HEALTH,), district=SERANG, risk=LOW,
    ),
    Tale(
        "pindah-sekolah", S.PAPERS, C.COUNSELLED,
        "Kami pindah mendadak dari luar kota karena suami kena PHK. Sekolah lama menahan surat "
        "pindah karena tunggakan. Anak sudah sebulan di rumah.",
        who=A_CHILD, age=CHILD, age_said="11", helps=(H.CHILD_HELP,), door=Door.WALK_IN,
        way=Way.PHONE, district=WALANTAKA, village="Pipitan", safe_hours=(time(8), time(14)),
        risk=LOW,
    ),
    Tale(
        "isbat", S.PAPERS, C.OPEN,
        "Saya dan suami menikah tahun 2009 tidak tercatat. Sekarang anak mau daftar SMP butuh "
        "akta lengkap. Kami rukun. Mohon info sidang terpadu.",
        helps=(H.LEGAL,), door=Door.WALK_IN, way=Way.PHONE, district=TAKTAKAN,
        village="Cibendung", safe_hours=(time(8), time(17)), risk=LOW, outcome=Outcome.REFER,
        names="Saodah dan Mamat (suami istri); tiga anak",
        wishes=(Wish(N.RELIGIOUS, Y.UNDER_WAY, "kua"), Wish(N.OTHER, Y.CHECKING, "dukcapil")),
    ),
    Tale(
        "relawan", S.QUESTION, C.NOT_OURS,
        "Saya mahasiswa semester akhir ingin menjadi relawan pendamping. Apakah ada "
        "pendaftaran dan pelatihannya?",
        helps=(H.UNSURE,), district=SERANG, risk=LOW,
    ),
    Tale(
        "sosialisasi", S.QUESTION, C.NOT_OURS,
        "Kami pengurus RT ingin mengundang petugas untuk penyuluhan ibu-ibu bulan depan. Ke "
        "mana mengirim suratnya?",
        helps=(H.UNSURE,), door=Door.LETTER, way=Way.PHONE, district=CIPOCOK,
        safe_hours=(time(9), time(20)), risk=LOW,
    ),
    Tale(
        "kader-bingung", S.QUESTION, C.COUNSELLED,
        "Saya kader baru. Kalau ada anak tetangga bercerita hal berat, apa yang boleh dan "
        "tidak boleh saya tanyakan? Saya takut salah omong.",
        who=Who.KNOWN, helps=(H.UNSURE,), door=Door.CADRE, way=Way.WHATSAPP, district=CURUG,
        village="Sukajaya", safe_hours=(time(8), time(20)), risk=LOW,
    ),
    Tale(
        "guru-tanya", S.QUESTION, C.COUNSELLED,
        "Saya guru BK SMP. Apakah sekolah boleh berkonsultasi tanpa menyebut nama siswa? Ada "
        "beberapa siswa yang sering murung dan saya ingin menyiapkan diri.",
        who=Who.KNOWN, age=CHILD, helps=(H.LISTEN,), district=SERANG, way=Way.PHONE,
        safe_hours=(time(9), time(14)), risk=LOW,
    ),
    Tale(
        "salah-alamat", S.QUESTION, C.NOT_OURS,
        "Lampu jalan depan gang mati sudah sebulan, ibu-ibu takut lewat kalau malam.",
        helps=(H.UNSURE,), district=KASEMEN, village="Kasunyatan", risk=LOW,
    ),
    Tale(
        "visitor-english", S.QUESTION, C.COUNSELLED,
        "Hello, I teach at a language course here. One of my adult students sometimes cries in "
        "class. I do not want to push her. Could I give her this address, and will someone "
        "answer in simple Indonesian?",
        who=Who.KNOWN, helps=(H.LISTEN,), language="en", district=SERANG, risk=LOW,
    ),
)  # fmt: skip
