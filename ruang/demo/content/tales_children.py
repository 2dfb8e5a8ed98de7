"""Invented contacts: children hurt or left alone at home, at school, at work."""

from datetime import time

from ruang.cases.states import Closing
from ruang.demo.content.places import CIPOCOK, CURUG, KASEMEN, SERANG, TAKTAKAN, WALANTAKA
from ruang.demo.content.shape import Course as C
from ruang.demo.content.shape import Line, Tale, Wish
from ruang.demo.content.shape import Reply as Y
from ruang.demo.content.shape import Subject as S
from ruang.intake.states import Age, Door, IfOthersAnswer, Risk, Safety, Side, Way, Who
from ruang.intake.states import Help as H
from ruang.referrals.states import Need as N

HERS, OURS = Side.REPORTER, Side.STAFF
CHILD, A_CHILD = Age.CHILD, Who.CHILD

TALES = (
    Tale(
        "ikat-pinggang", S.CHILD_HOME, C.OPEN,
        "Anak didik saya kelas empat beberapa kali datang dengan bekas lecet memanjang di "
        "betis. Saya tanya pelan-pelan, dia bilang dihukum bapak karena lupa menjemput adik. "
        "Tadi dia tidak mau pulang dan tertidur di UKS. Ibunya bekerja di luar negeri. Nenek "
        "dari pihak ibu tinggal tidak jauh dan sering menengok ke sekolah. Saya wali kelasnya, "
        "kepala sekolah sudah tahu saya menghubungi.",
        who=A_CHILD, age=CHILD, age_said="10", helps=(H.CHILD_HELP, H.HEALTH),
        door=Door.REFERRED, way=Way.PHONE, safe_hours=(time(7), time(14)), district=SERANG,
        village="Kota Baru", by_whom="Ayahnya", when="Beberapa kali sejak semester ini",
        risk=Risk.HIGH, names="Fikri (anak, 10); Darsono (terlapor, ayah); Nenek Sarni; Imas "
        "Masitoh (wali kelas)",
        wishes=(Wish(N.HEALTH, Y.DONE, "puskesmas"), Wish(N.SCHOOL, Y.HANDED_BACK, "sd-kejora"),
                Wish(N.PSYCHOLOGY, Y.UNDER_WAY, "forum-psikolog"),
                Wish(N.SOCIAL, Y.UNDER_WAY, "dinsos")),
        lines=(
            Line(OURS, "Terima kasih, Ibu guru. Malam ini anak bersama siapa?"),
            Line(HERS, "Neneknya sudah menjemput, ayahnya mengizinkan. Saya sudah telepon, "
                 "anak sedang makan."),
            Line(OURS, "Baik. Besok pagi petugas datang ke sekolah tanpa seragam. Anak tidak "
                 "perlu bercerita lagi dari awal; catatan Ibu cukup."),
        ),
    ),
    Tale(
        "aku-takut-ayah", S.CHILD_HOME, C.CLOSED,
        "nama aku rahasia ya. aku kelas 8. kalau nilai aku jelek ayah suka pukul pake "
        "gantungan baju terus aku dikunci di kamar mandi. mama diem aja soalnya takut juga. "
        "aku pengen tinggal di rumah bibi tapi ga tau caranya. jangan bilang ke wali kelas "
        "dulu",
        age=CHILD, age_said="13", helps=(H.LISTEN, H.CHILD_HELP), district=CIPOCOK,
        village="Banjarsari", by_whom="ayah", when="dari kelas 5", risk=Risk.HIGH,
        names="Dinda (anak, 13); Wahono (terlapor, ayah); Ibu Tri; Bibi Lastri",
        wishes=(Wish(N.PSYCHOLOGY, Y.DONE, "puspaga"), Wish(N.SOCIAL, Y.DONE, "dinsos")),
        lines=(
            Line(OURS, "Halo, terima kasih sudah berani menulis. Kamu tidak salah. Sekarang "
                 "kamu di mana, dan ada siapa di dekatmu?"),
            Line(HERS, "di rumah temen ngerjain tugas. jam 5 pulang"),
            Line(OURS, "Kalau malam ini tidak aman, boleh telepon 112 kapan saja, gratis. "
                 "Bolehkah kami bicara dengan bibimu? Kami tidak bilang ke wali kelas."),
            Line(HERS, "boleh. bibi lastri baik. nomornya nanti aku tulis"),
        ),
    ),
    Tale(
        "bayi-menangis", S.CHILD_HOME, C.RATED,
        "Di kamar kos sebelah ada bayi kira-kira delapan bulan yang sering ditinggal sendiri. "
        "Barusan menangis lebih dari satu jam lalu ada suara orang membentak dan menangisnya "
        "berhenti tiba-tiba. Saya khawatir. Kos putri lantai dua.",
        who=Who.STRANGER, age=CHILD, age_said="bayi", helps=(H.CHILD_HELP,),
        safety=Safety.DANGER, district=SERANG, village="Sumur Pecung", risk=Risk.HIGH,
    ),
    Tale(
        "ibu-tiri", S.CHILD_HOME, C.CLOSED,
        "Keponakan saya umur tujuh tahun tinggal dengan bapak dan ibu tirinya. Tiap saya "
        "datang badannya makin kurus, katanya makan sehari sekali kalau kerjaan rumah "
        "selesai. Dia yang mengepel, mencuci piring, dan menjaga adik tirinya. Pekan lalu ada "
        "bekas luka kecil di lengan, dua titik, dan dia bilang jatuh sambil melihat ke arah "
        "ibunya. Waktu saya mandikan di rumah nenek baru dia berbisik 'jangan bilang, nanti "
        "aku tidur di luar lagi'. Bapaknya sopir truk, jarang pulang, dan kalau diberi tahu "
        "dia percaya istrinya. Sekolahnya bilang anak ini pendiam tapi pintar. Saya sanggup "
        "merawat, anak saya sudah besar dan suami setuju, tapi saya takut dibilang merebut "
        "anak orang dan takut dia makin disakiti kalau ada petugas datang lalu pergi lagi.",
        who=A_CHILD, age=CHILD, age_said="7", helps=(H.CHILD_HELP, H.LEGAL, H.HEALTH),
        door=Door.WALK_IN, way=Way.PHONE, safe_hours=(time(9), time(16)), district=KASEMEN,
        village="Sawah Luhur", by_whom="Ibu tiri", risk=Risk.HIGH,
        names="Putra (anak, 7); Susi (terlapor, ibu tiri); Karta (ayah); Enung (bibi, pelapor)",
        wishes=(Wish(N.HEALTH, Y.DONE, "rsud"), Wish(N.POLICE, Y.DONE, "unit-ppa"),
                Wish(N.SOCIAL, Y.DONE, "lksa"), Wish(N.LEGAL, Y.DONE, "klinik-hukum")),
    ),
    Tale(
        "dikejar-sapu", S.CHILD_HOME, C.COUNSELLED,
        "Saya ibu tiga anak, yang tengah sangat aktif. Kemarin saya kelepasan memukul pahanya "
        "pakai sapu lidi sampai berbekas. Saya menyesal, semalaman tidak tidur. Saya takut "
        "mengulangi. Saya sendiri dulu dididik begitu. Ada yang bisa mengajari saya cara lain?",
        helps=(H.LISTEN, H.PSYCHOLOGIST), district=TAKTAKAN, village="Taman Baru",
        when="Kemarin sore", risk=Risk.LOW,
    ),
    Tale(
        "paman-marah", S.CHILD_HOME, C.OPEN,
        "Telepon dari ketua RT. Anak laki-laki sekitar dua belas tahun tidur di pos ronda dua "
        "malam karena takut pada paman yang mengasuhnya. Anak menyampaikan sering ditendang "
        "bila uang hasil parkir kurang. Ibu anak bekerja di Tangerang, pulang sebulan sekali. "
        "Saat ini anak diberi makan oleh keluarga RT dan bersedia bertemu petugas.",
        who=A_CHILD, age=CHILD, age_said="sekitar 12", helps=(H.SAFE_PLACE, H.CHILD_HELP),
        door=Door.PHONE, way=Way.PHONE, safe_hours=(time(6), time(21)), district=KASEMEN,
        village="Warung Jaud", by_whom="Paman", risk=Risk.HIGH,
        names="Agil (anak, 12); Sapri (terlapor, paman); Ibu Nur (ibu, Tangerang); Pak RT",
        wishes=(Wish(N.SHELTER, Y.DONE, "rumah-aman"), Wish(N.SOCIAL, Y.UNDER_WAY, "lksa"),
                Wish(N.REINTEGRATION, Y.CHECKING, "patbm")),
    ),
    Tale(
        "cerai-rebut", S.CHILD_HOME, C.CLAIMED,
        "Setiap pulang dari rumah bapaknya anak saya (6 tahun) mengompol dan tidak mau "
        "dipegang kepalanya. Dia bilang di sana kepalanya dijedotkan kalau menangis. Mantan "
        "suami saya bilang saya mengarang. Jadwal menginap berikutnya hari Sabtu.",
        who=A_CHILD, age=CHILD, age_said="6", helps=(H.CHILD_HELP, H.PSYCHOLOGIST, H.LEGAL),
        district=CIPOCOK, village="Panancangan", by_whom="Bapaknya, mungkin",
        door=Door.WHATSAPP, way=Way.WHATSAPP,
        safe_hours=(time(13), time(15)), risk=Risk.MEDIUM,
    ),
    Tale(
        "kakek-galak", S.CHILD_HOME, C.CLOSED,
        "Surat tulisan tangan dari seorang pengasuh mengaji: dua cucu yang diasuh kakeknya "
        "kerap dipukul rotan di telapak kaki sehingga jalannya terpincang. Pengasuh sudah "
        "menasihati tetapi kakek menganggap itu mendidik. Orang tua anak merantau. Pengasuh "
        "bersedia ditemui selepas asar di rumahnya.",
        who=A_CHILD, age=CHILD, age_said="9 dan 11", helps=(H.CHILD_HELP,), door=Door.LETTER,
        way=Way.TRUSTED, reach="Pengasuh mengaji, alamat di surat", district=WALANTAKA,
        village="Pabuaran", by_whom="Kakek", risk=Risk.MEDIUM,
        names="Dua anak (9 dan 11); Marhali (terlapor, kakek); Ustazah pelapor",
        wishes=(Wish(N.RELIGIOUS, Y.DONE, "kua"), Wish(N.REINTEGRATION, Y.DONE, "patbm")),
    ),
    Tale(
        "kosong-anak", S.CHILD_HOME, C.FRESH, "",
        who=A_CHILD, age=CHILD, age_said="5 tahun", helps=(H.CHILD_HELP, H.SAFE_PLACE),
        safety=Safety.UNKNOWN, district=CURUG,
    ),
    Tale(
        "tetangga-kabupaten", S.CHILD_HOME, C.HANDED_OVER,
        "Sepupu saya sering melihat anak tetangganya dijemur di halaman dan disuruh memegang "
        "batu. Rumahnya di kecamatan sebelah barat, sudah masuk kabupaten. Saya tulis di sini "
        "karena cuma tahu yang ini. Mohon diteruskan ke yang benar.",
        who=Who.STRANGER, age=CHILD, helps=(H.CHILD_HELP,), by_whom="Orang tuanya",
        to="uptd-banyu",
    ),
    Tale(
        "tiga-bersaudara", S.NEGLECT, C.OPEN,
        "Rujukan dari puskesmas. Tiga bersaudara (11, 8, dan 3 tahun) tinggal tanpa orang "
        "dewasa sejak ayahnya ditahan empat bulan lalu dan ibunya pergi mencari kerja, semula "
        "dijanjikan dua minggu. Anak sulung berhenti sekolah untuk menjaga adik dan berjualan "
        "tisu di lampu merah dari siang sampai magrib; adik yang kedua masih masuk sekolah "
        "tetapi sering tertidur di kelas. Yang bungsu dibawa tetangga ke puskesmas karena "
        "demam, ternyata berat badannya kurang, dan sekarang dirawat. Tidak ada yang memegang "
        "akta kelahiran maupun kartu keluarga. Rumah kontrakan sudah menunggak tiga bulan, "
        "pemilik masih membiarkan. Tetangga bergantian memberi makan dan satu keluarga "
        "menawarkan kamar. Paman dari pihak ayah diketahui tinggal di kecamatan lain, belum "
        "dihubungi karena anak sulung tampak takut saat namanya disebut; alasannya belum "
        "ditanyakan. Anak-anak ingin tetap bersama dan si sulung berulang kali meminta supaya "
        "adiknya jangan dipisah. Puskesmas melampirkan catatan perawatan dan menyediakan satu "
        "petugas sebagai penghubung.",
        who=A_CHILD, age=CHILD, age_said="11, 8 dan 3", helps=(H.CHILD_HELP, H.HEALTH),
        door=Door.REFERRED, way=Way.PHONE, safe_hours=(time(8), time(15)), district=KASEMEN,
        village="Kasemen", risk=Risk.HIGH,
        names="Rangga, Rani, dan Rafa (11, 8, 3); Ibu Wati (ibu); Bu Titin (puskesmas)",
        wishes=(Wish(N.SOCIAL, Y.UNDER_WAY, "lksa"), Wish(N.OTHER, Y.UNDER_WAY, "dukcapil"),
                Wish(N.SCHOOL, Y.DONE, "dindik"), Wish(N.HEALTH, Y.DONE, "puskesmas")),
    ),
    Tale(
        "ditinggal-merantau", S.NEGLECT, C.CLOSED,
        "Cucu titipan, umur empat tahun, sudah setahun tidak dijenguk dan tidak dikirimi uang. "
        "Saya jualan pecel, kadang cukup kadang tidak. Bapak ibunya kalau ditelepon marah. "
        "Saya tidak mau anaknya diambil, saya cuma minta ada yang bicara sama orang tuanya dan "
        "bantuan susu.",
        who=A_CHILD, age=CHILD, age_said="4", helps=(H.CHILD_HELP, H.LISTEN),
        door=Door.WALK_IN, way=Way.PHONE, safe_hours=(time(14), time(17)), district=TAKTAKAN,
        village="Pancur", by_whom="Orang tuanya", risk=Risk.LOW,
        names="Cucu (4); Mak Onah (nenek, pelapor); Dodi dan Ina (orang tua)",
        wishes=(Wish(N.SOCIAL, Y.DONE, "dinsos"),),
    ),
    Tale(
        "tidak-disekolahkan", S.NEGLECT, C.CLOSED,
        "Anak perempuan sebelah rumah umur 9 tahun tidak pernah sekolah, disuruh jaga adik. "
        "Anaknya pintar, suka pinjam buku anak saya. Bapaknya bilang perempuan tidak perlu. "
        "Apa bisa ada yang datang baik-baik tanpa menyebut saya?",
        who=A_CHILD, age=CHILD, age_said="9", helps=(H.CHILD_HELP,), door=Door.CADRE,
        way=Way.WHATSAPP, safe_hours=(time(8), time(20)), district=CURUG, village="Cilaku",
        by_whom="Orang tuanya", risk=Risk.LOW, closing=Closing.HELPED,
        names="Lia (anak, 9); Pak Usman (ayah); Bu Ipah (kader)",
        wishes=(Wish(N.SCHOOL, Y.DONE, "dindik"), Wish(N.REINTEGRATION, Y.DONE, "patbm")),
    ),
    Tale(
        "lansia-anak", S.NEGLECT, C.NOT_OURS,
        "Bapak tua tetangga saya ditinggal anak-anaknya, sakit-sakitan dan sering tersesat. "
        "Saya lihat di sini untuk perempuan dan anak, tapi siapa tahu bisa bantu.",
        who=Who.KNOWN, helps=(H.HEALTH,), district=SERANG, village="Cimuncang", risk=Risk.LOW,
    ),
    Tale(
        "kerja-di-kafe", S.EXPLOITED, C.OPEN,
        "Adik saya umur 16 diajak temannya kerja di kafe di luar kota, katanya jaga kasir. "
        "Sudah tiga minggu KTP pelajar dan hpnya ditahan. Tadi pagi dia pinjam hp orang, "
        "bilang harus menemani tamu dan punya utang seragam empat juta. Dia minta dijemput "
        "tapi tidak boleh keluar. Saya punya nama tempatnya.",
        who=A_CHILD, age=CHILD, age_said="16", helps=(H.SAFE_PLACE, H.LEGAL, H.CHILD_HELP),
        safety=Safety.SAFE, way=Way.WHATSAPP, district=WALANTAKA, village="Kiara",
        by_whom="Pemilik kafe dan yang mengajak", safe_hours=(time(6), time(22)),
        if_others=IfOthersAnswer.WRONG_NUMBER, risk=Risk.HIGH,
        names="Rere (anak, 16); Mami Vivi (terlapor); Tasya (yang mengajak); Ardi (kakak)",
        wishes=(Wish(N.POLICE, Y.UNDER_WAY, "unit-ppa"), Wish(N.RETURN_HOME, Y.UNDER_WAY,
                "dinsos"), Wish(N.SHELTER, Y.UNDER_WAY, "rumah-aman")),
        lines=(
            Line(OURS, "Kami sudah baca. Nama tempat dan kotanya boleh ditulis di sini. Mohon "
                 "jangan menjemput sendiri dulu, supaya adik tetap aman."),
            Line(HERS, "sudah saya tulis di chat atas ya kak, tolong secepatnya"),
        ),
    ),
    Tale(
        "manusia-silver", S.EXPLOITED, C.CLOSED,
        "Di perempatan dekat pasar ada anak kecil dicat perak, kira-kira enam tahun, tiap hari "
        "dari siang sampai malam. Ada orang dewasa menunggu di motor dan mengambil uangnya. "
        "Waktu saya kasih roti anaknya bilang tidak boleh makan sebelum dapat seratus ribu.",
        who=Who.STRANGER, age=CHILD, age_said="kira-kira 6", helps=(H.CHILD_HELP,),
        district=SERANG, village="Lopang", by_whom="Orang yang menunggu di motor",
        risk=Risk.MEDIUM, closing=Closing.MOVED,
        names="Anak laki-laki (6), nama belum diketahui; orang dewasa bermotor (terlapor)",
        wishes=(Wish(N.SOCIAL, Y.DONE, "dinsos"), Wish(N.POLICE, Y.DECLINED, "unit-ppa")),
    ),
    Tale(
        "dikeroyok-kelas", S.SCHOOL, C.CLOSED,
        "anak saya kelas 7 dipukuli tiga temannya di belakang kantin, direkam dan videonya "
        "disebar di grup. sekolah bilang sudah damai tapi anak saya tidak mau masuk seminggu "
        "ini. matanya masih biru. saya tidak mau ribut, saya mau anak saya berani sekolah lagi "
        "dan videonya dihapus",
        who=A_CHILD, age=CHILD, age_said="12", helps=(H.CHILD_HELP, H.PSYCHOLOGIST, H.HEALTH),
        door=Door.WHATSAPP, way=Way.WHATSAPP, safe_hours=(time(17), time(21)),
        district=CIPOCOK, village="Gelam",
        by_whom="Tiga teman sekolah", when="Senin minggu lalu", risk=Risk.MEDIUM,
        names="Bagas (anak, 12); tiga anak berkonflik (12-13); Ibu Yanti (ibu, pelapor)",
        wishes=(Wish(N.SCHOOL, Y.DONE, "smp-pelangi"), Wish(N.PSYCHOLOGY, Y.DONE, "puspaga"),
                Wish(N.OTHER, Y.DONE, "bapas")),
    ),
    Tale(
        "guru-tampar", S.SCHOOL, C.OPEN,
        "Anak saya ditampar guru olahraga di depan teman-temannya karena tidak bawa sepatu "
        "putih. Telinganya berdenging sampai sekarang. Kami orang kecil, guru itu bilang kalau "
        "lapor anak saya tidak naik kelas. Saya minta didampingi waktu menghadap sekolah.",
        who=A_CHILD, age=CHILD, age_said="14", helps=(H.CHILD_HELP, H.HEALTH, H.LEGAL),
        door=Door.WHATSAPP, way=Way.WHATSAPP, safe_hours=(time(12), time(13)),
        district=WALANTAKA, village="Teritih", by_whom="Guru olahraga", risk=Risk.MEDIUM,
        names="Ilham (anak, 14); Pak J. (terlapor, guru); Bu Emah (ibu, pelapor)",
        wishes=(Wish(N.HEALTH, Y.DONE, "rsud"), Wish(N.SCHOOL, Y.SILENT, "dindik"),
                Wish(N.LEGAL, Y.UNDER_WAY, "posbakum")),
    ),
    Tale(
        "dijauhi", S.SCHOOL, C.COUNSELLED,
        "aku kelas 11. dari awal semester aku dikatain terus soal badan, kursi aku dikasih "
        "lem, ga ada yang mau sekelompok. wali kelas bilang aku terlalu sensitif. aku capek "
        "pura-pura kuat. cuma mau cerita aja",
        age=CHILD, age_said="16", helps=(H.LISTEN,), district=SERANG, village="Cipare",
        by_whom="teman sekelas", risk=Risk.LOW,
    ),
    Tale(
        "ospek", S.SCHOOL, C.CLOSED,
        "Kegiatan ekskul malam Minggu, anak saya dan adik kelas lain disuruh push-up di lumpur "
        "dan ditendang kakak kelas. Satu anak sampai pingsan. Pembina tidak ada di tempat. "
        "Anak saya melarang saya bicara karena takut diasingkan. Ada tiga orang tua lain yang "
        "siap ikut bercerita.",
        who=A_CHILD, age=CHILD, age_said="15", helps=(H.CHILD_HELP,), district=TAKTAKAN,
        village="Kuranji", by_whom="Kakak kelas", when="Malam Minggu lalu", risk=Risk.MEDIUM,
        names="Empat anak (15); kakak kelas (16-17); Pak Herman (orang tua, pelapor)",
        wishes=(Wish(N.SCHOOL, Y.DONE, "sma-cakrawala"), Wish(N.SCHOOL, Y.EXPIRED, "dindik")),
    ),
    Tale(
        "dipalak", S.SCHOOL, C.CLAIMED_LATE,
        "Anak saya tiap hari dipalak lima ribu oleh anak SMP sebelah. Kalau tidak ada uang "
        "sepatunya dilempar ke genteng. Sudah seminggu dia jalan memutar lewat sawah.",
        who=A_CHILD, age=CHILD, age_said="8", helps=(H.CHILD_HELP,), district=CURUG,
        village="Kemanisan", by_whom="Anak SMP", risk=Risk.LOW,
    ),
)  # fmt: skip
