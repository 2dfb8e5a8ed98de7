"""Invented contacts: sexual violence, in the body's presence or by telephone. Nothing is told
that need not be told."""

from datetime import time

from ruang.cases.states import Closing
from ruang.demo.content.places import CIPOCOK, CURUG, KASEMEN, SERANG, TAKTAKAN, WALANTAKA
from ruang.demo.content.shape import Course as C
from ruang.demo.content.shape import Line, Tale, Wish
from ruang.demo.content.shape import Reply as Y
from ruang.demo.content.shape import Subject as S
from ruang.intake.states import (
    Age,
    Door,
    HelperSex,
    IfOthersAnswer,
    MessageKind,
    Risk,
    Safety,
    Side,
    Way,
    Who,
)
from ruang.intake.states import Help as H
from ruang.referrals.states import Need as N

HERS, OURS = Side.REPORTER, Side.STAFF
CHILD, A_CHILD = Age.CHILD, Who.CHILD
WOMAN = HelperSex.WOMAN

TALES = (
    Tale(
        "guru-les", S.SEXUAL_CHILD, C.OPEN,
        "Anak perempuan saya (11) tiba-tiba tidak mau lagi les. Seminggu dia sakit perut tiap "
        "Selasa dan Kamis, hari lesnya. Setelah dibujuk dia cerita guru lesnya memegang "
        "badannya waktu teman lain pulang lebih dulu, sudah tiga kali, dan menyuruhnya "
        "berjanji tidak cerita karena nanti les ditutup dan teman-temannya tidak naik kelas. "
        "Dia minta saya tidak marah. Saya peluk saja, saya tidak tanya lagi karena takut "
        "salah. Guru itu tetangga blok, dihormati, dan masih mengajar sebelas anak lain. "
        "Suami saya ingin mendatangi orangnya malam ini juga, saya minta tunggu dulu jawaban "
        "dari sini. Apakah kami harus langsung ke polisi? Apakah anak saya akan ditanya-tanya "
        "banyak orang? Dia cuma mau bicara dengan saya dan tantenya.",
        who=A_CHILD, age=CHILD, age_said="11", helps=(H.CHILD_HELP, H.LEGAL, H.PSYCHOLOGIST),
        way=Way.WHATSAPP, safe_hours=(time(19), time(21)), district=CIPOCOK,
        village="Banjar Agung", by_whom="Guru les, tetangga", when="Sejak dua bulan lalu",
        helper_sex=WOMAN, risk=Risk.HIGH,
        names="Kania (anak, 11); Edi S. (terlapor, guru les); Bu Rahma (ibu); Pak Yudi",
        wishes=(Wish(N.POLICE, Y.UNDER_WAY, "unit-ppa"), Wish(N.HEALTH, Y.DONE, "rsud"),
                Wish(N.PSYCHOLOGY, Y.SECOND, "forum-psikolog"),
                Wish(N.LEGAL, Y.UNDER_WAY, "lbh-kencana")),
        lines=(
            Line(OURS, "Ibu sudah melakukan hal yang tepat. Tidak bertanya berulang itu "
                 "melindungi anak. Mohon Bapak tidak mendatangi dulu; kami jelaskan alasannya "
                 "lewat telepon malam ini pukul 19.00, ya?"),
            Line(HERS, "baik bu, suami mau menunggu. kami tunggu jam 7"),
            Line(OURS, "Terima kasih. Yang menelepon Bu Siti, petugas perempuan."),
        ),
    ),
    Tale(
        "ayah-tiri", S.SEXUAL_CHILD, C.CLOSED,
        "aku tinggal sama mama dan ayah tiri. kalau mama shift malam ayah tiri suka masuk "
        "kamar. aku udah bilang jangan. aku pernah mau cerita ke mama tapi mama sayang banget "
        "sama dia. aku 15. sekarang aku tidur di rumah temen tapi ga bisa selamanya. aku takut "
        "adikku",
        age=CHILD, age_said="15", helps=(H.SAFE_PLACE, H.CHILD_HELP, H.LISTEN),
        safety=Safety.SHORT, district=WALANTAKA, village="Nyapah", by_whom="ayah tiri",
        helper_sex=WOMAN, risk=Risk.HIGH,
        names="Mawar (nama samaran, 15); Tedi (terlapor, ayah tiri); Bu Yuni (ibu); adik, 10",
        wishes=(Wish(N.SHELTER, Y.DONE, "rumah-aman"), Wish(N.HEALTH, Y.DONE, "rsud"),
                Wish(N.POLICE, Y.DONE, "unit-ppa"),
                Wish(N.PSYCHOLOGY, Y.DONE, "forum-psikolog"),
                Wish(N.LEGAL, Y.DONE, "lbh-kencana"), Wish(N.SCHOOL, Y.DONE, "smp-pelangi")),
        lines=(
            Line(OURS, "Kami percaya kamu, dan ini bukan salahmu. Malam ini kamu di rumah "
                 "teman? Adikmu bersama siapa?"),
            Line(HERS, "iya di rumah temen. adik di rumah nenek sampe minggu"),
            Line(OURS, "Baik. Sebelum Minggu kami usahakan kalian punya tempat yang aman. Ada "
                 "Bu Ratih, petugas perempuan. Mau bertemu di sekolah atau di tempat lain?"),
            Line(HERS, "di perpus kota aja, jangan di sekolah"),
        ),
    ),
    Tale(
        "pengasuh", S.SEXUAL_CHILD, C.CLOSED,
        "Rujukan unit gawat darurat. Anak laki-laki enam tahun dibawa ibunya karena keluhan "
        "nyeri. Kepada perawat anak menyebut kakak sepupu yang tinggal serumah. Pemeriksaan "
        "medis sudah dilakukan dengan izin ibu; anak belum ditanyai lebih lanjut. Ibu "
        "terguncang dan menunggu di ruang tenang. Sepupu berusia empat belas tahun.",
        who=A_CHILD, age=CHILD, age_said="6", helps=(H.CHILD_HELP, H.PSYCHOLOGIST, H.LEGAL),
        door=Door.REFERRED, way=Way.PHONE, safe_hours=(time(8), time(20)), district=SERANG,
        village="Kagungan", by_whom="Sepupu, 14 tahun", risk=Risk.HIGH,
        names="Anak (6); sepupu (anak berkonflik, 14); Bu Heni (ibu); Bu Amel (PPT)",
        wishes=(Wish(N.PSYCHOLOGY, Y.DONE, "forum-psikolog"), Wish(N.OTHER, Y.DONE, "bapas"),
                Wish(N.POLICE, Y.DONE, "unit-ppa"), Wish(N.SOCIAL, Y.DONE, "lksa")),
    ),
    Tale(
        "pelatih", S.SEXUAL_CHILD, C.OPEN,
        "Saya pelatih tari di sanggar. Dua murid saya (13 dan 14) bercerita pelatih voli di "
        "gelanggang sering mengirim pesan malam-malam, minta foto, dan salah satunya diajak "
        "bertemu berdua. Mereka minta saya merahasiakan dari orang tua. Saya tidak tahu mana "
        "yang benar: menjaga rahasia atau melapor.",
        who=A_CHILD, age=CHILD, age_said="13 dan 14", helps=(H.CHILD_HELP, H.UNSURE),
        district=TAKTAKAN, village="Panggungjati", by_whom="Pelatih voli", way=Way.PHONE,
        safe_hours=(time(10), time(15)), risk=Risk.MEDIUM,
        names="Dua anak (13 dan 14); Bram (terlapor, pelatih); Kak Ayu (pelapor)",
        wishes=(Wish(N.POLICE, Y.SILENT, "unit-ppa"), Wish(N.PSYCHOLOGY, Y.UNDER_WAY,
                "puspaga")),
    ),
    Tale(
        "warung-tetangga", S.SEXUAL_CHILD, C.CLOSED,
        "Bapak pemilik warung suka menyuruh anak perempuan masuk ke dalam kalau beli jajan "
        "sendirian, dikasih permen. Anak saya bilang roknya ditarik. Dua tetangga lain anaknya "
        "sama. Pak RT minta diselesaikan kekeluargaan saja. Kami para ibu tidak setuju.",
        who=A_CHILD, age=CHILD, age_said="7", helps=(H.LEGAL, H.CHILD_HELP),
        door=Door.WALK_IN, way=Way.PHONE, safe_hours=(time(8), time(11)), district=KASEMEN,
        village="Terumbu", by_whom="Pemilik warung", risk=Risk.HIGH,
        names="Tiga anak (6-8); H. Madi (terlapor); Bu Cicih, Bu Leni, Bu Aam (ibu)",
        wishes=(Wish(N.POLICE, Y.DONE, "unit-ppa"), Wish(N.HEALTH, Y.DONE, "puskesmas"),
                Wish(N.PSYCHOLOGY, Y.DONE, "puspaga"), Wish(N.POLICE, Y.DONE, "kejaksaan")),
    ),
    Tale(
        "pondok", S.SEXUAL_CHILD, C.OPEN,
        "Anak saya mondok. Waktu pulang libur dia menangis tidak mau kembali, katanya pengurus "
        "asrama membangunkan beberapa anak malam hari dan melakukan hal yang tidak pantas. "
        "Saya hormat sekali pada pengasuh pondok dan takut nama baik mereka, tapi anak saya "
        "lebih penting. Apakah laporan ini bisa tidak menyebut nama anak saya?",
        who=A_CHILD, age=CHILD, age_said="14", helps=(H.CHILD_HELP, H.LEGAL, H.LISTEN),
        district=CURUG, village="Curug Manis", by_whom="Pengurus asrama", way=Way.PAGE,
        must_not_read="Siapa pun yang berhubungan dengan yayasan pondok", risk=Risk.HIGH,
        names="Anak (14); A.M. (terlapor, pengurus asrama); Pak Karim (ayah, pelapor)",
        wishes=(Wish(N.POLICE, Y.UNDER_WAY, "unit-ppa"), Wish(N.RELIGIOUS, Y.DECLINED, "kua"),
                Wish(N.PSYCHOLOGY, Y.UNDER_WAY, "forum-psikolog")),
    ),
    Tale(
        "kenalan-gim", S.SEXUAL_CHILD, C.CLOSED,
        "Anak saya umur 12 kenal orang dari gim. Orang itu mengaku anak SMA, mengirim pulsa "
        "lalu meminta bertemu. Untung saya baca sebelum hari Minggu. Anak saya ternyata sudah "
        "pernah bertemu sekali di taman dan dicium paksa. Dia baru mau bicara sama kakaknya.",
        who=A_CHILD, age=CHILD, age_said="12", helps=(H.CHILD_HELP, H.LEGAL),
        district=SERANG, village="Terondol", by_whom="Orang dari gim, nama belum pasti",
        risk=Risk.MEDIUM, names="Anak (12); akun 'kakrian' (terlapor); Bu Vero (ibu)",
        wishes=(Wish(N.POLICE, Y.DONE, "unit-ppa"), Wish(N.PSYCHOLOGY, Y.DONE, "puspaga")),
    ),
    Tale(
        "ojek-langganan", S.SEXUAL_CHILD, C.FRESH_LATE,
        "Ojek langganan anak saya mengubah jalan pulang dan memegang paha anak saya. Anak saya "
        "turun dan lari ke warung. Saya punya nomor plat dan fotonya. Sekarang anak di rumah "
        "bersama saya, belum mau makan.",
        who=A_CHILD, age=CHILD, age_said="13", helps=(H.LEGAL, H.CHILD_HELP),
        district=WALANTAKA, village="Pager Agung", by_whom="Ojek langganan",
        door=Door.WHATSAPP, way=Way.WHATSAPP,
        safe_hours=(time(7), time(21)), when="Siang ini",
    ),
    Tale(
        "nikah-muda", S.SEXUAL_CHILD, C.CLOSED,
        "Teman saya kelas 10 mau dinikahkan keluarganya dengan laki-laki umur 28 karena utang "
        "panen. Dia tidak mau. Lamaran sudah, katanya tinggal menunggu bulan baik. Dia sudah "
        "tidak masuk sekolah dua minggu. Umurnya 15.",
        who=Who.KNOWN, age=CHILD, age_said="15", helps=(H.CHILD_HELP, H.LEGAL),
        district=KASEMEN, village="Bendung", by_whom="Keluarganya", risk=Risk.HIGH,
        names="Siti A. (anak, 15); Pak Jumat (ayah); calon (28); teman pelapor",
        wishes=(Wish(N.RELIGIOUS, Y.DONE, "kua"), Wish(N.SCHOOL, Y.DONE, "sma-cakrawala"),
                Wish(N.SOCIAL, Y.EXPIRED, "dinsos"), Wish(N.OTHER, Y.DONE, "koperasi")),
    ),
    Tale(
        "dua-kampung", S.SEXUAL_CHILD, C.HANDED_OVER,
        "Kejadiannya waktu anak saya liburan di rumah pamannya di kabupaten. Anak sudah "
        "diperiksa bidan desa di sana dan kepala desa minta diurus di sana. Kami tinggal di "
        "kota. Saya minta disambungkan ke petugas di sana supaya tidak mengulang dari awal.",
        who=A_CHILD, age=CHILD, age_said="9", helps=(H.CHILD_HELP, H.LEGAL), way=Way.PHONE,
        safe_hours=(time(9), time(12)), district=CIPOCOK, village="Tembong",
        by_whom="Anak pamannya", to="uptd-banyu", risk=Risk.HIGH,
    ),
    Tale(
        "salah-paham", S.SEXUAL_CHILD, C.COUNSELLED,
        "Anak saya (5) bilang 'pak dokter pegang bokong aku sakit'. Saya panik. Setelah saya "
        "ingat-ingat itu waktu imunisasi hari yang sama, saya ada di ruangan. Maaf kalau "
        "merepotkan, tapi saya jadi sadar belum pernah mengajari anak soal bagian tubuh. "
        "Bagaimana caranya supaya tidak menakut-nakuti?",
        who=A_CHILD, age=CHILD, age_said="5", helps=(H.LISTEN, H.CHILD_HELP), district=TAKTAKAN,
        risk=Risk.LOW,
    ),
    Tale(
        "bisu-tuli", S.SEXUAL_CHILD, C.OPEN,
        "Murid kami di sekolah luar biasa, perempuan 16 tahun, teman tuli, menggambar kejadian "
        "yang membuat kami khawatir. Yang ditunjuk sopir jemputan. Anak hanya nyaman dengan "
        "bahasa isyarat yang biasa dipakai di sekolah. Mohon pendamping perempuan dan juru "
        "bahasa isyarat. Orang tua sudah kami temui dan setuju melapor.",
        who=A_CHILD, age=CHILD, age_said="16", helps=(H.CHILD_HELP, H.LEGAL, H.PSYCHOLOGIST),
        door=Door.REFERRED, way=Way.PHONE, safe_hours=(time(7), time(14)), district=SERANG,
        village="Unyur", by_whom="Sopir jemputan", helper_language="Bahasa isyarat",
        helper_sex=WOMAN, risk=Risk.HIGH,
        names="Anak (16, teman tuli); Pak M. (terlapor, sopir); orang tua; Bu guru SLB",
        wishes=(Wish(N.OTHER, Y.UNDER_WAY, "sahabat-difabel"), Wish(N.POLICE, Y.CHECKING,
                "unit-ppa"), Wish(N.HEALTH, Y.DONE, "rsud")),
    ),
    Tale(
        "kakak-kelas", S.SEXUAL_CHILD, C.CLAIMED,
        "teman aku kelas 9 dipaksa kakak kelasnya di toilet lantai dua waktu acara perpisahan. "
        "dia cuma cerita ke aku dan nangis terus. aku janji ga cerita tapi aku takut dia "
        "kenapa2. jadi aku tulis di sini tanpa nama",
        who=Who.KNOWN, age=CHILD, age_said="15", helps=(H.CHILD_HELP,), district=SERANG,
        by_whom="kakak kelas", when="sabtu kemarin", risk=Risk.HIGH,
    ),
    Tale(
        "nenek-lapor", S.SEXUAL_CHILD, C.CLOSED,
        "Ibu lanjut usia datang bersama kader. Cucunya (8) bercerita kepada guru mengaji "
        "tentang perbuatan uwaknya; guru mengaji langsung menyampaikan kepada nenek dan tidak "
        "kepada orang lain. Nenek meminta agar anak tidak dibawa ke kantor polisi dulu bila "
        "belum siap. Anak tampak ceria saat bermain dan makan, menutup muka bila uwak "
        "disebut. Uwak sudah pergi dari rumah sejak kemarin setelah ditegur keluarga, "
        "sebagian keluarga meminta perkara ini diselesaikan di dalam saja dan menawarkan "
        "sebidang tanah. Nenek menolak. Orang tua anak bekerja di Malaysia dan sudah "
        "ditelepon, mereka menyerahkan keputusan kepada nenek dan meminta dikabari tiap "
        "malam. Kader bersedia menjadi penghubung karena nenek tidak memegang telepon "
        "genggam.",
        who=A_CHILD, age=CHILD, age_said="8", helps=(H.CHILD_HELP, H.LISTEN), door=Door.CADRE,
        way=Way.TRUSTED, reach="Bu Enok (kader), 0899-0000-4102", district=CURUG,
        village="Pancalaksana", by_whom="Uwak", risk=Risk.HIGH,
        names="Anak (8); Sanusi (terlapor, uwak); Nek Juju; Bu Enok (kader)",
        wishes=(Wish(N.HEALTH, Y.DONE, "rsud"), Wish(N.PSYCHOLOGY, Y.DONE, "forum-psikolog"),
                Wish(N.POLICE, Y.DONE, "unit-ppa"), Wish(N.REINTEGRATION, Y.DONE, "patbm")),
    ),
    Tale(
        "atasan", S.SEXUAL_ADULT, C.OPEN,
        "Saya pramuniaga. Kepala toko sering menyentuh pinggang saya waktu di gudang, katanya "
        "bercanda. Teman-teman tahu dan biasanya kami saling menemani kalau mengambil barang. "
        "Minggu lalu saya disuruh menghitung stok sendirian dan pintu gudang dikunci dari "
        "dalam. Saya bilang saya akan teriak, dia tertawa. Untung ada pegawai lain mengetuk "
        "karena mencari kardus, jadi saya bisa keluar. Ada CCTV di lorong yang pasti merekam "
        "kami masuk dan saya keluar sambil menangis. Saya masih kontrak, dua bulan lagi "
        "habis. Kalau saya lapor pasti tidak diperpanjang, padahal saya membiayai adik "
        "sekolah. Teman saya ada yang mengalami juga tapi memilih keluar dan tidak mau "
        "diingat-ingat. Saya ingin tahu dulu: kalau saya maju, apa yang terjadi besoknya di "
        "toko?",
        helps=(H.LEGAL, H.PSYCHOLOGIST), district=SERANG, village="Cimuncang",
        by_whom="Kepala toko", when="Terakhir Kamis minggu lalu", helper_sex=WOMAN,
        way=Way.WHATSAPP, safe_hours=(time(20), time(22)), risk=Risk.MEDIUM,
        if_others=IfOthersAnswer.SAY_NOTHING,
        names="Intan R. (penyintas); Pak L. (terlapor, kepala toko); Fani (saksi)",
        wishes=(Wish(N.LEGAL, Y.UNDER_WAY, "lbh-kencana"), Wish(N.POLICE, Y.DONE, "unit-ppa"),
                Wish(N.PSYCHOLOGY, Y.DONE, "psikologi-kampus")),
    ),
    Tale(
        "angkot", S.SEXUAL_ADULT, C.NOT_OURS,
        "Tadi di angkot ada bapak-bapak yang sengaja menempel terus. Saya turun dan selamat. "
        "Saya tidak tahu siapa dia. Saya cuma ingin ini tercatat, jalur arah terminal, sekitar "
        "jam enam pagi, biar ada yang mengawasi.",
        helps=(H.LISTEN,), district=CIPOCOK, when="Tadi pagi", by_whom="Tidak kenal",
        risk=Risk.LOW,
    ),
    Tale(
        "dosen", S.SEXUAL_ADULT, C.CLOSED,
        "Saya mahasiswi tingkat akhir. Sejak semester lalu dosen pembimbing mengubah jadwal "
        "bimbingan menjadi malam, mula-mula di kafe, lalu di rumahnya dengan alasan "
        "komputernya di sana. Istrinya tidak pernah ada. Ia duduk terlalu dekat, memegang "
        "tangan saya saat menunjuk layar, dan pernah berkata tubuh saya 'bonus' kalau mau "
        "cepat lulus. Saya berhenti datang sendirian dan selalu mengajak teman; sejak itu "
        "naskah saya dikembalikan terus tanpa catatan. Satu kali saya merekam suaranya. "
        "Kampus punya satgas, tetapi ketuanya teman dekat beliau dan dua kakak tingkat yang "
        "pernah melapor disuruh berdamai. Orang tua saya petani, mereka menunggu saya wisuda "
        "tahun ini, saya belum sanggup bercerita. Saya tidak ingin viral dan tidak ingin nama "
        "saya keluar. Saya perlu tahu pilihan saya di luar kampus, apakah rekaman itu boleh "
        "dipakai, dan apakah saya bisa minta ganti pembimbing tanpa harus menjelaskan "
        "semuanya.",
        helps=(H.LEGAL, H.LISTEN, H.PSYCHOLOGIST), district=TAKTAKAN, village="Drangong",
        by_whom="Dosen pembimbing", helper_sex=WOMAN, risk=Risk.MEDIUM,
        names="Ghina (penyintas); Dr. T. (terlapor, dosen)",
        wishes=(Wish(N.LEGAL, Y.HANDED_BACK, "klinik-hukum"), Wish(N.LEGAL, Y.DONE,
                "lbh-kencana"), Wish(N.PSYCHOLOGY, Y.DONE, "forum-psikolog")),
    ),
    Tale(
        "setelah-pesta", S.SEXUAL_ADULT, C.CLOSED,
        "Something happened after a friend's birthday at a villa. I did not agree and I could "
        "not move. It was someone from my office. I have not washed the clothes, they are in a "
        "bag. It is two days ago now. I do not want the police yet, I want to see a doctor "
        "first and someone to sit with me there.",
        helps=(H.HEALTH, H.LISTEN), language="en", helper_language="English or Indonesian",
        helper_sex=WOMAN, district=SERANG, way=Way.PAGE, when="Two nights ago",
        by_whom="A colleague", risk=Risk.HIGH,
        names="Clara (survivor); D. (reported, colleague); Joan (friend)",
        wishes=(Wish(N.HEALTH, Y.DONE, "rsud"), Wish(N.PSYCHOLOGY, Y.DONE, "forum-psikolog"),
                Wish(N.LEGAL, Y.DONE, "lbh-kencana")),
        lines=(
            Line(OURS, "We believe you. Thank you for keeping the clothes; please leave them "
                 "in the bag. A woman from our team can meet you at the hospital today. Which "
                 "time is good for you?"),
            Line(HERS, "After 3 pm. Can I bring a friend?"),
            Line(OURS, "Of course. She will wait at the side entrance and wear a green scarf. "
                 "You decide each step, and you can stop at any time."),
        ),
    ),
    Tale(
        "pembantu", S.SEXUAL_ADULT, C.COUNSELLED,
        "Saya kerja rumah tangga menginap. Anak majikan yang besar suka berdiri di depan kamar "
        "mandi. Belum apa-apa tapi saya takut. Majikan perempuan baik. Saya harus bilang "
        "bagaimana supaya tidak dipecat?",
        helps=(H.LISTEN,), door=Door.WHATSAPP, way=Way.WHATSAPP, district=CIPOCOK,
        safe_hours=(time(13), time(14)), if_others=IfOthersAnswer.HEALTH_POST, risk=Risk.MEDIUM,
    ),
    Tale(
        "peron", S.SEXUAL_ADULT, C.HANDED_OVER,
        "Petugas stasiun mengantar seorang perempuan yang dilecehkan di kereta sebelum tiba di "
        "kota. Identitas dan keterangan saksi sudah dicatat petugas kereta di kabupaten asal. "
        "Ia ingin pulang dulu dan ditangani di kabupaten tempat tinggalnya.",
        who=Who.STRANGER, helps=(H.LEGAL,), door=Door.REFERRED, way=Way.PHONE,
        district=SERANG, village="Stasiun", by_whom="Penumpang lain", to="uptd-banyu",
        risk=Risk.MEDIUM,
    ),
    Tale(
        "sebar-foto", S.DIGITAL, C.OPEN,
        "Mantan saya mengancam menyebar foto pribadi kalau saya tidak mau balikan. Kemarin dia "
        "kirim satu foto ke sepupu saya, lalu dihapus lagi. Dia pegang akun lama saya juga. "
        "Saya umur 19, orang tua saya kalau tahu bisa sakit. Saya sudah simpan semua chatnya.",
        helps=(H.LEGAL, H.PSYCHOLOGIST, H.LISTEN), district=SERANG, village="Lontarbaru",
        by_whom="Mantan pacar", when="Seminggu ini", helper_sex=WOMAN, risk=Risk.HIGH,
        names="Vania (penyintas, 19); Aldo (terlapor, mantan); sepupu",
        wishes=(Wish(N.LEGAL, Y.UNDER_WAY, "klinik-hukum"), Wish(N.POLICE, Y.HANDED_BACK,
                "unit-ppa"), Wish(N.PSYCHOLOGY, Y.UNDER_WAY, "psikologi-kampus")),
        lines=(
            Line(OURS, "Terima kasih sudah menyimpan percakapannya. Mohon jangan dihapus dan "
                 "jangan dibalas dulu. Bolehkah kami minta bantuan supaya foto bisa diturunkan "
                 "bila muncul?"),
            Line(HERS, "boleh banget kak. saya takut buka hp"),
            Line(HERS, "ini saya tambah tangkapan layarnya nanti malam ya", MessageKind.TEXT),
        ),
    ),
    Tale(
        "grup-kelas", S.DIGITAL, C.CLOSED,
        "Foto wajah anak saya ditempel ke gambar tidak senonoh pakai aplikasi dan disebar di "
        "grup angkatan. Anak saya kelas 9, sekarang mengurung diri. Yang membuat kabarnya "
        "teman sendiri. Pihak sekolah minta waktu.",
        who=A_CHILD, age=CHILD, age_said="15", helps=(H.CHILD_HELP, H.LEGAL),
        district=CIPOCOK, by_whom="Teman satu angkatan", door=Door.WHATSAPP, way=Way.WHATSAPP,
        safe_hours=(time(18), time(21)), risk=Risk.MEDIUM, names="Anak (15); anak berkonflik "
        "(15); Pak Dani (ayah, pelapor)",
        wishes=(Wish(N.SCHOOL, Y.DONE, "smp-pelangi"), Wish(N.PSYCHOLOGY, Y.DONE, "puspaga"),
                Wish(N.LEGAL, Y.DONE, "klinik-hukum")),
    ),
    Tale(
        "diperas", S.DIGITAL, C.FRESH,
        "aku laki2, 17. kenalan di aplikasi terus dia rekam video call kita diem2. sekarang "
        "minta uang 2 juta besok atau dikirim ke semua follower aku. aku udah kirim 500rb. aku "
        "ga berani bilang ke siapa2. tolong cepet",
        age=CHILD, age_said="17", helps=(H.LEGAL, H.LISTEN), safety=Safety.UNKNOWN,
        district=CURUG, by_whom="kenalan online",
    ),
    Tale(
        "akun-palsu", S.DIGITAL, C.ASKED,
        "Ada akun memakai foto dan nomor saya menawarkan yang tidak-tidak. Banyak laki-laki "
        "menelepon. Saya ibu rumah tangga, suami jadi curiga. Saya tidak tahu siapa yang buat.",
        helps=(H.LEGAL,), district=KASEMEN, village="Banten", way=Way.PAGE, risk=Risk.MEDIUM,
        lines=(
            Line(OURS, "Kami ikut prihatin. Bolehkah Ibu mengirim alamat akunnya di sini? Kami "
                 "bantu melaporkan supaya diturunkan, tanpa nama Ibu."),
        ),
    ),
    Tale(
        "komentar-siaran", S.DIGITAL, C.ANSWERED,
        "Saya jualan lewat siaran langsung. Satu akun selalu mengirim komentar cabul dan "
        "minggu ini mengirim foto rumah saya dengan tulisan 'sendirian ya'. Saya tinggal "
        "berdua dengan anak balita.",
        helps=(H.LEGAL, H.SAFE_PLACE), district=TAKTAKAN, village="Lialang",
        door=Door.WHATSAPP, way=Way.WHATSAPP,
        safe_hours=(time(9), time(16)), by_whom="Akun tidak dikenal", risk=Risk.HIGH,
        lines=(
            Line(OURS, "Terima kasih sudah melapor. Adakah keluarga atau teman yang bisa "
                 "menginap malam ini?"),
            Line(HERS, "adik saya bisa datang nanti malam. tadi ada motor berhenti depan rumah "
                 "tapi jalan lagi. saya takut keluar"),
        ),
    ),
    Tale(
        "foto-lama", S.DIGITAL, C.CLOSED,
        "Foto saya waktu belum berhijab disebar oleh mantan teman kerja dengan cerita bohong. "
        "Tempat kerja baru menanyakan. Saya ingin surat penjelasan dan orang itu berhenti.",
        helps=(H.LEGAL, H.LISTEN), district=WALANTAKA, village="Lebakwangi", way=Way.PHONE,
        safe_hours=(time(11), time(13)), by_whom="Mantan teman kerja", risk=Risk.LOW,
        closing=Closing.HELPED, names="Nining (penyintas); R. (terlapor)",
        wishes=(Wish(N.LEGAL, Y.DONE, "posbakum"),),
    ),
)  # fmt: skip
