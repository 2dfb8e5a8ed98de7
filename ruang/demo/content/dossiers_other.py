"""Long cases: pictures sent around, a superior at work, a custody matter in mediation."""

from datetime import timedelta

from ruang.cases.states import Compartment as P
from ruang.clocks import official
from ruang.clocks.states import Missed
from ruang.consents.states import ConsentWay, Purpose
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
    Mediated,
    Of,
    Paper,
    Service,
    Shared,
    Task,
)
from ruang.dossier.states import Kind as K
from ruang.kernel.codes import CaseKind
from ruang.plans.states import (
    Agreed,
    Assessor,
    Contacted,
    Detail,
    Function,
    MediationStep,
    Outcome,
    Payer,
    Reached,
)
from ruang.plans.states import Kind as S

HOUR = timedelta(hours=1)

SEBAR_FOTO = Dossier("sebar-foto", CaseKind.SEXUAL, (
    Paper(0.0, K.PERSON, "vania", {
        "role": "beneficiary", "name": "Vania", "sex": "woman", "about_age": "19",
        "disability": "no", "education": "sma", "job": "pupil", "marital": "single",
        "about": "Orang tua tidak tahu. Kabar hanya lewat halaman kode.",
    }),
    Paper(0.0, K.PERSON, "sepupu", {
        "role": "witness", "name": "Sepupu", "sex": "woman", "about_age": "21",
    }),
    Paper(0.0, K.SUSPECT, "aldo", {
        "name": "Aldo", "sex": "man", "about_age": "22", "job": "private",
    }),
    Paper(0.0, K.RELATION, "hubungan", {
        "person": Of("vania"), "reported": Of("aldo"), "relation": "friend",
        "lives_together": "no", "note": "Mantan pacar.",
    }),
    Paper(HOUR, K.INCIDENT, "kejadian", {
        "forms": ("sexual", "psychic"), "tpks": ("electronic",), "kdrt": "no", "when": "about",
        "happened_on": Day(-5), "place": "other", "online": "yes", "person": Of("vania"),
        "chronology": "Diancam foto pribadinya disebar bila tidak mau kembali; satu foto "
        "sempat dikirim ke sepupunya.", "witnesses": "Sepupu",
    }),
    Paper(HOUR, K.RISK_ADULT, "tanda", {
        "person": Of("vania"), "asked_on": Day(), "images": "yes", "stalking": "yes",
        "self_harm": "no", "separating": "yes", "weapon": "no", "fears_death": "no",
    }),
    Paper(0.1, K.ASSESSMENT, "asesmen", {
        "person": Of("vania"), "assessed_on": Day(), "bio": "good", "psycho": "strained",
        "mood": ("afraid", "sleepless"), "support": ("friends",),
    }),
    Goal(0.15, "Fotonya hilang dari mana pun."),
    Goal(0.15, "Saya pegang akun saya lagi.", Reached.YES, over=0.6),
    Agreement(0.16, Agreed.PARTLY, "Polisi nanti, setelah ujian. Ia sendiri yang menentukan."),
    Explained(0.5, official.TPKS_POLICE, Missed.HER_WISH),
    Paper(0.16, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("vania"), "made_on": Day(), "may_keep": "yes", "calm": "Jangan balas, "
        "simpan layar, tulis di halaman ini.", "go": "Kos sepupu",
        "call": "Kak Dini 0899-0000-1919", "phone_safe": "Sandi dan pemulihan akun diganti.",
    }),
    Service(0.16, "Menurunkan foto dan menjaga salinan percakapan", S.LEGAL_AID,
            Function.COMPANION, provider="klinik-hukum", begun=0.4),
    Service(0.16, "Konseling", S.REHABILITATION, provider="psikologi-kampus", begun=0.5),
    Shared(0.2, "klinik-hukum", Purpose.COORDINATION, "Klinik dan konselor saling memberi "
           "kabar tentang jadwal ujian.", (P.PLAN,), ConsentWay.THREAD),
    Task(timedelta(minutes=12), "klinik-hukum", "Permintaan turunkan konten ke tiga layanan", 3,
         done=0.7),
    Task(0.5, MANAGER, "Hubungi lagi Unit PPA: permintaan dikembalikan", 2),
    Paper(0.7, K.ASSESSMENT, "asesmen", {
        "person": Of("vania"), "assessed_on": Day(), "psycho": "good", "mood": ("calm",),
        "support": ("friends", "family"), "hopes": "Lulus semester ini.",
    }),
    FollowUp(0.6, Contacted.PAGE, "Tidak ada kiriman baru sepekan.", 7),
    FollowUp(0.92, Contacted.PAGE, "Mulai membuka ponsel tanpa gemetar.", 10),
))  # fmt: skip

ATASAN = Dossier("atasan", CaseKind.SEXUAL, (
    Paper(0.0, K.PERSON, "intan", {
        "role": "beneficiary", "name": "Intan R.", "sex": "woman", "about_age": "24",
        "disability": "no", "education": "sma", "job": "private", "marital": "single",
    }),
    Paper(0.0, K.PERSON, "fani", {"role": "witness", "name": "Fani", "sex": "woman"}),
    Paper(0.0, K.SUSPECT, "kepala", {
        "name": "Pak L.", "sex": "man", "about_age": "46", "job": "private",
    }),
    Paper(0.0, K.RELATION, "hubungan", {
        "person": Of("intan"), "reported": Of("kepala"), "relation": "employer",
    }),
    Paper(HOUR, K.INCIDENT, "kejadian", {
        "forms": ("sexual",), "tpks": ("physical",), "kdrt": "no", "when": "repeated",
        "place": "work", "where": "Gudang toko", "person": Of("intan"),
        "chronology": "Disentuh berulang; terakhir pintu gudang dikunci sampai ada yang "
        "mengetuk.", "witnesses": "Fani; rekaman CCTV lorong",
    }),
    Paper(2 * HOUR, K.RISK_ADULT, "tanda", {
        "person": Of("intan"), "asked_on": Day(), "weapon": "no", "fears_death": "no",
        "self_harm": "no", "stalking": "no", "images": "no",
    }),
    Paper(0.05, K.ASSESSMENT, "asesmen", {
        "person": Of("intan"), "assessed_on": Day(), "bio": "good", "psycho": "strained",
        "mood": ("afraid", "angry"), "income": "yes", "dependants": "1",
    }),
    Goal(0.06, "Saya tetap bekerja dan tidak ke gudang sendirian.", Reached.YES, over=0.7),
    Goal(0.06, "Dia tidak bisa begitu ke pegawai lain."),
    Agreement(0.07, Agreed.YES),
    Paper(0.07, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("intan"), "made_on": Day(), "may_keep": "yes",
        "calm": "Ambil barang berdua.", "go": "Pos satpam", "call": "Fani 0899-0000-4410",
    }),
    Paper(timedelta(days=5), K.LEGAL_STEP, "lapor", {
        "step": "police_report", "stage": "inquiry", "done_on": Day(),
        "institution": "Unit PPA", "note": "Ia minta waktu lima hari untuk memutuskan.",
    }),
    Explained(timedelta(days=5, hours=1), official.TPKS_POLICE, Missed.HER_WISH),
    Paper(timedelta(days=5, hours=18), K.LEGAL_STEP, "lindung", {
        "step": "tpks_protection", "done_on": Day(), "note": "Dipindah jaga bersama satpam.",
    }),
    Service(0.07, "Pendampingan hukum dan hubungan kerja", S.LEGAL_AID, Function.COMPANION,
            provider="lbh-kencana", begun=0.2, due=60),
    Service(0.07, "Konseling", S.REHABILITATION, provider="psikologi-kampus",
            outcome=Outcome.GIVEN, over=0.5),
    Service(0.08, "Visum psikiatrikum", S.HEALTH, provider="rsud", payer=Payer.LPSK,
            outcome=Outcome.GIVEN, over=0.3, note="BPJS tidak membayar; LPSK menyetujui.",
            detail=Detail.VISUM),
    Task(timedelta(minutes=25), "lbh-kencana", "Minta salinan rekaman lorong", 5, done=0.2),
    Task(timedelta(minutes=35), "lbh-kencana", "Surat ke pengawas ketenagakerjaan", 15),
    Task(0.75, MANAGER, "Tanya kabar perpanjangan kontrak", 4),
    Shared(0.3, "lbh-kencana", Purpose.STATISTICS, "Hanya kode untuk SIMFONI-PPA."),
    Paper(0.3, K.LEGAL_STEP, "bap", {
        "step": "bap", "stage": "investigation", "done_on": Day(), "companion": "LBH Kencana",
    }),
    Paper(0.6, K.LEGAL_STEP, "jaksa", {
        "step": "to_prosecutor", "stage": "pre_prosecution", "done_on": Day(),
    }),
    Paper(0.85, K.LEGAL_STEP, "restitusi", {
        "step": "restitution_asked", "done_on": Day(), "next_on": Day(18),
        "next_what": "Sidang pertama", "companion": "Fani dan advokat",
    }),
    Paper(0.65, K.ASSESSMENT, "asesmen", {
        "person": Of("intan"), "assessed_on": Day(), "psycho": "good", "mood": ("calm",),
        "support": ("friends", "family"), "hopes": "Adik lulus sekolah.",
    }),
    Given(0.6, "Menemani saat pelimpahan ke kejaksaan", S.LAW, Function.COMPANION),
    FollowUp(0.6, Contacted.WHATSAPP, "Pukul 20.15, sendirian. Tidur cukup.", 21),
    FollowUp(0.93, Contacted.WHATSAPP, "Cemas menjelang sidang; bertemu Fani.", 12),
))  # fmt: skip

REBUTAN_ANAK = Dossier("rebutan-anak", CaseKind.CIVIL, (
    Paper(0.0, K.PERSON, "septi", {
        "role": "beneficiary", "name": "Septi", "sex": "woman", "about_age": "30",
        "disability": "no", "education": "s", "job": "private", "marital": "widowed",
    }),
    Paper(0.0, K.PERSON, "naya", {
        "role": "child", "name": "Naya", "sex": "woman", "about_age": "4",
    }),
    Paper(0.05, K.ASSESSMENT, "asesmen", {
        "person": Of("septi"), "assessed_on": Day(), "psycho": "strained", "mood": ("sad",),
        "support": ("family",), "hopes": "Naya tidak melihat kami bertengkar.",
    }),
    Goal(0.1, "Naya pulang tanpa keributan."),
    Agreement(0.12, Agreed.YES),
    Mediated(0.2, MediationStep.ASSESS, "Tidak ada kekerasan dalam riwayat; ia memutuskan "
             "sendiri, tidak takut kepada mantan suaminya.", Assessor.PSYCHOLOGIST),
    Mediated(0.3, MediationStep.ASSESS, "Dua kali bertemu tanpa keluarga; keinginannya sama.",
             Assessor.COMPANION),
    Mediated(0.4, MediationStep.REQUEST, "Septi meminta pertemuan dengan penengah, tertulis."),
    Mediated(0.6, MediationStep.MEET, "Sesi pertama, dua ruang. Jadwal panggilan video tiap "
             "hari disepakati; Naya tetap di rumah neneknya sampai sesi kedua."),
    Mediated(0.85, MediationStep.MEET, "Sesi kedua. Rohman setuju mengantar pulang hari "
             "Minggu; rancangan kesepakatan dibaca advokat."),
    Service(0.12, "Membaca putusan hak asuh bersama", S.LEGAL_AID, Function.MEDIATION,
            provider="posbakum", begun=0.65, whom=("septi",)),
    Task(timedelta(minutes=15), "posbakum", "Periksa rancangan kesepakatan", 8),
    Task(0.7, DEPUTY, "Ruang untuk sesi ketiga", 4),
    FollowUp(0.9, Contacted.WHATSAPP, "Panggilan video berjalan setiap sore.", 10),
))  # fmt: skip

DOSSIERS = (SEBAR_FOTO, ATASAN, REBUTAN_ANAK)
