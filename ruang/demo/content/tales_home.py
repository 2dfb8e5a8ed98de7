"""Invented contacts: violence by a husband, a former husband or the family, against adults."""

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
    Risk,
    Safety,
    Side,
    Way,
    Who,
)
from ruang.intake.states import Help as H
from ruang.referrals.states import Need as N

HERS, OURS = Side.REPORTER, Side.STAFF

TALES = (
    Tale(
        "dapur", S.HOME, C.OPEN,
        "Suami saya marah karena nasi belum matang waktu dia pulang. Saya didorong sampai "
        "jatuh di dapur, tangan kiri saya bengkak. Ini bukan pertama kali. Biasanya besoknya "
        "dia minta maaf, beli martabak, lalu seminggu tenang. Anak saya dua, yang besar kelas "
        "tiga SD, sekarang kalau dengar motor bapaknya langsung masuk kamar. Saya tidak mau "
        "dia dipenjara, saya cuma mau dia berhenti. Saya juga tidak tahu nanti makan dari "
        "mana kalau pisah.",
        helps=(H.LISTEN, H.HEALTH, H.LEGAL), safety=Safety.SHORT, district=SERANG,
        village="Unyur, dekat lapangan", when="Semalam, dan sejak tiga tahun lalu",
        by_whom="Suami", helper_sex=HelperSex.WOMAN, risk=Risk.HIGH,
        names="Nurma (penyintas); Tarno (terlapor, suami); dua anak, kelas 3 SD dan balita",
        wishes=(Wish(N.HEALTH, Y.DONE, "rsud"), Wish(N.LEGAL, Y.UNDER_WAY, "lbh-kencana"),
                Wish(N.PSYCHOLOGY, Y.UNDER_WAY, "forum-psikolog")),
        lines=(
            Line(OURS, "Terima kasih sudah menulis. Sebelum mulai: apakah ada orang lain yang "
                 "bisa melihat layar ini?"),
            Line(HERS, "aman, saya di rumah ibu, suami lagi narik"),
            Line(OURS, "Baik. Tangan Ibu bisa diperiksa tanpa biaya. Ada petugas perempuan "
                 "yang bisa menemani, besok pagi atau lusa. Mana yang lebih aman?"),
            Line(HERS, "besok jam 9 bisa, anak sekolah. tapi jangan telepon ke rumah ya bu"),
        ),
    ),
    Tale(
        "ibu-sepuh", S.HOME, C.OPEN,
        "Ibu saya 71 tahun, tinggal dengan adik laki-laki saya yang paling besar badannya. "
        "Uang pensiun almarhum bapak diambil adik tiap awal bulan. Kalau Ibu minta untuk obat "
        "tensi, dia membentak dan mendorong; bulan lalu Ibu jatuh di kamar mandi dan tidak "
        "dibawa berobat sampai saya datang. Ibu sering ditinggal seharian tanpa makanan yang "
        "bisa dikunyah. Ibu bilang jangan dilaporkan, dia tetap anaknya. Saya di Cilegon, "
        "hanya bisa datang Minggu. Ibu mau bicara asal tidak di rumah itu.",
        who=Who.KNOWN, helps=(H.HEALTH, H.SAFE_PLACE, H.LISTEN), district=CURUG,
        village="Sukajaya", door=Door.WHATSAPP, way=Way.WHATSAPP, age_said="71",
        when="Sejak Bapak meninggal, setahun ini", by_whom="Adik saya, anak kandung Ibu",
        safe_hours=(time(9), time(13)), if_others=IfOthersAnswer.WRONG_NUMBER, risk=Risk.HIGH,
        names="Hj. Yeni (penyintas, 71); Sobari (terlapor, anak); Lilis (anak, di Cilegon)",
        wishes=(Wish(N.HEALTH, Y.DONE, "puskesmas"), Wish(N.SOCIAL, Y.UNDER_WAY, "dinsos"),
                Wish(N.LEGAL, Y.DECLINED, "posbakum")),
    ),
    Tale(
        "hp-disita", S.HOME, C.FRESH,
        "hp saya sering diambil suami jadi sebentar saja. dia pukul saya pakai gagang sapu "
        "tadi siang di depan anak. saya takut nanti malam. kontrakan di belakang masjid. "
        "jangan telepon. saya buka lagi ini kalau dia kerja",
        helps=(H.SAFE_PLACE, H.UNSURE), safety=Safety.DANGER, district=KASEMEN,
        village="Margaluyu", by_whom="suami",
    ),
    Tale(
        "ibu-mertua", S.HOME, C.CLOSED,
        "Saya tinggal di rumah mertua. Semua uang kiriman suami dari Batam dipegang ibu "
        "mertua, saya dijatah dua puluh ribu sehari untuk bertiga. Kalau minta lebih saya "
        "dikatai macam-macam di depan tetangga. Bulan lalu pintu kamar dilepas, katanya biar "
        "ketahuan kalau saya malas. Kalau anak menangis malam saya dibangunkan dengan pukulan "
        "di pintu lemari. Saya tidak boleh pulang ke rumah orang tua sejak Lebaran, padahal "
        "cuma satu jam naik angkot. Suami bilang sabar dulu, tahun depan kita kontrak. Tapi "
        "tahun lalu dia juga bilang begitu. Saya jadi susah tidur dan sering menangis waktu "
        "mandi supaya anak tidak lihat. Saya pernah berpikir lebih baik saya tidak ada, lalu "
        "saya lihat anak saya dan saya malu punya pikiran begitu. Saya cuma ingin bicara "
        "dengan orang yang tidak akan melaporkan saya ke mertua.",
        helps=(H.LISTEN, H.PSYCHOLOGIST), district=WALANTAKA, village="Pipitan",
        when="Hampir setahun", by_whom="Ibu mertua", risk=Risk.MEDIUM,
        names="Eli (penyintas); Hj. Rumsiah (terlapor, ibu mertua); Deni (suami, di Batam)",
        wishes=(Wish(N.PSYCHOLOGY, Y.DONE, "puspaga"),), closing=Closing.HELPED,
    ),
    Tale(
        "lima-belas-tahun", S.HOME, C.CLOSED,
        "Penyintas datang sendiri ke kantor pukul 10.15 membawa map berisi surat nikah dan "
        "rapor anak. Ia menyampaikan sudah lima belas tahun menikah dan sejak awal sering "
        "ditampar bila berbeda pendapat. Selama ini ia bertahan karena tiga anaknya masih "
        "kecil dan karena suami selalu meminta maaf di depan orang tua. Dua bulan terakhir "
        "suami membawa perempuan lain ke rumah dan mengancam mengusir penyintas bersama anak "
        "bungsu. Tadi pagi, ketika penyintas menyembunyikan kunci motor supaya suami tidak "
        "pergi, lehernya dicengkeram di depan anak bungsu. Anak berlari memanggil uwak di "
        "rumah sebelah dan suami pergi. Terlihat kemerahan di leher sebelah kanan; penyintas "
        "menyampaikan masih sakit waktu menelan. Ia tenang selama bercerita, beberapa kali "
        "berhenti dan minta minum. Anak pertama sudah bekerja di Cilegon dan mendukung, anak "
        "kedua mondok, anak bungsu sekarang bersama kakak penyintas. Penghasilan penyintas "
        "dari mencuci pakaian, cukup untuk makan tetapi tidak untuk sewa rumah. Harapan: bisa "
        "tinggal terpisah dengan aman, anak bungsu tetap bersekolah di tempat yang sama, dan "
        "suami tidak tahu ia datang ke sini sampai ia sudah di tempat lain. Ia bersedia "
        "diperiksa hari ini juga dan minta ditemani petugas perempuan. Ia bertanya dua kali "
        "apakah semua ini berbayar; dijelaskan bahwa gratis.",
        helps=(H.SAFE_PLACE, H.HEALTH, H.LEGAL), door=Door.WALK_IN, way=Way.TRUSTED,
        reach="Bu Ocih (kakak), 0899-0000-2214", district=CIPOCOK, village="Dalung",
        by_whom="Suami", when="Pagi ini", helper_sex=HelperSex.WOMAN, risk=Risk.HIGH,
        names="Rohimah (penyintas); Sarmin (terlapor, suami); Ocih (kakak); anak bungsu, SMP",
        wishes=(Wish(N.HEALTH, Y.DONE, "rsud"), Wish(N.SHELTER, Y.DONE, "rumah-aman"),
                Wish(N.POLICE, Y.DONE, "unit-ppa"), Wish(N.LEGAL, Y.DECLINED, "lbh-kencana"),
                Wish(N.LEGAL, Y.DONE, "posbakum")),
    ),
    Tale(
        "tetangga-dengar", S.HOME, C.COUNSELLED,
        "Tetangga sebelah kontrakan saya hampir tiap malam ribut, terdengar barang dibanting "
        "dan istrinya minta ampun. Saya bingung harus bagaimana, takut disangka ikut campur. "
        "Istrinya kalau saya sapa cuma senyum. Kalau saya lapor apakah nama saya ketahuan?",
        who=Who.KNOWN, helps=(H.UNSURE,), district=SERANG, village="Lontarbaru",
        by_whom="Suaminya", when="Sudah sebulan",
    ),
    Tale(
        "kaki-palsu", S.HOME, C.OPEN,
        "Saya pengguna kursi roda. Kakak ipar yang tinggal serumah sering menyembunyikan "
        "kursi roda saya kalau saya menolak menyerahkan uang bantuan. Dua kali saya ditinggal "
        "di kamar dari pagi sampai sore tanpa makan. Kalau petugas datang ke rumah saya takut "
        "dia tahu. Bisa bertemu di puskesmas waktu jadwal kontrol hari Kamis?",
        helps=(H.SAFE_PLACE, H.LISTEN), district=TAKTAKAN, village="Drangong",
        by_whom="Kakak ipar", when="Sejak ibu meninggal, enam bulan lalu", risk=Risk.HIGH,
        names="Wiwin (penyintas); Kasmudi (terlapor, kakak ipar)",
        wishes=(Wish(N.SOCIAL, Y.UNDER_WAY, "sahabat-difabel"),
                Wish(N.SHELTER, Y.DECLINED, "rumah-aman"), Wish(N.HEALTH, Y.DONE, "puskesmas"),
                Wish(N.LEGAL, Y.SILENT, "klinik-hukum")),
    ),
    Tale(
        "bendahara", S.HOME, C.OPEN,
        "Saya sulit menulis ini karena suami saya bekerja di kantor yang menerima laporan "
        "ini, di bagian keuangan. Di luar dia dikenal baik. Di rumah dia mengatur semua: "
        "saya tidak boleh memegang gaji saya sendiri, dan bulan lalu saya ditampar karena "
        "bertanya soal pinjaman yang memakai nama saya. Kalau teman-teman sekantornya membaca "
        "ini saya tidak berani pulang. Tolong jangan ada yang dari sana.",
        helps=(H.LISTEN, H.LEGAL, H.PSYCHOLOGIST), office_named=True, district=CIPOCOK,
        must_not_read="Semua petugas di dinas itu, terutama bagian keuangan dan umum",
        by_whom="Suami, pegawai dinas", when="Tiga tahun terakhir", risk=Risk.HIGH,
        names="Meta (penyintas); Ir. Suganda (terlapor, suami)",
        wishes=(Wish(N.LEGAL, Y.UNDER_WAY, "klinik-hukum"),
                Wish(N.PSYCHOLOGY, Y.DONE, "psikologi-kampus")),
        lines=(
            Line(OURS, "Kami dari lembaga lain, bukan dari dinas itu. Laporan ini tidak masuk "
                 "ke sana dan tidak bisa dibuka dari sana."),
            Line(HERS, "Terima kasih. Saya baru bisa tidur setelah baca ini."),
        ),
    ),
    Tale(
        "kdrt-english", S.HOME, C.CLOSED,
        "I moved here with my husband two years ago, he works at the industrial estate. He "
        "keeps my passport in his office and says I have no rights in Indonesia. When he "
        "drinks he throws things; last week a chair hit my shoulder, and our daughter, who is "
        "five, stood in the door and put her hands over her ears. The next morning he bought "
        "flowers and told the driver not to take me anywhere without asking him. I do not "
        "have family here and my Indonesian is still basic. The neighbours are kind but they "
        "work for the same company, so I do not want to ask them. I am not sure that I want "
        "to leave. I would like to know what I can do before I do anything: whether I can get "
        "a copy of my passport, whether my daughter could leave with me, and whether a "
        "shelter would take a foreigner. Please do not call the house, he answers the phone.",
        helps=(H.LISTEN, H.LEGAL), language="en", district=SERANG, village="Kaligandu",
        by_whom="My husband", helper_language="English", helper_sex=HelperSex.WOMAN,
        risk=Risk.MEDIUM, names="Anna (survivor); Pieter (reported, husband); daughter, 5",
        wishes=(Wish(N.LEGAL, Y.DONE, "klinik-hukum"), Wish(N.OTHER, Y.DONE, "dukcapil")),
    ),
    Tale(
        "warung", S.HOME, C.ANSWERED,
        "Saya jualan gorengan di depan rumah. Uang modal selalu diambil suami buat judi di "
        "hp. Kalau tidak dikasih dagangan saya ditumpahkan. Kemarin minyak panas hampir kena "
        "anak. Saya capek bu.",
        helps=(H.LISTEN, H.LEGAL), district=CURUG, village="Cipete", by_whom="Suami",
        way=Way.WHATSAPP, safe_hours=(time(8), time(10)), risk=Risk.HIGH,
        lines=(
            Line(OURS, "Terima kasih sudah bercerita. Apakah Ibu dan anak sekarang di tempat "
                 "yang aman?"),
            Line(HERS, "di rumah bu, suami belum pulang. anak sudah tidur. saya harus apa "
                 "kalau dia minta uang lagi nanti"),
        ),
    ),
    Tale(
        "kosong-bahaya", S.HOME, C.FRESH_LATE, "",
        safety=Safety.SHORT, helps=(H.LEGAL,), district=WALANTAKA, by_whom="suami",
    ),
    Tale(
        "telepon-adik", S.HOME, C.CLOSED,
        "Penelepon menyampaikan kakaknya, ibu dua anak, sejak menikah lagi tidak boleh "
        "bertemu keluarga. Ponselnya diganti suami. Waktu Lebaran kakaknya sempat berbisik "
        "minta dijemput. Penelepon sudah dua kali datang, selalu dijawab kakaknya sedang "
        "tidur. Penelepon bersedia mendampingi bila ada petugas yang ikut ke rumah.",
        who=Who.KNOWN, helps=(H.SAFE_PLACE, H.UNSURE), door=Door.PHONE, way=Way.PHONE,
        district=TAKTAKAN, village="Cilowong", by_whom="Suami kakaknya", risk=Risk.HIGH,
        safe_hours=(time(12), time(13)), closing=Closing.HELPED,
        names="Imas (penyintas); Jaja (terlapor, suami); Ujang (adik, pelapor)",
        wishes=(Wish(N.POLICE, Y.DONE, "unit-ppa"), Wish(N.SHELTER, Y.DONE, "rumah-aman"),
                Wish(N.RETURN_HOME, Y.DONE, "dinsos")),
    ),
    Tale(
        "cerai-diancam", S.HOME, C.CLOSED,
        "Setiap saya bilang mau cerai, suami mengancam akan membawa anak ke kampungnya di "
        "Lampung dan saya tidak akan bertemu lagi. Dia pegang kartu keluarga dan akta. Dia "
        "tidak memukul, tapi setiap hari saya dihina, dibilang perempuan tidak berguna, dan "
        "diperiksa isi tas kalau pulang. Saya guru honorer, malu kalau sekolah tahu.",
        helps=(H.LEGAL, H.PSYCHOLOGIST), district=SERANG, village="Cipare",
        when="Dua tahun ini", by_whom="Suami", risk=Risk.MEDIUM, closing=Closing.HER_WISH,
        names="Tika (penyintas); Ruslan (terlapor, suami); satu anak, 4 tahun",
        wishes=(Wish(N.LEGAL, Y.EXPIRED, "lbh-kencana"), Wish(N.LEGAL, Y.WITHDRAWN, "posbakum"),
                Wish(N.OTHER, Y.DONE, "dukcapil")),
    ),
    Tale(
        "anak-besar", S.HOME, C.COUNSELLED,
        "Yang memukul saya anak saya sendiri, laki-laki umur dua puluh tiga. Kalau tidak "
        "diberi uang dia melempar piring. Saya sudah enam puluh satu tahun, janda. Saya tidak "
        "tega lapor polisi. Ada tidak yang bisa menasihati dia tanpa dia marah kepada saya?",
        helps=(H.LISTEN,), door=Door.WHATSAPP, way=Way.WHATSAPP, district=KASEMEN,
        village="Kilasah", by_whom="Anak kandung", risk=Risk.MEDIUM,
        safe_hours=(time(8), time(11)),
    ),
    Tale(
        "kader-lapor", S.HOME, C.HANDED_OVER,
        "Kader PATBM menyampaikan seorang ibu yang baru pindah kontrakan, sering terlihat "
        "memar di lengan. Ibu itu bercerita kepada kader bahwa suaminya bekerja dan ber-KTP "
        "di kabupaten sebelah, rumah mereka juga di sana; di sini hanya menumpang sementara "
        "di saudara. Ibu ingin diurus dekat rumahnya supaya tidak bolak-balik.",
        who=Who.KNOWN, helps=(H.LEGAL, H.LISTEN), door=Door.CADRE, way=Way.PHONE,
        district=CURUG, village="Tinggar", by_whom="Suami", to="uptd-banyu",
    ),
    Tale(
        "pacar-antar", S.DATING, C.CLOSED,
        "Pacar saya selalu antar jemput ke kampus, awalnya saya senang. Sekarang saya tidak "
        "boleh pulang tanpa dia, hp diperiksa, dan dua kali dia menjambak rambut saya di "
        "mobil karena saya duduk dekat teman laki-laki waktu kerja kelompok. Saya mau putus "
        "tapi dia bilang akan lompat dari jembatan. Kalau dia benar lakukan itu salah saya "
        "bukan?",
        helps=(H.LISTEN, H.PSYCHOLOGIST), district=SERANG, village="Sumur Pecung",
        by_whom="Pacar", when="Sejak semester lalu", risk=Risk.MEDIUM,
        names="Alya (penyintas); Rico (terlapor, pacar)",
        wishes=(Wish(N.PSYCHOLOGY, Y.DONE, "psikologi-kampus"),),
        lines=(
            Line(OURS, "Yang dia lakukan bukan salah Anda, dan keputusan dia bukan tanggungan "
                 "Anda. Kita bisa menyusun cara berpisah yang aman, pelan-pelan."),
            Line(HERS, "makasih kak. tadinya saya pikir saya yang lebay"),
        ),
    ),
    Tale(
        "pacar-hamil", S.DATING, C.OPEN,
        "Umur saya 17, kelas 12. Saya hamil tiga bulan dan pacar saya menghilang, nomornya "
        "tidak aktif. Sebelumnya dia sering memaksa dan kalau saya menolak dia marah dan "
        "meninggalkan saya di jalan. Orang tua belum tahu. Saya masih ingin ikut ujian. Yang "
        "tahu cuma sahabat saya, dia yang bantu ketik ini.",
        age=Age.CHILD, age_said="17", helps=(H.LISTEN, H.HEALTH, H.CHILD_HELP),
        district=WALANTAKA, village="Kalodran", by_whom="Pacar, 19 tahun", way=Way.TRUSTED,
        reach="Salwa (sahabat), 0899-0000-3391", helper_sex=HelperSex.WOMAN, risk=Risk.HIGH,
        names="Nisa (penyintas, 17); Rizal (terlapor, 19); Salwa (sahabat)",
        wishes=(Wish(N.HEALTH, Y.DONE, "puskesmas"), Wish(N.SCHOOL, Y.SECOND, "sma-cakrawala"),
                Wish(N.PSYCHOLOGY, Y.UNDER_WAY, "puspaga")),
    ),
    Tale(
        "putus-teror", S.DATING, C.ASKED,
        "Sejak saya putuskan dia terus menelepon dari nomor baru, kadang seratus kali semalam. "
        "Dia menunggu di depan kos dan bilang ke ibu kos bahwa saya punya utang kepadanya.",
        helps=(H.LEGAL, H.LISTEN), district=TAKTAKAN, village="Sepang", by_whom="Mantan pacar",
        way=Way.WHATSAPP, safe_hours=(time(16), time(20)), risk=Risk.MEDIUM,
        lines=(
            Line(OURS, "Terima kasih sudah menulis. Apakah ada teman yang bisa menginap "
                 "bersama Anda beberapa malam ini? Boleh juga kami carikan tempat lain."),
        ),
    ),
)  # fmt: skip
