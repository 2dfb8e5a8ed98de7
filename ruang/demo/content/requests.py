"""What the invented managers ask of partners, and what comes back."""

from dataclasses import dataclass

from ruang.cases.states import Compartment as P
from ruang.demo.content.bank import texts
from ruang.referrals.states import Decline, Need


@dataclass(frozen=True, slots=True)
class Words:
    """The texts and the parts of a case that go with one kind of help."""

    asks: tuple[str, ...]
    notes: tuple[str, ...]
    results: tuple[str, ...]
    shared: tuple[P, ...]
    writes_in: P


BY_NEED: dict[Need, Words] = {
    Need.HEALTH: Words(
        asks=texts("""
            Pemeriksaan dan perawatan, satu kali kunjungan, didampingi petugas kami. Mohon masuk
            lewat pintu samping dan tanpa antre bersama umum.

            Pemeriksaan kesehatan menyeluruh dan keterangan tertulis. Kronologi bersama
            tersedia, mohon tidak menanyakan ulang kejadian.
            """),
        notes=texts("""
            Pemeriksaan selesai, tanpa kesulitan. Obat untuk lima hari diberikan. Kontrol satu
            minggu lagi.

            Diperiksa dokter perempuan sesuai permintaan, pendamping menunggu di dalam ruangan.

            Hasil laboratorium dalam batas normal; surat keterangan siap diambil petugas.
            """),
        results=texts("""
            Pemeriksaan dan satu kali kontrol sudah dilakukan, kondisi membaik. Biaya ditanggung
            anggaran daerah.

            Layanan selesai. Surat keterangan diserahkan lewat petugas pendamping.
            """),
        shared=(P.IDENTITY, P.HEALTH),
        writes_in=P.HEALTH,
    ),
    Need.LEGAL: Words(
        asks=texts("""
            Pendampingan hukum: penjelasan pilihan, penyusunan surat, dan hadir bila ada
            pemeriksaan. Pertemuan pertama pekan ini di Ru-Ko.

            Advokat perempuan bila ada. Mohon penjelasan tentang perlindungan sementara dan
            biaya yang tidak akan timbul baginya.

            Konsultasi satu sampai dua kali dan surat yang diperlukan. Belum ada perkara
            berjalan.
            """),
        notes=texts("""
            Pertemuan pertama: pilihan dijelaskan, ia membawa pulang catatan untuk dipikirkan.

            Surat kuasa ditandatangani di Ru-Ko. Berkas lengkap kecuali satu, menyusul.

            Mendampingi pemeriksaan di kantor polisi, dua jam, jeda tiga kali.

            Permohonan sudah didaftarkan; sidang pertama bulan depan, ia boleh tidak hadir.
            """),
        results=texts("""
            Surat dan permohonan selesai, putusan diterima. Salinan ada padanya.

            Konsultasi selesai; ia memilih tidak melanjutkan ke pengadilan dan memahami
            akibatnya.
            """),
        shared=(P.IDENTITY, P.NARRATIVE, P.LEGAL),
        writes_in=P.LEGAL,
    ),
    Need.POLICE: Words(
        asks=texts("""
            Penerimaan laporan dengan petugas perempuan, didampingi kami dan advokat. Kronologi
            tertulis dilampirkan supaya tidak berulang.

            Langkah perlindungan dan penerimaan laporan. Mohon kabar nomor laporan lewat manajer
            kasus, bukan ke rumah.
            """),
        notes=texts("""
            Laporan diterima, nomor disampaikan kepada manajer kasus. Pemeriksaan saksi pekan
            depan.

            Permintaan pemeriksaan rumah sakit sudah dikirim.

            Pemeriksaan dilakukan di ruang ramah anak, satu kali, direkam sesuai aturan.

            Terlapor sudah dipanggil; perkembangan disampaikan lewat surat.
            """),
        results=texts("""
            Berkas dinyatakan lengkap dan diserahkan ke kejaksaan.

            Laporan diterima dan ditangani; koordinasi selanjutnya lewat advokat.
            """),
        shared=(P.IDENTITY, P.NARRATIVE, P.LEGAL, P.EVIDENCE, P.SUSPECT),
        writes_in=P.LEGAL,
    ),
    Need.PSYCHOLOGY: Words(
        asks=texts("""
            Pendampingan psikologis, enam pertemuan, psikolog perempuan bila ada. Ia lebih
            nyaman bertemu di Ru-Ko.

            Pemeriksaan awal dan rencana pemulihan. Mohon tidak menggali kejadian, kronologi
            sudah ada.

            Pendampingan untuk anak dan pengasuhnya, terpisah.
            """),
        notes=texts("""
            Pertemuan pertama, perkenalan dan aturan bersama. Ia memilih warna lampu yang redup.

            Pertemuan kedua: tidur membaik, teknik napas dipraktikkan bersama.

            Pertemuan keempat: mulai membicarakan rencana sendiri. Tidak ada tanda bahaya.

            Dengan anak: bermain pasir dan menggambar; pengasuh diberi lembar kegiatan di rumah.
            """),
        results=texts("""
            Enam pertemuan selesai, tujuan yang ia tulis sendiri tercapai. Boleh kembali.

            Lima pertemuan; dilanjutkan kelompok dukungan dua minggu sekali.
            """),
        shared=(P.IDENTITY, P.NARRATIVE, P.PLAN),
        writes_in=P.PLAN,
    ),
    Need.SHELTER: Words(
        asks=texts("""
            Tempat aman sementara, satu kamar, mulai malam ini. Membawa satu anak, membutuhkan
            susu dan seragam sekolah.

            Tempat aman sementara tujuh malam, bisa diperpanjang. Penjemputan kami atur.
            """),
        notes=texts("""
            Masuk malam hari, tenang. Kebutuhan hari pertama dipenuhi.

            Hari keempat: ikut memasak, anak diantar sekolah oleh petugas.
            """),
        results=texts("""
            Tinggal enam malam, pulang ke rumah kakak yang sudah disiapkan. Berita acara ada.

            Tinggal sebelas malam dengan satu perpanjangan; pindah ke tempat tinggal baru.
            """),
        shared=(P.IDENTITY, P.PLAN),
        writes_in=P.PLAN,
    ),
    Need.SOCIAL: Words(
        asks=texts("""
            Kunjungan sosial dan kebutuhan dasar satu bulan. Mohon datang tanpa seragam.

            Pengasuhan dan pemulihan bagi anak selama keluarga disiapkan.
            """),
        notes=texts("""
            Kunjungan pertama, keadaan rumah cukup. Bantuan bahan pokok diserahkan.

            Anak mulai terbiasa, makan tiga kali, ikut belajar sore.
            """),
        results=texts("""
            Bantuan satu bulan selesai; keluarga masuk daftar penerima program.

            Anak kembali ke keluarga besar dengan pemantauan.
            """),
        shared=(P.IDENTITY, P.PLAN),
        writes_in=P.PLAN,
    ),
    Need.SCHOOL: Words(
        asks=texts("""
            Perlindungan di sekolah: satu guru yang dipercaya, izin tanpa tanda alpa, dan tempat
            tenang saat istirahat. Nama tidak disebarkan ke guru lain.

            Pertemuan dengan sekolah didampingi kami, tanpa mempertemukan anak-anaknya.
            """),
        notes=texts("""
            Anak masuk lagi sejak Senin, duduk dengan teman pilihannya.

            Pertemuan dengan sekolah menghasilkan tiga kesepakatan tertulis.
            """),
        results=texts("""
            Anak mengikuti ujian susulan dan naik kelas. Sekolah memantau sampai akhir semester.

            Kesepakatan dijalankan, satu bulan tanpa kejadian baru.
            """),
        shared=(P.IDENTITY, P.PLAN),
        writes_in=P.PLAN,
    ),
}
OTHER = Words(
    asks=texts("""
        Bantuan sesuai bidang Anda, satu keperluan saja; rinciannya kami sampaikan setelah Anda
        menerima. Mohon satu orang yang memegang dari awal sampai selesai.

        Pendampingan warga di tingkat kelurahan: kunjungan ringan, tanpa menyebut apa pun kepada
        tetangga.
        """),
    notes=texts("""
        Sudah bertemu, keperluan dipahami. Sebagian bisa diselesaikan minggu ini.

        Kunjungan kedua berjalan baik, keluarga menerima.
        """),
    results=texts("""
        Keperluan selesai dan hasilnya sudah di tangannya.

        Selesai; dua kunjungan susulan dijadwalkan bersama kader.
        """),
    shared=(P.IDENTITY, P.PLAN),
    writes_in=P.PLAN,
)

CONSENT_NOTES = texts("""
Ia menyetujui setelah dijelaskan siapa, untuk apa, dan sampai kapan. Alamat tidak dibagikan.

Disetujui dengan kata-katanya sendiri; boleh ditarik kapan saja dan ia tahu caranya.

Disetujui wali yang aman dan anak mengangguk setelah dijelaskan dengan gambar.
""")
LAW_NOTES = texts("""
Laporan kekerasan seksual terhadap anak diteruskan ke polisi dalam 3×24 jam (UU 12/2022 pasal
41); keluarga sudah diberi tahu lebih dulu.

Kewajiban melapor bagi lembaga penyedia layanan; dijelaskan kepada yang bersangkutan sebelumnya.
""")
PUBLIC_NOTES = texts("""
    Tugas dinas menjaga murid lain di sekolah yang sama; yang dibagikan hanya yang diperlukan
    untuk itu.
    """)
VITAL_NOTES = texts("""
Keselamatannya terancam malam ini; izin diminta sesudahnya dan alasan dicatat di sini.

Keadaan anak tidak memungkinkan menunggu; yang dibagikan hanya yang diperlukan.
""")

DECLINE_NOTES: dict[Decline, tuple[str, ...]] = {
    Decline.NO_CAPACITY: texts("""
        Semua pendamping kami penuh sampai akhir bulan. Mohon maaf; coba mitra lain dulu.

        Kamar sedang penuh. Kami kabari bila ada yang kosong.
        """),
    Decline.NOT_OUR_FIELD: texts("""
        Ini di luar bidang kami, sebaiknya ke lembaga yang menangani anak.
        """),
    Decline.CONFLICT: texts("""
        Lembaga kami pernah mendampingi pihak lain dalam hal ini, jadi tidak tepat.
        """),
    Decline.TOO_FAR: texts("""
        Petugas kami hanya untuk wilayah timur kota.
        """),
}


def words_for(need: Need) -> Words:
    """Return the texts that go with a need."""
    return BY_NEED.get(need, OTHER)
