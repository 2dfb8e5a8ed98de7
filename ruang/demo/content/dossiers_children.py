"""Long cases of children: a girl, a boy, a girl who was sold, a child in conflict with the law.

What happened is told in as few words as the work needs.
"""

from datetime import timedelta

from ruang.cases.states import Compartment as P
from ruang.clocks import official
from ruang.clocks.states import Missed
from ruang.consents.states import Giver, Purpose
from ruang.demo.content.dossier_shape import (
    DEPUTY,
    MANAGER,
    Agreement,
    Day,
    Dossier,
    Explained,
    FollowUp,
    Given,
    Goal,
    Of,
    Paper,
    Service,
    Shared,
    Task,
)
from ruang.dossier.states import Kind as K
from ruang.kernel.codes import Authority, CaseKind
from ruang.plans.states import Agreed, Contacted, Detail, Function, Outcome, Payer, Reached
from ruang.plans.states import Kind as S

HOUR = timedelta(hours=1)

GURU_LES = Dossier("guru-les", CaseKind.SEXUAL, (
    Paper(0.0, K.PERSON, "kania", {
        "role": "child", "name": "Kania", "sex": "woman", "about_age": "11", "disability": "no",
        "communication": "Hanya bicara dengan ibu dan tantenya. Tidak ditanya dua kali.",
        "education": "sd", "job": "pupil", "simfoni_entered": "yes",
        "simfoni_number": "CONTOH-0455", "simfoni_on": Day(),
    }),
    Paper(0.0, K.PERSON, "rahma", {
        "role": "safe_guardian", "name": "Bu Rahma", "sex": "woman", "about_age": "38",
        "job": "housewife", "marital": "married",
    }),
    Paper(0.0, K.PERSON, "tante", {
        "role": "witness", "name": "Tante Wida", "sex": "woman", "about_age": "31",
    }),
    Paper(0.0, K.SUSPECT, "edi", {
        "name": "Edi S.", "sex": "man", "about_age": "40", "job": "private",
        "about": "Masih mengajar anak lain; dinas pendidikan diberi tahu tanpa nama anak.",
    }),
    Paper(0.0, K.RELATION, "hubungan", {
        "person": Of("kania"), "reported": Of("edi"), "relation": "teacher",
        "lives_together": "no",
    }),
    Paper(HOUR, K.INCIDENT, "kejadian", {
        "forms": ("sexual", "psychic"), "tpks": ("physical", "child"), "kdrt": "no",
        "when": "repeated", "when_words": "Tiga kali dalam dua bulan, hari les",
        "place": "short_course", "person": Of("kania"), "chronology": "Seperti ditulis "
        "ibunya; anak tidak ditanyai lagi di sini.",
    }),
    Paper(HOUR, K.RISK_CHILD, "tanda", {
        "person": Of("kania"), "asked_on": Day(), "sexual": "yes", "within_reach": "yes",
        "repeated": "yes", "silence": "yes", "no_adult": "no", "self_harm": "no",
    }),
    Paper(5 * HOUR, K.LEGAL_STEP, "lapor", {
        "step": "police_report", "stage": "inquiry", "done_on": Day(),
        "institution": "Unit PPA Polres Wanasari", "companion": "Advokat perempuan",
    }),
    Explained(6 * HOUR, official.TPKS_POLICE, Missed.NOT_REACHED),
    Paper(22 * HOUR, K.LEGAL_STEP, "lindung", {
        "step": "tpks_protection", "done_on": Day(), "institution": "Unit PPA",
    }),
    Paper(0.08, K.ASSESSMENT, "asesmen", {
        "person": Of("kania"), "assessed_on": Day(), "present": "Tante", "bio": "strained",
        "bio_words": "Sakit perut pada hari les.", "injured": "no", "psycho": "strained",
        "mood": ("afraid", "sleepless"), "support": ("family",),
    }),
    Goal(0.1, "Aku mau les gambar saja, sama Tante.", Reached.YES, over=0.85),
    Goal(0.1, "Teman-temanku tidak tahu."),
    Agreement(0.12, Agreed.YES),
    Paper(0.12, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("kania"), "made_on": Day(), "may_keep": "yes",
        "calm": "Cari Tante atau Bu RT.", "go": "Rumah Tante", "way": "Diantar, tidak sendiri.",
        "call": "Mama 0899-0000-1188", "children": "Ayah menunggu hasil polisi, tidak "
        "mendatangi.",
    }),
    Service(0.12, "Visum dan pemulihan, tanpa antre umum", S.HEALTH, Function.COMPANION,
            provider="rsud", payer=Payer.LPSK, outcome=Outcome.GIVEN, over=0.7,
            note="Tidak memakai BPJS.", detail=Detail.VISUM),
    Service(0.12, "Terapi bermain", S.REHABILITATION, provider="forum-psikolog", begun=0.5),
    Service(0.12, "Pendampingan hukum sampai putusan", S.LEGAL_AID, provider="lbh-kencana",
            begun=0.45, due=90),
    Shared(0.12, "dindik", Purpose.SCHOOL, "Nama tempat les saja, tanpa nama anak.",
           giver=Giver.SAFE_GUARDIAN, giver_name="Bu Rahma", reason="Ayah belum siap; ibu "
           "yang dipilih anak.", taken_back=0.5),
    Paper(0.3, K.LEGAL_STEP, "visum", {
        "step": "visum_result", "done_on": Day(), "institution": "PPT RSUD Nusa Sehat",
        "note": "Diserahkan rumah sakit kepada polisi; tidak disimpan di sini.",
    }),
    Paper(0.4, K.LEGAL_STEP, "bap", {
        "step": "bap", "stage": "investigation", "done_on": Day(),
        "companion": "Tante dan psikolog", "note": "Satu kali, direkam, di ruang anak.",
    }),
    Paper(0.6, K.LEGAL_STEP, "restitusi", {
        "step": "restitution_asked", "done_on": Day(), "institution": "LPSK",
        "reference": "CONTOH/R/19",
    }),
    Paper(0.72, K.LEGAL_STEP, "lpsk", {
        "step": "lpsk_asks", "done_on": Day(), "note": "Kuitansi transportasi belum ada.",
    }),
    Paper(0.96, K.LEGAL_STEP, "lengkap", {
        "step": "lpsk_complete", "done_on": Day(), "next_on": Day(12),
        "next_what": "Sidang pertama, lewat video", "companion": "Tante",
    }),
    Explained(0.97, official.RESTITUTION, Missed.INSTITUTION),
    Task(timedelta(minutes=20), "unit-ppa", "Surat panggilan lewat pendamping, bukan ke rumah",
         5, done=0.7, part=P.LEGAL),
    Task(0.5, MANAGER, "Kumpulkan kuitansi untuk LPSK", 3, done=0.95),
    Task(0.8, DEPUTY, "Pertemuan ibu dan wali kelas", 2),
    Paper(0.65, K.ASSESSMENT, "asesmen", {
        "person": Of("kania"), "assessed_on": Day(), "bio": "good", "psycho": "strained",
        "mood": ("calm", "sleepless"), "support": ("family", "friends"),
        "hopes": "Naik kelas bersama teman sebangku.",
    }),
    FollowUp(0.55, Contacted.WHATSAPP, "Ibu: tidur lebih baik, belum mau lewat blok itu.", 10),
    FollowUp(0.9, Contacted.VISIT, "Menggambar sepanjang kunjungan, tertawa dua kali.", 9),
))  # fmt: skip

PAMAN_MARAH = Dossier("paman-marah", CaseKind.AGAINST_CHILD, (
    Paper(0.0, K.PERSON, "agil", {
        "role": "child", "name": "Agil", "sex": "man", "about_age": "12", "disability": "no",
        "education": "sd", "job": "pupil", "about": "Suka memancing; bicara lebih banyak "
        "sambil berjalan.",
    }),
    Paper(0.0, K.PERSON, "nur", {
        "role": "guardian", "name": "Ibu Nur", "sex": "woman", "about_age": "36",
        "job": "private", "address": "Tangerang, pulang sebulan sekali",
    }),
    Paper(0.0, K.PERSON, "rt", {"role": "witness", "name": "Pak RT", "sex": "man"}),
    Paper(0.0, K.SUSPECT, "sapri", {
        "name": "Sapri", "sex": "man", "about_age": "43", "job": "trade",
    }),
    Paper(0.0, K.RELATION, "hubungan", {
        "person": Of("agil"), "reported": Of("sapri"), "relation": "family",
        "lives_together": "yes", "note": "Paman yang mengasuh.",
    }),
    Paper(HOUR, K.INCIDENT, "kejadian", {
        "forms": ("physical", "exploitation"), "kdrt": "yes", "when": "repeated",
        "when_words": "Bila uang parkir kurang", "place": "household", "person": Of("agil"),
        "chronology": "Sering ditendang; dua malam tidur di pos ronda.",
        "witnesses": "Pak RT dan keluarganya",
    }),
    Paper(HOUR, K.RISK_CHILD, "tanda", {
        "person": Of("agil"), "asked_on": Day(), "afraid_home": "yes", "within_reach": "yes",
        "held": "unknown", "injured_now": "no", "out_of_school": "yes", "repeated": "yes",
    }),
    Paper(0.04, K.ASSESSMENT, "asesmen", {
        "person": Of("agil"), "assessed_on": Day(), "present": "Ibu RT", "bio": "strained",
        "bio_words": "Lelah, kurus; memar lama di betis.", "psycho": "strained",
        "mood": ("afraid",), "social": "urgent", "support": ("community",),
    }),
    Goal(0.05, "Aku mau sekolah lagi dan tidak jaga parkir.", Reached.YES, over=0.8),
    Goal(0.05, "Tinggal sama Ibu kalau Ibu sudah ada kamar."),
    Agreement(0.06, Agreed.YES),
    Paper(0.06, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("agil"), "made_on": Day(), "may_keep": "yes", "go": "Pos RT",
        "calm": "Lari ke arah musala, bukan ke pasar.", "call": "Bu RT 0899-0000-1203",
    }),
    Service(0.06, "Tempat aman sampai ada pengasuh", S.REHABILITATION, Function.SHELTER,
            provider="rumah-aman", outcome=Outcome.GIVEN, over=0.5),
    Service(0.06, "Pengasuhan sementara dan sekolah", S.REHABILITATION, provider="lksa",
            begun=0.2, due=120),
    Service(0.6, "Kembali ke ibu, bertahap", S.REINTEGRATION, due=10),
    Paper(0.07, K.LEGAL_STEP, "lapor", {
        "step": "police_report", "stage": "inquiry", "done_on": Day(),
        "institution": "Unit PPA", "companion": "Pekerja sosial",
    }),
    Paper(0.1, K.LEGAL_STEP, "lindung", {
        "step": "kdrt_protection", "done_on": Day(), "institution": "Unit PPA",
    }),
    Paper(0.105, K.LEGAL_STEP, "mohon", {"step": "order_asked", "done_on": Day()}),
    Paper(0.22, K.LEGAL_STEP, "perintah", {
        "step": "order_given", "done_on": Day(), "note": "Dua hari terlambat: libur panjang.",
    }),
    Explained(0.23, official.KDRT_COURT_ORDER, Missed.INSTITUTION),
    Explained(0.23, official.KDRT_PROTECTION, Missed.INSTITUTION),
    Task(timedelta(minutes=20), "lksa", "Daftarkan ke sekolah terdekat", 10, done=0.4),
    Task(timedelta(minutes=30), "lksa", "Kirim rapor semester", 20),
    Task(0.7, MANAGER, "Lihat kamar yang disewa ibu di Tangerang", 6),
    Shared(0.3, "lksa", Purpose.COORDINATION, "Sekolah, makan, dan jadwal ibu menelepon.",
           (P.PLAN,), giver=Giver.GUARDIAN, giver_name="Ibu Nur"),
    Paper(0.6, K.ASSESSMENT, "asesmen", {
        "person": Of("agil"), "assessed_on": Day(), "bio": "good", "psycho": "good",
        "mood": ("calm",), "social": "strained", "support": ("school", "friends", "family"),
        "hopes": "Punya joran sendiri.",
    }),
    Given(0.5, "Baju sekolah dan sepatu dari dinas", S.REHABILITATION),
    FollowUp(0.4, Contacted.VISIT, "Masuk sekolah setiap hari, dua teman.", 20),
    FollowUp(0.92, Contacted.VISIT, "Ibu berkunjung, mereka memancing bersama.", 21),
))  # fmt: skip

KERJA_DI_KAFE = Dossier("kerja-di-kafe", CaseKind.TRAFFICKING, (
    Paper(0.0, K.PERSON, "rere", {
        "role": "child", "name": "Rere", "sex": "woman", "about_age": "16", "disability": "no",
        "education": "smp", "job": "pupil", "marital": "single",
    }),
    Paper(0.0, K.PERSON, "ardi", {
        "role": "safe_guardian", "name": "Ardi", "sex": "man", "about_age": "24",
        "job": "private", "phone": "0899-0000-5520",
    }),
    Paper(0.0, K.SUSPECT, "vivi", {
        "name": "Mami Vivi", "sex": "woman", "job": "trade", "about": "Pemilik kafe.",
    }),
    Paper(0.0, K.SUSPECT, "tasya", {
        "name": "Tasya", "sex": "woman", "about_age": "19", "about": "Yang mengajak; mungkin "
        "sendiri juga ditahan. Ditanya sebagai saksi lebih dulu.",
    }),
    Paper(0.0, K.RELATION, "hubungan-vivi", {
        "person": Of("rere"), "reported": Of("vivi"), "relation": "employer",
        "lives_together": "yes",
    }),
    Paper(0.0, K.RELATION, "hubungan-tasya", {
        "person": Of("rere"), "reported": Of("tasya"), "relation": "friend",
    }),
    Paper(HOUR, K.INCIDENT, "kejadian", {
        "forms": ("exploitation", "trafficking", "sexual"), "tpks": ("trafficking",),
        "trafficking": ("sexual", "slavery"), "when": "repeated", "when_words": "Tiga minggu",
        "place": "work", "person": Of("rere"), "where": "Di luar kota; nama tempat di pesan "
        "kakaknya", "chronology": "Diajak bekerja sebagai kasir; kartu dan ponsel ditahan, "
        "ditagih utang.",
    }),
    Paper(HOUR, K.RISK_CHILD, "tanda", {
        "person": Of("rere"), "asked_on": Day(), "held": "yes", "within_reach": "yes",
        "sexual": "unknown", "self_harm": "unknown", "out_of_school": "yes",
    }),
    Paper(3 * HOUR, K.LEGAL_STEP, "lapor", {
        "step": "police_report", "stage": "inquiry", "done_on": Day(),
        "institution": "Unit PPA, diteruskan ke Polda", "companion": "Kakaknya",
    }),
    Explained(4 * HOUR, official.TPKS_POLICE, Missed.NOT_SAFE),
    Paper(50 * HOUR, K.LEGAL_STEP, "lindung", {
        "step": "tpks_protection", "done_on": Day(), "institution": "Unit PPA",
        "note": "Baru dapat dicatat sesudah ia dijemput dari luar kota.",
    }),
    Explained(51 * HOUR, official.POLICE_PROTECTION, Missed.INSTITUTION),
    Paper(0.15, K.ASSESSMENT, "asesmen", {
        "person": Of("rere"), "assessed_on": Day(), "present": "Petugas rumah aman",
        "bio": "strained", "psycho": "urgent", "mood": ("numb", "sleepless"),
        "social": "urgent", "bio_words": "Diperiksa hari pertama; ada obat lanjutan.",
        "support": ("family",),
    }),
    Goal(0.2, "Saya mau pulang tapi jangan ditanya-tanya tetangga."),
    Goal(0.2, "Ikut ujian paket B.", Reached.PARTLY, "Terdaftar; ujian bulan depan.", 0.9),
    Agreement(0.22, Agreed.YES),
    Paper(0.2, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("rere"), "made_on": Day(), "may_keep": "yes", "calm": "Serahkan ponsel "
        "ke petugas bila nomor itu menelepon.", "go": "Kamar petugas jaga",
        "call": "Mas Ardi 0899-0000-5520", "phone_safe": "Nomor baru, akun lama ditutup "
        "bersama.",
    }),
    Service(0.2, "Tempat aman", S.REHABILITATION, Function.SHELTER, provider="rumah-aman",
            begun=0.25, due=60),
    Service(0.2, "Perlindungan saksi dan hitungan restitusi", S.LAW, outside="LPSK",
            payer=Payer.LPSK, begun=0.6, due=40),
    Service(0.22, "Pulang dan sekolah kesetaraan", S.RETURN, provider="dinsos", begun=0.4),
    Task(timedelta(minutes=20), "dinsos", "Daftar ujian kesetaraan", 10, done=0.7),
    Task(timedelta(minutes=25), "unit-ppa", "Kabar tentang tiga anak lain di tempat itu", 4,
         part=P.LEGAL),
    Task(0.6, MANAGER, "Berkas restitusi: upah tiga minggu", 5),
    Paper(0.5, K.LEGAL_STEP, "bap", {
        "step": "bap", "stage": "investigation", "done_on": Day(), "companion": "Psikolog",
    }),
    Paper(0.8, K.LEGAL_STEP, "restitusi", {
        "step": "restitution_asked", "done_on": Day(), "institution": "LPSK",
        "next_on": Day(20), "next_what": "Telaah LPSK",
    }),
    Paper(0.7, K.ASSESSMENT, "asesmen", {
        "person": Of("rere"), "assessed_on": Day(), "bio": "good", "psycho": "strained",
        "mood": ("sad", "calm"), "support": ("family", "friends"),
        "hopes": "Kerja di salon, dengan gaji.",
    }),
    FollowUp(0.6, Contacted.VISIT, "Mulai makan bersama yang lain.", 10),
    FollowUp(0.93, Contacted.VISIT, "Menelepon ibunya sendiri untuk pertama kali.", 14),
), Authority.SHARED)  # fmt: skip

PENGASUH = Dossier("pengasuh", CaseKind.CHILD_IN_LAW, (
    Paper(0.0, K.PERSON, "anak", {
        "role": "child", "name": "Anak (6)", "sex": "man", "about_age": "6", "disability": "no",
        "education": "tk", "job": "pupil", "communication": "Boneka tangan; hanya pagi.",
    }),
    Paper(0.0, K.PERSON, "heni", {
        "role": "safe_guardian", "name": "Bu Heni", "sex": "woman", "about_age": "29",
        "job": "private",
    }),
    Paper(0.0, K.PERSON, "sepupu", {
        "role": "child_law", "name": "Sepupu (14)", "sex": "man", "about_age": "14",
        "disability": "no", "education": "sd", "job": "pupil", "about": "Sama dirahasiakan "
        "seperti anak yang lebih kecil (UU 11/2012 ps 19).",
    }),
    Paper(0.0, K.SUSPECT, "terlapor", {
        "name": "Sepupu (14)", "sex": "man", "about_age": "14", "job": "pupil",
    }),
    Paper(0.0, K.RELATION, "hubungan", {
        "person": Of("anak"), "reported": Of("terlapor"), "relation": "family",
        "lives_together": "yes",
    }),
    Paper(HOUR, K.INCIDENT, "kejadian", {
        "forms": ("sexual",), "tpks": ("child",), "kdrt": "yes", "when": "about",
        "place": "household", "person": Of("anak"), "happened_on": Day(-2),
        "chronology": "Seperti dicatat unit gawat darurat. Tidak ditanyakan ulang.",
    }),
    Paper(HOUR, K.RISK_CHILD, "tanda", {
        "person": Of("anak"), "asked_on": Day(), "sexual": "yes", "within_reach": "yes",
        "no_adult": "no", "repeated": "unknown",
    }),
    Paper(4 * HOUR, K.LEGAL_STEP, "lapor", {
        "step": "police_report", "stage": "inquiry", "done_on": Day(),
        "institution": "Unit PPA", "companion": "Bu Heni",
    }),
    Explained(5 * HOUR, official.TPKS_POLICE, Missed.INSTITUTION),
    Paper(40 * HOUR, K.LEGAL_STEP, "lindung", {
        "step": "tpks_protection", "done_on": Day(), "note": "Sepupu tinggal di rumah kakek.",
    }),
    Explained(41 * HOUR, official.POLICE_PROTECTION, Missed.NOBODY_FREE),
    Paper(0.1, K.ASSESSMENT, "asesmen", {
        "person": Of("anak"), "assessed_on": Day(), "present": "Ibu", "bio": "strained",
        "psycho": "strained", "mood": ("afraid",), "support": ("family",),
    }),
    Paper(0.12, K.ASSESSMENT, "asesmen-sepupu", {
        "person": Of("sepupu"), "assessed_on": Day(), "present": "Pembimbing kemasyarakatan",
        "psycho": "strained", "mood": ("sad",), "social": "strained",
        "conclusion": "Anak yang juga perlu ditolong; disampaikan ke Bapas.",
    }),
    Goal(0.15, "Dua-duanya tetap sekolah.", Reached.YES, over=0.9),
    Goal(0.15, "Ibu: kakak saya mau bicara lagi dengan saya.", Reached.PARTLY,
         "Bertemu dua kali dengan pendamping.", 0.9),
    Agreement(0.16, Agreed.YES),
    Paper(0.16, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("anak"), "made_on": Day(), "may_keep": "no", "go": "Rumah nenek",
        "children": "Tidak sendirian dengan anak yang lebih besar.",
    }),
    Service(0.16, "Terapi bermain", S.REHABILITATION, provider="forum-psikolog",
            outcome=Outcome.GIVEN, whom=("anak",)),
    Service(0.16, "Penelitian kemasyarakatan dan diversi", S.LAW, provider="bapas",
            outcome=Outcome.GIVEN, over=0.8, whom=("sepupu",)),
    Service(0.18, "Pemeriksaan lanjutan", S.HEALTH, provider="rsud", payer=Payer.CITY,
            outcome=Outcome.GIVEN, over=0.3, note="BPJS tidak menanggung; memakai APBD.",
            detail=Detail.MEDICAL, whom=("anak",)),
    Task(0.3, MANAGER, "Jadwalkan musyawarah diversi dengan Bapas", 7, done=0.4),
    Task(0.3, DEPUTY, "Surat ke dua sekolah, tanpa alasan", 5, done=0.35),
    Paper(0.5, K.LEGAL_STEP, "diversi", {
        "step": "other", "stage": "diversion", "done_on": Day(), "institution": "Bapas",
        "note": "Kesepakatan: pembimbingan enam bulan.",
    }),
    Paper(0.7, K.ASSESSMENT, "asesmen", {
        "person": Of("anak"), "assessed_on": Day(), "bio": "good", "psycho": "good",
        "mood": ("calm",), "support": ("family", "school"),
    }),
    FollowUp(0.5, Contacted.PHONE, "Bermain dengan anak tetangga lagi.", 20),
    FollowUp(0.85, Contacted.VISIT, "Kedua anak bersekolah, tinggal terpisah.", None),
), Authority.SHARED)  # fmt: skip

DOSSIERS = (GURU_LES, PAMAN_MARAH, KERJA_DI_KAFE, PENGASUH)
