"""Invented contacts that are no violence: marriage, maintenance, custody. Most want to talk."""

from datetime import time

from ruang.cases.states import Closing
from ruang.demo.content.places import CIPOCOK, CURUG, KASEMEN, SERANG, TAKTAKAN, WALANTAKA
from ruang.demo.content.shape import Course as C
from ruang.demo.content.shape import Line, Tale, Wish
from ruang.demo.content.shape import Reply as Y
from ruang.demo.content.shape import Subject as S
from ruang.intake.states import Door, HelperSex, Risk, Side, Way
from ruang.intake.states import Help as H
from ruang.referrals.states import Need as N
from ruang.triage.states import Outcome

HERS, OURS = Side.REPORTER, Side.STAFF
LOW = Risk.LOW

TALES = (
    Tale(
        "jarang-bicara", S.MARRIAGE, C.COUNSELLED,
        "Kami menikah sembilan tahun dan sekarang seperti teman kos. Tidak bertengkar, tidak "
        "bicara juga. Suami pulang, makan, main hp, tidur. Saya ingin konseling berdua tapi "
        "dia bilang tidak perlu. Apa saya boleh datang sendiri dulu?",
        helps=(H.LISTEN, H.PSYCHOLOGIST), district=SERANG, risk=LOW,
        lines=(
            Line(OURS, "Boleh sekali, datang sendiri juga berguna. Ruang konseling buka Selasa "
                 "dan Kamis, gratis."),
            Line(HERS, "Alhamdulillah. Kamis saya datang jam 10."),
        ),
    ),
    Tale(
        "utang-pinjol", S.MARRIAGE, C.COUNSELLED,
        "Suami punya pinjaman online di lima tempat tanpa bilang saya. Penagih menelepon "
        "kantor saya. Saya marah besar dan sekarang dia tidur di rumah ibunya. Saya tidak mau "
        "pisah, saya mau tahu harus mulai dari mana.",
        helps=(H.LISTEN, H.LEGAL), door=Door.WHATSAPP, way=Way.WHATSAPP, district=CIPOCOK,
        village="Dalung", safe_hours=(time(12), time(13)), risk=LOW,
    ),
    Tale(
        "mau-poligami", S.MARRIAGE, C.COUNSELLED,
        "Suami bilang mau menikah lagi dan minta saya tanda tangan. Saya tidak sanggup. Kalau "
        "saya tidak tanda tangan apakah dia tetap bisa? Saya tidak ingin jawaban agama, saya "
        "sudah bertanya ke ustazah, saya ingin tahu hukumnya.",
        helps=(H.LEGAL, H.LISTEN), district=KASEMEN, village="Kasemen", risk=LOW,
        helper_sex=HelperSex.WOMAN,
    ),
    Tale(
        "nikah-siri", S.MARRIAGE, C.CLOSED,
        "Saya menikah siri tujuh tahun lalu, anak satu. Suami mau menikah resmi dengan orang "
        "lain. Anak saya tahun ini masuk SD dan butuh akta. Tolong beri tahu langkahnya, saya "
        "tidak mau ribut.",
        helps=(H.LEGAL,), door=Door.WALK_IN, way=Way.PHONE, safe_hours=(time(8), time(16)),
        district=WALANTAKA, village="Kapuren", risk=LOW, outcome=Outcome.REFER,
        names="Ernawati; Pak Dul (suami siri); anak, 6 tahun",
        wishes=(Wish(N.LEGAL, Y.DONE, "posbakum"), Wish(N.OTHER, Y.DONE, "dukcapil")),
    ),
    Tale(
        "mertua-serumah", S.MARRIAGE, C.COUNSELLED,
        "Cara saya mengurus bayi selalu dikomentari mertua. Suami di tengah-tengah jadi "
        "pusing. Saya butuh tempat cerita saja, bukan mau melaporkan siapa-siapa.",
        helps=(H.LISTEN,), district=TAKTAKAN, risk=LOW,
    ),
    Tale(
        "cemburu-buta", S.MARRIAGE, C.COUNSELLED,
        "Istri saya cemburu pada rekan kerja saya padahal tidak ada apa-apa. Saya laki-laki, "
        "boleh konsultasi di sini? Saya takut rumah tangga saya bubar. Anak dua masih kecil.",
        helps=(H.LISTEN, H.PSYCHOLOGIST), district=SERANG, village="Unyur",
        door=Door.WHATSAPP, way=Way.WHATSAPP,
        safe_hours=(time(16), time(18)), helper_sex=HelperSex.MAN, risk=LOW,
    ),
    Tale(
        "selingkuh", S.MARRIAGE, C.COUNSELLED,
        "Saya menemukan percakapan suami dengan mantannya. Dia mengaku dan minta maaf. Saya "
        "bingung antara memaafkan atau pergi. Badan saya turun enam kilo.",
        helps=(H.LISTEN, H.PSYCHOLOGIST), district=CURUG, village="Sukalaksana", risk=LOW,
        lines=(
            Line(OURS, "Terima kasih sudah bercerita. Tidak ada keputusan yang perlu dibuat "
                 "minggu ini. Mau kita bicara lewat telepon, atau cukup di sini dulu?"),
            Line(HERS, "di sini dulu ya, saya belum sanggup ngomong"),
            Line(OURS, "Baik, kami di sini. Bu Lilis membaca setiap pagi."),
        ),
    ),
    Tale(
        "pra-nikah", S.MARRIAGE, C.COUNSELLED,
        "Calon suami saya baik tapi kalau marah diam sampai berminggu-minggu. Pernikahan tiga "
        "bulan lagi. Apakah di sini ada kelas atau konseling sebelum menikah?",
        helps=(H.LISTEN,), door=Door.PHONE, way=Way.PHONE, district=SERANG,
        safe_hours=(time(15), time(19)), risk=LOW,
    ),
    Tale(
        "sudah-cerai-serumah", S.MARRIAGE, C.COUNSELLED,
        "Sudah putus cerai tapi masih serumah karena rumah belum dibagi. Anak-anak bingung. "
        "Kami berdua mau dibantu menyusun jadwal dan pembagian baik-baik.",
        helps=(H.LISTEN, H.LEGAL), door=Door.WALK_IN, way=Way.PHONE, district=CIPOCOK,
        village="Karundang", safe_hours=(time(9), time(11)), risk=LOW,
    ),
    Tale(
        "kosong-konseling", S.MARRIAGE, C.COUNSELLED, "",
        helps=(H.LISTEN,), way=Way.PHONE, safe_hours=(time(10), time(12)), district=SERANG,
        risk=LOW,
    ),
    Tale(
        "suami-sakit", S.MARRIAGE, C.COUNSELLED,
        "Suami stroke dua tahun, saya merawat sendiri sambil jualan. Kadang saya membentak dan "
        "menyesal. Saya lelah sekali. Ada kelompok sesama perawat keluarga?",
        helps=(H.LISTEN,), door=Door.CADRE, way=Way.PHONE, district=KASEMEN,
        village="Mesjid Priyayi", safe_hours=(time(13), time(15)), risk=LOW,
    ),
    Tale(
        "beda-pulau", S.MARRIAGE, C.ANSWERED,
        "Suami kerja di Papua, enam bulan sekali pulang. Kiriman lancar tapi teleponnya makin "
        "jarang. Saya merasa sendirian mengurus tiga anak dan orang tua.",
        helps=(H.LISTEN, H.PSYCHOLOGIST), district=TAKTAKAN, village="Kalanganyar", risk=LOW,
        lines=(
            Line(OURS, "Terima kasih sudah menulis. Apa yang paling berat minggu ini?"),
            Line(HERS, "anak kedua mogok sekolah, ibu saya sakit. semua minta saya"),
        ),
    ),
    Tale(
        "minta-rujuk", S.MARRIAGE, C.COUNSELLED,
        "Mantan suami minta rujuk. Dulu berpisah karena judi, sekarang katanya sudah berhenti. "
        "Keluarga besar menekan. Saya ingin ada yang membantu saya berpikir jernih.",
        helps=(H.LISTEN,), district=WALANTAKA, village="Cigoong", risk=LOW,
    ),
    Tale(
        "english-marriage", S.MARRIAGE, C.COUNSELLED,
        "I am Indonesian but my husband is not, so we would prefer a counsellor who speaks "
        "English. We argue about money every week. It never gets physical. Is there someone we "
        "could see together, in the evening?",
        helps=(H.LISTEN, H.PSYCHOLOGIST), language="en", helper_language="English",
        district=SERANG, risk=LOW,
        lines=(
            Line(OURS, "Thank you for writing. Yes, a counsellor of the family centre can see "
                 "you both on Wednesday at 5 pm, free of charge. Shall we book it?"),
            Line(HERS, "Yes please, Wednesday works."),
        ),
    ),
    Tale(
        "nafkah-macet", S.SUPPORT, C.CLOSED,
        "Putusan cerai menyebut nafkah anak satu setengah juta sebulan. Sudah delapan bulan "
        "tidak dibayar. Mantan suami pegawai tetap. Saya jahit di rumah, anak pertama mau "
        "masuk SMP. Apakah gajinya bisa dipotong?",
        helps=(H.LEGAL,), district=SERANG, village="Cipare", way=Way.PHONE,
        safe_hours=(time(8), time(12)), risk=LOW, outcome=Outcome.REFER,
        names="Rukoyah; Asmawi (mantan suami); dua anak",
        wishes=(Wish(N.LEGAL, Y.DECLINED, "lbh-kencana"), Wish(N.LEGAL, Y.DONE, "posbakum")),
    ),
    Tale(
        "rebutan-anak", S.SUPPORT, C.OPEN,
        "Anak saya dibawa keluarga mantan suami waktu liburan dan tidak dikembalikan, sudah "
        "tiga minggu. Putusan pengadilan hak asuh pada saya. Anak saya empat tahun, saya hanya "
        "boleh video call lima menit. Saya tidak mau ada keributan di depan anak.",
        helps=(H.LEGAL, H.CHILD_HELP), district=CIPOCOK, village="Banjarsari",
        door=Door.WHATSAPP, way=Way.WHATSAPP,
        safe_hours=(time(7), time(20)), risk=Risk.MEDIUM, outcome=Outcome.REFER,
        names="Septi; Rohman (mantan suami); Naya (anak, 4)",
        wishes=(Wish(N.LEGAL, Y.UNDER_WAY, "posbakum"),
                Wish(N.PSYCHOLOGY, Y.SILENT, "puspaga")),
    ),
    Tale(
        "harta-bersama", S.SUPPORT, C.COUNSELLED,
        "Rumah atas nama mertua tapi yang mencicil saya. Sekarang pisah. Apa saya punya hak? "
        "Kuitansi cicilan sebagian masih ada.",
        helps=(H.LEGAL,), door=Door.WALK_IN, way=Way.PHONE, district=KASEMEN, risk=LOW,
        safe_hours=(time(9), time(15)),
    ),
    Tale(
        "biaya-sekolah", S.SUPPORT, C.COUNSELLED,
        "Bapaknya anak-anak tidak mau bayar sekolah kalau saya tidak mengizinkan dia "
        "menjemput. Saya mengizinkan asal dikembalikan. Bagaimana supaya ada perjanjian "
        "tertulis?",
        helps=(H.LEGAL, H.CHILD_HELP), door=Door.PHONE, way=Way.PHONE, district=CURUG,
        village="Cipete", safe_hours=(time(10), time(14)), risk=LOW,
    ),
    Tale(
        "anak-di-kakek", S.SUPPORT, C.COUNSELLED,
        "Sejak suami meninggal anak tinggal bersama kakeknya. Saya sudah bekerja tetap dan "
        "ingin mengasuh lagi. Kakeknya keberatan karena sayang. Bisa dibantu musyawarah?",
        helps=(H.LISTEN, H.CHILD_HELP), door=Door.WALK_IN, way=Way.PHONE, district=WALANTAKA,
        village="Pasuluhan", safe_hours=(time(8), time(17)), risk=LOW,
    ),
    Tale(
        "nafkah-pegawai", S.SUPPORT, C.COUNSELLED,
        "Penelepon menanyakan cara menyurati atasan mantan suami yang pegawai negeri mengenai "
        "nafkah anak. Diberi penjelasan langkah dan surat yang perlu dibawa.",
        helps=(H.LEGAL,), door=Door.PHONE, way=Way.PHONE, district=TAKTAKAN, risk=LOW,
    ),
    Tale(
        "ayah-rindu", S.SUPPORT, C.COUNSELLED,
        "Saya ayah dua anak perempuan. Sejak pisah setahun lalu saya tidak diberi bertemu "
        "mereka, alasannya selalu ada: sedang les, sedang tidur, sedang di rumah nenek. "
        "Nafkah saya kirim tiap bulan, ada buktinya. Saya tidak pernah kasar, boleh "
        "ditanyakan ke RT lama kami. Waktu ulang tahun si bungsu saya titip kado di satpam "
        "sekolah, besoknya dikembalikan. Saya tidak mau merebut siapa-siapa dan tidak mau ke "
        "pengadilan lagi. Saya hanya ingin bertemu dua minggu sekali, di tempat umum pun "
        "tidak apa-apa. Tolong jangan anggap semua ayah jahat.",
        helps=(H.LISTEN, H.LEGAL), district=SERANG, village="Kaligandu",
        door=Door.WHATSAPP, way=Way.WHATSAPP,
        safe_hours=(time(18), time(21)), helper_sex=HelperSex.MAN, risk=LOW,
    ),
    Tale(
        "warisan", S.SUPPORT, C.NOT_OURS,
        "Bapak wafat, kakak laki-laki menguasai sawah dan tidak mau membagi. Kami empat "
        "saudara perempuan. Suratnya ada di kakak.",
        helps=(H.LEGAL,), door=Door.WHATSAPP, way=Way.WHATSAPP, district=KASEMEN, risk=LOW,
    ),
    Tale(
        "gaji-art", S.SUPPORT, C.HANDED_OVER,
        "Gaji saya sebagai pengasuh tidak dibayar empat bulan. Majikan di perumahan dekat tol, "
        "alamatnya masuk kabupaten. Saya sudah pulang. Saya tidak dipukul, cuma minta hak "
        "saya.",
        helps=(H.LEGAL,), district=WALANTAKA, way=Way.PHONE, safe_hours=(time(8), time(12)),
        to="uptd-banyu", risk=LOW,
    ),
    Tale(
        "hak-asuh-tanya", S.SUPPORT, C.FRESH,
        "Saya mau gugat cerai. Anak dua, umur 3 dan 9 tahun. Apakah saya pasti dapat hak asuh "
        "kalau belum bekerja?",
        helps=(H.LEGAL,), district=SERANG,
    ),
    Tale(
        "lahir-tanpa-ayah", S.SUPPORT, C.CLOSED,
        "Anak saya lahir dari hubungan sebelum menikah, ayahnya mau mengakui tapi keluarganya "
        "melarang. Saya ingin pengakuan tertulis saja untuk masa depan anak, bukan uang.",
        helps=(H.LEGAL, H.LISTEN), district=CIPOCOK, village="Gelam", risk=LOW,
        outcome=Outcome.REFER, closing=Closing.NO_CONTACT, names="Winda; B. (ayah biologis); "
        "anak, 2 tahun", wishes=(Wish(N.LEGAL, Y.DONE, "klinik-hukum"),),
    ),
    Tale(
        "cicilan-motor", S.SUPPORT, C.NOT_OURS,
        "Motor saya ditarik penagih padahal tinggal dua bulan cicilan. Apa bisa dibantu di "
        "sini?",
        helps=(H.LEGAL,), door=Door.PHONE, way=Way.PHONE, district=CURUG, risk=LOW,
    ),
)  # fmt: skip
