"""Long cases: a wife, an old mother, a woman in a wheelchair, the wife of an official."""

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
    Of,
    Paper,
    Service,
    Shared,
    Task,
)
from ruang.dossier.states import Kind as K
from ruang.kernel.codes import CaseKind
from ruang.plans.states import Agreed, Contacted, Detail, Function, Outcome, Payer, Reached
from ruang.plans.states import Kind as S

HOUR = timedelta(hours=1)

DAPUR = Dossier("dapur", CaseKind.DOMESTIC, (
    Paper(0.0, K.PERSON, "ibu", {
        "role": "beneficiary", "name": "Nurma", "sex": "woman", "about_age": "34",
        "disability": "no", "education": "smp", "job": "housewife", "marital": "married",
        "religion": "Islam", "address": "Unyur, dekat lapangan; tidak didatangi",
        "about": "Menulis hanya pagi hari, setelah anak berangkat sekolah.",
        "simfoni_entered": "yes", "simfoni_number": "CONTOH-0412", "simfoni_on": Day(),
    }),
    Paper(0.0, K.PERSON, "anak", {
        "role": "child", "name": "Anak pertama", "sex": "man", "about_age": "9",
        "disability": "no", "education": "tk", "job": "pupil", "about": "Kelas tiga. Masuk "
        "kamar bila mendengar motor bapaknya.",
    }),
    Paper(0.0, K.SUSPECT, "bapak", {
        "name": "Tarno", "sex": "man", "about_age": "38", "job": "private",
        "marital": "married", "about": "Sopir angkutan barang, pulang tidak tentu.",
    }),
    Paper(0.0, K.RELATION, "hubungan", {
        "person": Of("ibu"), "reported": Of("bapak"), "relation": "spouse",
        "lives_together": "yes",
    }),
    Paper(HOUR, K.INCIDENT, "dapur", {
        "forms": ("physical", "psychic"), "kdrt": "yes", "when": "on", "happened_on": Day(-4),
        "when_words": "Malam; berulang sejak tiga tahun lalu", "place": "household",
        "where": "Dapur rumah sendiri", "person": Of("ibu"), "chronology": "Didorong hingga "
        "jatuh; tangan kiri bengkak. Anak pertama di rumah.", "witnesses": "Anak pertama "
        "mendengar dari kamar.",
    }),
    Paper(HOUR, K.RISK_ADULT, "tanda", {
        "person": Of("ibu"), "asked_on": Day(), "escalation": "yes", "child_danger": "yes",
        "strangled": "no", "weapon": "no", "threat_kill": "unknown", "control": "yes",
        "injured": "yes", "dependent": "yes", "alone": "no",
    }),
    Paper(0.06, K.ASSESSMENT, "asesmen", {
        "person": Of("ibu"), "assessed_on": Day(), "present": "Pendamping perempuan",
        "bio": "strained", "injured": "yes", "pregnant": "no", "bio_words": "Tangan kiri "
        "bengkak, sudah diperiksa. Tidur tiga sampai empat jam.", "psycho": "strained",
        "mood": ("afraid", "sleepless"), "social": "strained", "support": ("family",),
        "dependants": "2", "income": "no",
    }),
    Paper(0.08, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("ibu"), "made_on": Day(), "may_keep": "no", "signs": "Ia pulang dan "
        "tidak menjawab salam.", "calm": "Ajak anak ke warung depan, tunggu di sana sampai "
        "sepi.", "word": "“Beras habis”, diketahui adiknya.",
        "go": "Rumah Bu Tin, gang sebelah", "way": "Jalan kaki lewat belakang, lima menit.",
        "call": "Yani 0899-0000-2710", "pack": "Buku anak, obat, baju dua stel, fotokopi KK",
        "kept_at": "Di rumah adik", "again_on": Day(30),
    }),
    Goal(0.1, "Saya mau dia berhenti, dan anak saya tidak takut suara motor lagi."),
    Goal(0.1, "Saya punya uang sendiri, walau sedikit."),
    Agreement(0.12, Agreed.PARTLY, "Setuju semua, kecuali rumah aman: ingin tetap dekat "
              "sekolah."),
    Service(0.12, "Menghitung pilihan hukum tanpa harus berpisah dulu", S.LEGAL_AID,
            Function.COMPANION, provider="lbh-kencana", begun=0.2, whom=("ibu",)),
    Service(0.12, "Teman bicara untuk ibu dan anak pertama", S.REHABILITATION,
            provider="forum-psikolog", begun=0.25, whom=("ibu", "anak")),
    Service(0.12, "Pemeriksaan tangan", S.HEALTH, Function.COMPANION, provider="rsud",
            outcome=Outcome.GIVEN, over=0.5, note="Biaya ditanggung APBD; BPJS tidak "
            "menanggung korban tindak pidana.", detail=Detail.MEDICAL, whom=("ibu",)),
    Service(0.13, "Tinggal sementara di tempat aman", S.REHABILITATION, Function.SHELTER,
            outcome=Outcome.NOT_WANTED, over=0.16, note="Memilih tinggal di rumah adiknya.",
            whom=("ibu", "anak")),
    Shared(0.12, "dinsos", Purpose.STATISTICS, "Hanya kode, tanpa nama, untuk SIMFONI-PPA."),
    Paper(0.2, K.LEGAL_STEP, "lapor", {
        "step": "police_report", "stage": "inquiry", "done_on": Day(),
        "institution": "Unit PPA Polres Wanasari", "reference": "CONTOH/112",
        "companion": "Advokat LBH Kencana",
    }),
    Paper(0.3, K.LEGAL_STEP, "lindung", {
        "step": "kdrt_protection", "done_on": Day(), "institution": "Unit PPA",
        "next_on": Day(1), "next_what": "Permohonan ke pengadilan",
    }),
    Paper(0.31, K.LEGAL_STEP, "mohon", {
        "step": "order_asked", "done_on": Day(), "institution": "Pengadilan Negeri contoh",
    }),
    Paper(0.38, K.LEGAL_STEP, "perintah", {
        "step": "order_given", "done_on": Day(), "reference": "CONTOH/Pdt/31",
        "note": "Berlaku satu tahun; salinan disimpan di rumah adik.",
    }),
    Explained(0.4, official.KDRT_COURT_ORDER, Missed.INSTITUTION),
    Explained(0.4, official.KDRT_PROTECTION, Missed.INSTITUTION),
    Task(timedelta(minutes=20), "lbh-kencana", "Siapkan draf surat kuasa", 7, done=0.6),
    Task(timedelta(minutes=30), "forum-psikolog", "Catatan pertemuan kedua dengan anak", 10),
    Task(0.3, DEPUTY, "Antar salinan penetapan ke RT lewat adiknya", 3, done=0.35),
    Task(0.7, MANAGER, "Tanya modal usaha di koperasi", 5),
    Paper(0.6, K.ASSESSMENT, "asesmen", {
        "person": Of("ibu"), "assessed_on": Day(), "bio": "good", "injured": "no",
        "bio_words": "Tangan pulih. Tidur enam jam.", "psycho": "strained",
        "mood": ("sleepless",), "support": ("family", "friends"), "social": "good",
        "hopes": "Anak tidur tanpa lampu. Saya jualan lagi.", "conclusion": "Membaik sejak "
        "tinggal di rumah adik; dampingi sampai ada penghasilan.",
    }),
    Given(0.65, "Pendampingan saat mengambil salinan penetapan", S.LAW, Function.COMPANION,
          whom=("ibu",)),
    FollowUp(0.5, Contacted.PAGE, "Aman di rumah adik, penetapan dipatuhi.", 14),
    FollowUp(0.9, Contacted.OFFICE, "Datang bersama anak. Mulai menerima pesanan kue.", 21),
))  # fmt: skip

IBU_SEPUH = Dossier("ibu-sepuh", CaseKind.DOMESTIC, (
    Paper(0.0, K.PERSON, "ibu", {
        "role": "beneficiary", "name": "Hj. Yeni", "sex": "woman", "about_age": "71",
        "disability": "no", "communication": "Pendengaran berkurang: duduk dekat, pelan.",
        "education": "sd", "job": "none", "marital": "widowed", "religion": "Islam",
        "address": "Sukajaya; bertemu di puskesmas, bukan di rumah",
    }),
    Paper(0.0, K.PERSON, "lilis", {
        "role": "safe_guardian", "name": "Lilis", "sex": "woman", "about_age": "44",
        "job": "private", "marital": "married", "phone": "0899-0000-7110",
    }),
    Paper(0.0, K.SUSPECT, "sobari", {
        "name": "Sobari", "sex": "man", "about_age": "39", "job": "none", "marital": "single",
    }),
    Paper(0.0, K.RELATION, "hubungan", {
        "person": Of("ibu"), "reported": Of("sobari"), "relation": "family",
        "lives_together": "yes", "note": "Anak kandung.",
    }),
    Paper(HOUR, K.INCIDENT, "kejadian", {
        "forms": ("physical", "neglect", "psychic"), "kdrt": "yes", "when": "repeated",
        "when_words": "Sejak suaminya wafat, setahun ini", "place": "household",
        "person": Of("ibu"), "chronology": "Didorong waktu meminta uang obat. Uang pensiun "
        "diambil tiap bulan. Sering ditinggal seharian tanpa makanan lunak.",
        "witnesses": "Lilis; kader posyandu lansia",
    }),
    Paper(HOUR, K.RISK_ADULT, "tanda", {
        "person": Of("ibu"), "asked_on": Day(), "escalation": "yes", "held": "no",
        "weapon": "no", "threat_kill": "no", "fears_death": "no", "injured": "yes",
        "dependent": "yes", "control": "yes", "alone": "unknown",
    }),
    Paper(0.1, K.ASSESSMENT, "asesmen", {
        "person": Of("ibu"), "assessed_on": Day(), "present": "Lilis, di luar ruangan",
        "bio": "urgent", "injured": "no", "psycho": "strained", "mood": ("sad",),
        "bio_words": "Tensi tinggi, obat terputus dua bulan. Berat badan turun.",
    }),
    Goal(0.15, "Ibu mau makan teratur dan minum obat. Itu dulu."),
    Goal(0.15, "Jangan dipenjara. Ibu mau dia kerja, dan pensiun Ibu pegang sendiri."),
    Agreement(0.18, Agreed.PARTLY, "Tidak mau melapor ke polisi sekarang; boleh ditanya lagi."),
    Paper(0.2, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("ibu"), "made_on": Day(), "may_keep": "yes", "calm": "Duduk di teras "
        "depan bila rumah ramai.", "go": "Rumah Bu Kader, dua pintu",
        "way": "Jalan kaki, pegangan pagar.", "call": "Lilis 0899-0000-7110",
        "pack": "Obat, kacamata, kartu pensiun, sandal", "again_on": Day(14),
    }),
    Service(0.18, "Obat tensi dan pemeriksaan berkala", S.HEALTH, Function.OUTREACH,
            provider="puskesmas", begun=0.25, detail=Detail.MEDICAL),
    Service(0.18, "Makan harian dan kunjungan lansia", S.REHABILITATION, provider="dinsos",
            begun=0.5),
    Service(0.2, "Rekening pensiun atas nama sendiri", S.LEGAL_AID, outside="Bank penyalur",
            payer=Payer.OTHER, due=21),
    Task(timedelta(minutes=15), "dinsos", "Kunjungan pertama lewat posyandu lansia", 4),
    Task(0.4, DEPUTY, "Temani Ibu ke bank hari Senin", 6),
    Task(0.3, MANAGER, "Cari pendamping hukum lain: Posbakum menolak", 2, done=0.5),
    Paper(0.7, K.ASSESSMENT, "asesmen", {
        "person": Of("ibu"), "assessed_on": Day(), "bio": "strained",
        "bio_words": "Obat diminum lagi. Tensi turun.", "psycho": "strained",
        "mood": ("sad", "calm"), "support": ("family", "faith", "community"), "income": "yes",
        "spiritual": "good", "spiritual_words": "Pengajian hari Jumat sangat ditunggu.",
        "hopes": "Sobari mau ikut pelatihan kerja.",
    }),
    Paper(0.94, K.LEGAL_STEP, "lindung", {
        "step": "kdrt_protection", "done_on": Day(), "institution": "Unit PPA",
        "note": "Setelah pintu kamar didobrak; Ibu sendiri yang meminta.", "next_on": Day(7),
        "next_what": "Perlindungan sementara berakhir",
    }),
    Paper(0.98, K.LEGAL_STEP, "mohon", {
        "step": "order_asked", "done_on": Day(), "institution": "Pengadilan Negeri contoh",
    }),
    Explained(1.0, official.KDRT_COURT_ORDER, Missed.INSTITUTION),
    Given(0.6, "Diantar kontrol ke puskesmas", S.HEALTH, Function.COMPANION),
    FollowUp(0.9, Contacted.TRUSTED, "Lewat Lilis: Ibu menginap di rumah kader.", 9),
))  # fmt: skip

KAKI_PALSU = Dossier("kaki-palsu", CaseKind.DOMESTIC, (
    Paper(0.0, K.PERSON, "wiwin", {
        "role": "beneficiary", "name": "Wiwin", "sex": "woman", "about_age": "29",
        "disability": "yes", "communication": "Pengguna kursi roda. Bertemu di tempat tanpa "
        "tangga, meja rendah; beri waktu berpindah.", "education": "sma", "job": "none",
        "marital": "single", "address": "Drangong; hanya lewat puskesmas, hari Kamis",
    }),
    Paper(0.0, K.SUSPECT, "kasmudi", {
        "name": "Kasmudi", "sex": "man", "about_age": "41", "job": "trade",
        "marital": "married",
    }),
    Paper(0.0, K.RELATION, "hubungan", {
        "person": Of("wiwin"), "reported": Of("kasmudi"), "relation": "family",
        "lives_together": "yes", "note": "Kakak ipar.",
    }),
    Paper(0.02, K.INCIDENT, "kejadian", {
        "forms": ("neglect", "psychic", "exploitation"), "kdrt": "yes", "when": "repeated",
        "when_words": "Sejak ibunya meninggal, enam bulan", "place": "household",
        "person": Of("wiwin"), "chronology": "Kursi roda disembunyikan bila menolak "
        "menyerahkan uang bantuan. Dua kali ditinggal di kamar sampai sore.",
    }),
    Paper(0.02, K.RISK_ADULT, "tanda", {
        "person": Of("wiwin"), "asked_on": Day(), "held": "yes", "control": "yes",
        "dependent": "yes", "weapon": "no", "threat_kill": "no", "alone": "unknown",
    }),
    Paper(0.15, K.ASSESSMENT, "asesmen", {
        "person": Of("wiwin"), "assessed_on": Day(), "present": "Himpunan Sahabat Difabel",
        "bio": "strained", "psycho": "strained", "mood": ("angry", "sleepless"),
    }),
    Goal(0.2, "Kursi roda saya tidak boleh dipegang orang lain."),
    Goal(0.2, "Uang bantuan masuk ke rekening saya sendiri."),
    Agreement(0.22, Agreed.YES),
    Paper(0.25, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("wiwin"), "made_on": Day(), "may_keep": "yes", "calm": "Kunci rem, "
        "simpan ponsel di tas kursi.", "go": "Sanggar himpunan", "way": "Becak motor Pak Ali, "
        "sudah dibayar di muka.", "call": "Sekar 0899-0000-3377", "pack": "Pengisi daya, "
        "kateter, kartu bantuan", "again_on": Day(10),
    }),
    Service(0.22, "Tempat tinggal yang dapat dilalui kursi roda", S.REHABILITATION,
            Function.SHELTER, outcome=Outcome.NOT_TO_BE_HAD, over=0.6, note="Rumah aman belum "
            "punya kamar tanpa tangga; dicatat untuk kota."),
    Service(0.22, "Kursi roda pengganti dan pendamping sebaya", S.REHABILITATION,
            provider="sahabat-difabel", begun=0.55, payer=Payer.OTHER),
    Shared(0.3, "sahabat-difabel", Purpose.COORDINATION, "Himpunan dan puskesmas saling "
           "memberi kabar tentang jadwal hari Kamis.", (P.PLAN,), ConsentWay.WRITTEN),
    Task(timedelta(minutes=12), "sahabat-difabel", "Ukur kursi roda di puskesmas", 2),
    Task(0.3, MANAGER, "Surat ke dinas: kamar tanpa tangga", 1),
    Paper(0.5, K.LEGAL_STEP, "lapor", {
        "step": "police_report", "done_on": Day(), "institution": "Unit PPA",
        "note": "Pemeriksaan diminta di lantai dasar, dengan pendamping pilihannya.",
    }),
    Paper(0.55, K.LEGAL_STEP, "lindung", {
        "step": "kdrt_protection", "done_on": Day(), "next_on": Day(7),
        "next_what": "Perlindungan sementara berakhir",
    }),
    Paper(0.6, K.LEGAL_STEP, "mohon", {"step": "order_asked", "done_on": Day()}),
    Explained(0.65, official.KDRT_COURT_ORDER, Missed.INSTITUTION),
    Paper(0.8, K.ASSESSMENT, "asesmen", {
        "person": Of("wiwin"), "assessed_on": Day(), "bio": "good", "psycho": "good",
        "mood": ("calm",), "support": ("friends", "community"), "income": "yes",
        "needs": "Pintu kamar dapat dikunci dari dalam.",
    }),
    FollowUp(0.9, Contacted.VISIT, "Bertemu di puskesmas. Kursi roda di tangannya sendiri.", 7),
))  # fmt: skip

BENDAHARA = Dossier("bendahara", CaseKind.DOMESTIC, (
    Paper(0.0, K.PERSON, "meta", {
        "role": "beneficiary", "name": "Meta", "sex": "woman", "about_age": "37",
        "disability": "no", "education": "s", "job": "private", "marital": "married",
        "address": "Tidak dicatat atas permintaannya", "about": "Jangan ada surat berkop. "
        "Nomor kantor kita disimpan sebagai “Katering”.",
    }),
    Paper(0.0, K.SUSPECT, "suganda", {
        "name": "Ir. Suganda", "sex": "man", "about_age": "45", "job": "state",
        "marital": "married", "about": "Pegawai kantor yang biasanya menerima laporan. Karena "
        "itu ditangani meja pengganti; kantor itu tidak melihat kasus ini.",
    }),
    Paper(0.0, K.RELATION, "hubungan", {
        "person": Of("meta"), "reported": Of("suganda"), "relation": "spouse",
        "lives_together": "no", "note": "Ia di rumah kakaknya sejak kasus dibuka.",
    }),
    Paper(HOUR, K.INCIDENT, "kejadian", {
        "forms": ("physical", "psychic"), "kdrt": "yes", "when": "repeated",
        "when_words": "Tiga tahun terakhir", "place": "household", "person": Of("meta"),
        "chronology": "Gaji dipegang suami. Ditampar ketika menanyakan pinjaman atas namanya.",
    }),
    Paper(HOUR, K.RISK_ADULT, "tanda", {
        "person": Of("meta"), "asked_on": Day(), "separating": "yes", "control": "yes",
        "stalking": "unknown", "weapon": "no", "strangled": "no", "injured": "no",
    }),
    Paper(0.08, K.ASSESSMENT, "asesmen", {
        "person": Of("meta"), "assessed_on": Day(), "bio": "good", "psycho": "strained",
        "mood": ("afraid", "sleepless"), "income": "yes", "social": "strained",
    }),
    Goal(0.1, "Nama saya bersih dari pinjaman yang bukan saya pakai."),
    Goal(0.1, "Tidak ada orang kantornya yang tahu.", Reached.YES, over=0.8),
    Agreement(0.12, Agreed.YES),
    Paper(0.12, K.SAFETY_PLAN, "rencana-aman", {
        "person": Of("meta"), "made_on": Day(), "may_keep": "yes", "calm": "Pulang lewat "
        "pintu parkir atas.", "go": "Rumah kakak", "way": "Ojek daring dari halte, bukan dari "
        "lobi.", "call": "Kak Ira 0899-0000-6612", "pack": "Buku rekening, ijazah, obat, "
        "kartu keluarga", "phone_safe": "Sandi email dan perbankan diganti bersama.",
    }),
    Service(0.12, "Sanggahan pinjaman dan pilihan hukum", S.LEGAL_AID, Function.COMPANION,
            provider="klinik-hukum", begun=0.2),
    Service(0.12, "Konseling delapan pertemuan", S.REHABILITATION, provider="psikologi-kampus",
            outcome=Outcome.GIVEN, over=0.75),
    Task(timedelta(minutes=10), "klinik-hukum", "Surat sanggahan ke pemberi pinjaman", 9,
         done=0.6),
    Task(0.5, DEPUTY, "Pastikan tidak ada email dinas di tembusan", 3),
    Paper(0.6, K.ASSESSMENT, "asesmen", {
        "person": Of("meta"), "assessed_on": Day(), "psycho": "good", "mood": ("calm",),
        "support": ("family", "friends"), "social": "good", "hopes": "Tinggal sendiri, dan "
        "tidur tanpa menunggu suara pintu.",
    }),
    Paper(0.55, K.LEGAL_STEP, "lapor", {
        "step": "police_report", "stage": "inquiry", "done_on": Day(),
        "institution": "Unit PPA Polres Wanasari",
    }),
    Paper(0.6, K.LEGAL_STEP, "lindung-awal", {
        "step": "kdrt_protection", "done_on": Day(), "note": "Setelah didatangi di parkiran.",
    }),
    Paper(0.9, K.LEGAL_STEP, "penetapan", {
        "step": "order_given", "done_on": Day(), "reference": "CONTOH/Pdt/44",
        "next_on": Day(30), "next_what": "Sidang pertama", "companion": "Klinik hukum",
    }),
    Explained(0.92, official.KDRT_COURT_ORDER, Missed.INSTITUTION),
    FollowUp(0.7, Contacted.PHONE, "Jam istirahat, sesuai pesan. Tidur lebih baik.", 14),
    FollowUp(0.95, Contacted.PAGE, "Membaca penetapan bersama. Merasa lega.", 14),
))  # fmt: skip

DOSSIERS = (DAPUR, IBU_SEPUH, KAKI_PALSU, BENDAHARA)
