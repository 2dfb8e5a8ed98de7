"""What the invented case managers note, in parts that are put together."""

from ruang.cases.states import Closing
from ruang.demo.content.bank import texts
from ruang.demo.content.shape import Subject as S

MET = texts("""
Kontak pertama lewat halaman pesan, suasana tenang.

Bertemu di Ru-Ko, ruang dua, sekitar satu jam; anak bermain di pojok bermain.

Telepon pada jam aman, tersambung pada percobaan kedua.

Bertemu di puskesmas supaya tidak menarik perhatian, ditemani kader.

Kunjungan tanpa seragam bersama satu rekan; pintu dibuka sendiri oleh yang bersangkutan.

Percakapan singkat karena ada orang lain di dekatnya, dilanjutkan sore hari lewat pesan.

Datang ke kantor lebih awal dari janji, membawa kakaknya.

Bertemu di rumah saudara yang ia pilih.
""")

SAID = texts("""
Ia memilih langkah yang pelan dan minta diberi tahu sebelum ada yang dihubungi.

Yang paling ia khawatirkan biaya hidup bulan depan dan sekolah anak.

Ia sudah menyiapkan tas kecil berisi surat dan pakaian, dititipkan di rumah kakak.

Tidur mulai membaik, nafsu makan belum.

Ia bertanya apakah boleh berubah pikiran; dijawab boleh, kapan saja.

Harapannya tetap sama seperti di laporan pertama.

Ia belum ingin bertemu pihak lain selain kami sampai minggu depan.

Keluarga dekat mulai tahu dan sebagian mendukung.
""")
SAID_CHILD = texts("""
Anak memilih menggambar; tidak ditanyai tentang kejadian, cukup kronologi yang sudah ada.

Anak tampak akrab dengan pengasuhnya sekarang dan mau makan bersama.

Anak bertanya kapan boleh bertemu teman-temannya lagi.

Pengasuh menyanggupi mengantar dan menunggu di luar ruangan saat anak bertemu psikolog.

Anak masuk sekolah tiga hari minggu ini, wali kelas memberi kabar lewat kami saja.

Anak menyebut dua orang dewasa yang ia percaya; keduanya akan dihubungi atas izinnya.
""")

NEXT = texts("""
Disepakati bertemu lagi minggu depan pada jam yang sama.

Rencana keselamatan ditulis bersama, tiga langkah, disimpan hanya di sini.

Langkah berikutnya menunggu jawaban mitra; ia sudah tahu.

Pesan untuk telepon: bila orang lain mengangkat, kami menutup sebagai salah sambung.

Risiko dinilai ulang, tetap; alasan dicatat.

Diberi nomor darurat dan cara keluar cepat dari halaman.

Transportasi untuk pertemuan berikutnya disiapkan kantor.

Wakil manajer memegang kontak selama saya bertugas luar.
""")

SUSPECT = texts("""
Terlapor belum mengetahui pengaduan ini. Bekerja siang, biasanya pulang setelah magrib.

Terlapor tidak berada di wilayah ini sejak pekan lalu; keluarga belum memberi tahu ke mana.

Terlapor menyatakan keberatan saat dipanggil; didampingi kuasanya.

Terlapor menghubungi satu kali lewat orang lain dan tidak dijawab; nomornya dicatat.

Belum ada kontak dengan terlapor. Disepakati tidak ada yang mendatangi tanpa pendamping.

Terlapor dikenal baik di lingkungannya, jadi kunjungan dilakukan tanpa menyebut keperluan.

Menurut pelapor, terlapor biasanya di rumah pada akhir pekan; kunjungan diatur hari kerja.
""")
SUSPECT_HOME = texts("""
Terlapor sudah dua kali menanyakan keberadaan penyintas kepada keluarga; keluarga tidak
menjawab.

Terlapor pindah sementara ke rumah orang tuanya sejak pekan lalu.

Menurut keluarga, terlapor menyimpan surat-surat penting milik penyintas.
""")

EVIDENCE = texts("""
Tangkapan layar percakapan diterima dari penyintas, disimpan sebagaimana dikirim.

Foto kondisi barang diterima; tanggal pengambilan sesuai cerita.

Surat keterangan dari sekolah diterima, satu lembar.

Rekaman suara diterima; belum diputar selain oleh manajer kasus, sesuai permintaannya.
""")

PLAN_BY_SUBJECT: dict[S, tuple[str, ...]] = {
    S.HOME: texts("""
        Rencana: tempat tinggal sementara dekat sekolah anak, pemeriksaan kesehatan, dan bantuan
        hukum untuk perlindungan.

        Rencana: memisahkan rekening, menyelamatkan surat penting, bicara dengan keluarga yang
        mendukung, baru kemudian langkah hukum.
        """),
    S.CHILD_HOME: texts("""
        Rencana: pengasuhan sementara oleh keluarga yang dipercaya anak, pendampingan belajar,
        dan pertemuan orang tua tanpa anak.

        Rencana: anak tetap di sekolah yang sama; kunjungan dua kali seminggu sampai keadaan di
        rumah jelas.
        """),
    S.SEXUAL_CHILD: texts("""
        Rencana: satu kali pemeriksaan, satu kronologi, satu psikolog. Laporan ke polisi dalam
        3×24 jam didampingi; anak tidak ditanyai ulang.

        Rencana: keluarga didampingi menghadapi tekanan damai; kepada RT dijelaskan bahwa
        perkara ini tidak dimediasi.
        """),
    S.SEXUAL_ADULT: texts("""
        Rencana: pemeriksaan dulu sesuai permintaannya, konseling, lalu ia memutuskan soal
        laporan sesudah penjelasan advokat.
        """),
    S.DIGITAL: texts("""
        Rencana: simpan percakapan, minta penurunan konten, ganti sandi bersama, pendampingan
        melapor bila ia siap.
        """),
    S.SCHOOL: texts("""
        Rencana: pertemuan dengan sekolah didampingi, perlindungan selama jam sekolah, pemulihan
        untuk semua anak yang terlibat.
        """),
    S.NEGLECT: texts("""
        Rencana: kebutuhan dasar minggu ini, dokumen anak, lalu penelusuran keluarga besar.
        """),
    S.EXPLOITED: texts("""
        Rencana: penjemputan oleh pihak berwenang, tempat aman, pemeriksaan, dan pemulangan.
        """),
    S.DATING: texts("""
        Rencana: berpisah dengan aman, orang dewasa yang dipercaya diberi tahu, konseling, dan
        sekolah atau kuliah tetap berjalan.
        """),
}
PLAN_OTHER = texts("""
Rencana: menghubungkan dengan layanan yang tepat dan memastikan jawabannya sampai; kami tetap
menjadi tempat bertanya.
""")

CLOSING_NOTES: dict[Closing, tuple[str, ...]] = {
    Closing.HELPED: texts("""
        Tujuan rencana tercapai menurut yang bersangkutan. Pertemuan penutup dilakukan, rencana
        keselamatan diulang, cara kembali dijelaskan.

        Layanan selesai seluruhnya. Ia menyatakan merasa aman di tempat tinggal sekarang.
        Disepakati pemantauan satu kali dalam tiga bulan bila ia mau.
        """),
    Closing.HER_WISH: texts("""
        Dihentikan atas keinginannya setelah percakapan yang aman, tanpa orang lain. Pilihan dan
        nomor darurat dijelaskan lagi.
        """),
    Closing.MOVED: texts("""
        Dilanjutkan lembaga lain; berita acara dan kronologi sudah diserahkan sehingga tidak
        perlu bercerita ulang.
        """),
    Closing.NO_CONTACT: texts("""
        Lima kali dihubungi dalam enam minggu dengan cara dan jam aman, belum ada jawaban. Tidak
        ada tanda bahaya menurut kader.
        """),
    Closing.OTHER: texts("""
        Ditutup karena tercatat dua kali; catatan yang satunya dilanjutkan.
        """),
}
