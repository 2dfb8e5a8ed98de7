"""What the invented desk and the invented reporters write to each other, where a tale brings
no messages of its own. Nothing in it names what happened: somebody may read along."""

from ruang.demo.content.bank import talks, texts
from ruang.triage.states import Outcome

FIRST_TALKS = talks("""
D: Terima kasih sudah menulis. Sebelum mulai: apakah ada orang lain yang bisa melihat layar
   ini?
P: aman, saya sendirian
D: Baik. Anda menentukan seberapa banyak yang ingin diceritakan.

D: Kami sudah membaca cerita Anda. Yang terjadi bukan salah Anda. Apa yang paling Anda butuhkan
   minggu ini?
P: teman bicara dulu, saya belum siap ke mana-mana

D: Terima kasih. Boleh kami tahu jam berapa Anda biasanya bisa membuka halaman ini?
P: pagi setelah antar anak, kira2 jam 8
D: Baik, kami usahakan balasan ada sebelum pukul delapan pagi.
P: makasih ya

D: Halo, saya petugas yang membaca laporan Anda. Apakah malam ini Anda berada di tempat yang
   aman?
P: iya bu di rumah saudara
D: Syukurlah. Besok pagi saya tulis lagi. Kalau ada bahaya, 112 bisa ditelepon kapan saja.

D: Laporan Anda sudah kami baca. Kami menghubungi lewat cara dan jam yang Anda pilih.

D: Terima kasih. Ada petugas perempuan dan laki-laki, Anda boleh memilih.
P: perempuan saja
D: Baik, dicatat. Mulai besok petugas perempuan yang menulis kepada Anda.

D: Kami di sini. Tidak perlu bercerita ulang; yang sudah ditulis cukup untuk memulai.
P: lega bacanya. saya tunggu

D: Terima kasih sudah percaya kepada kami. Ada yang ingin Anda tanyakan sebelum kita mulai?
P: apa ini bayar?
D: Gratis, semuanya.

D: Sudah kami baca pelan-pelan, dua kali. Bagian mana yang ingin Anda bicarakan lebih dulu?
P: yang soal anak. yang lain nanti saja
D: Baik, kita mulai dari sana.

D: Terima kasih. Kalau Anda perlu menutup halaman ini mendadak, tidak apa-apa; kami menunggu.
P: iya tadi ada yang datang. sekarang sudah pergi
D: Syukurlah. Lanjut sebentar, atau besok saja?
P: besok saja ya

D: Kami ikut merasakan beratnya. Adakah satu orang dekat yang tahu keadaan Anda?
P: sepupu saya, tapi rumahnya jauh

D: Ada dua hal yang bisa kami siapkan minggu ini: teman bicara, dan seseorang yang menjelaskan
   pilihan Anda. Mau keduanya?
P: mau dua duanya
D: Baik. Kami atur supaya cukup satu kali bertemu.

D: Apakah ada hal yang tidak boleh kami lakukan, misalnya menelepon atau datang ke rumah?
P: jangan ke rumah. telepon boleh asal saya yang angkat
D: Dicatat. Kalau suara lain yang mengangkat, kami tutup.

D: Terima kasih sudah menulis sepanjang itu. Anda tidak perlu mengulangnya kepada siapa pun.
P: tangan saya gemetar waktu ngetik tapi lega

D: Selamat siang. Kami ingin memastikan: malam ini ada yang menemani?
P: ada ibu saya menginap

D: Laporan sudah diterima dan sudah ada yang memegang. Bila berubah pikiran tentang apa pun,
   cukup tulis di sini.

D: Boleh kami tahu, hal apa yang paling Anda takutkan bila kami membantu?
P: takut tetangga tahu
D: Petugas datang tanpa seragam dan tanpa mobil dinas, atau Anda yang memilih tempatnya.
""")

FOR_OTHERS = talks("""
D: Terima kasih sudah melapor untuk orang lain. Apakah yang bersangkutan tahu bahwa Anda
   menulis ke sini?
P: belum, saya belum berani bilang
D: Tidak apa-apa. Kita cari cara yang paling aman untuknya, tanpa menyebut Anda.

D: Terima kasih sudah peduli. Nama Anda tidak kami sebut kepada siapa pun. Apakah Anda melihat
   sesuatu yang baru sejak menulis?
P: tadi pagi terdengar lagi, tapi tidak lama

D: Kami sudah membaca. Petugas akan datang tanpa seragam. Mohon tidak mendatangi sendiri dulu.
P: siap, terima kasih responnya
""")

FIRST_TALKS_EN = talks("""
D: Thank you for writing. Before we start: can anybody else see this screen?
P: No, I am alone now.
D: Good. You decide how much you want to tell.

D: We have read what you wrote. Whom would you rather speak with, a woman or a man?
P: A woman, please.
""")

COUNSEL_TALKS = talks("""
D: Terima kasih sudah bercerita. Apa yang biasanya membantu kalau sedang berat begini?
P: biasanya saya telepon kakak, tapi dia lagi sibuk
D: Kapan kira-kira dia longgar? Sambil menunggu, boleh menulis di sini kapan saja.

D: Ada dua pilihan: berbicara lewat telepon, atau datang ke ruang konseling. Keduanya gratis.
   Mana yang lebih nyaman?
P: telepon aja
D: Baik, hari Rabu pada jam yang Anda pilih.

D: Kami kirimkan catatan singkat langkah-langkahnya di sini supaya mudah dibaca lagi.
P: sudah saya baca, jelas sekali terima kasih

D: Bagaimana kabar Anda minggu ini?
P: lumayan, sudah bisa tidur
D: Senang mendengarnya. Kami tulis lagi hari Senin, ya.
P: iya

D: Ada kelompok yang bertemu tiap Jumat sore, boleh datang sekali dulu untuk mencoba.
P: boleh bawa anak?
D: Boleh, ada pojok bermain dan yang menemani.

D: Konselor sudah menelepon pada jam yang Anda pilih, belum tersambung. Kami coba lagi besok.

D: Apa satu hal kecil yang ingin berubah lebih dulu?
P: makan malam bareng tanpa hp
D: Itu awal yang bagus. Coba tiga malam, lalu ceritakan bagaimana rasanya.
P: baru dua malam tapi anak malah senang

D: Kami catat tiga nama tempat yang dekat dengan rumah Anda, semuanya tanpa biaya. Yang pertama
   buka sampai sore.
P: yang pertama dekat, saya coba

D: Apa kabar setelah percakapan kemarin?
P: saya sudah bicara baik-baik, tidak sampai marah. baru kali ini
D: Itu tidak mudah. Terima kasih sudah mencobanya.

D: Kelas pengasuhan berikutnya hari Sabtu pagi, dua jam, di aula kelurahan. Kami daftarkan?
P: iya untuk dua orang

D: Boleh juga menulis surat untuk diri sendiri dulu, tidak untuk dikirim. Ada yang terbantu
   begitu.
P: saya coba malam ini

D: Bila suatu hari keadaannya berubah dan tidak lagi aman, katakan di sini. Kami bisa bergerak.
P: baik, semoga tidak sampai

D: Kami tanyakan kabar Anda sebulan lagi, ya. Kalau tidak ingin ditanya, tulis saja.
P: boleh ditanya
""")
COUNSEL_TALKS_EN = talks("""
D: Thank you for writing. Would you rather talk on the telephone or come to us? Both are free.
P: I would come, any afternoon.
D: Thursday at 4 pm, then. The side door, there is no sign.
""")

CASE_OPENERS = talks("""
D: Perkenalkan, saya yang mendampingi Anda mulai hari ini, bersama satu rekan. Anda tidak perlu
   mengulang cerita.
P: terima kasih. apa langkah berikutnya?
D: Minggu ini kita susun bersama. Tidak ada yang dilakukan tanpa Anda tahu.

D: Halo, mulai hari ini saya dan satu rekan menemani Anda. Kami sudah membaca semuanya; Anda
   cukup bilang kapan dan bagaimana ingin dihubungi.
P: di sini saja dulu, sore
D: Baik, sore. Kami tunggu kabar Anda.

D: Saya yang memegang laporan Anda sekarang. Sebelum apa pun: apa yang tidak boleh terjadi?
P: jangan sampai keluarga besar tahu dulu
D: Kami jaga. Yang membaca hanya kami berdua.

D: Terima kasih sudah menunggu. Ini langkah pertama yang kami usulkan: bertemu satu jam, di
   tempat yang Anda pilih.
P: boleh di puskesmas? saya ada jadwal kontrol
D: Boleh. Kami datang seperti pengantar biasa.

D: Selamat pagi, saya pendamping Anda. Pertanyaan kecil dulu: Anda lebih suka dibalas pagi atau
   malam?
P: pagi
D: Dicatat. Balasan kami ada sebelum pukul sembilan.

D: Mulai sekarang ada dua orang untuk Anda; kalau satu berhalangan yang lain menjawab.
P: syukurlah. saya takut sendirian
""")

CASE_TALKS = talks("""
D: Bolehkah kami membagikan nama dan cara menghubungi Anda kepada pendamping yang akan membantu?
   Anda boleh menolak atau menarik izin kapan saja.
P: boleh, tapi alamat jangan
D: Baik, alamat tidak dibagikan.

D: Pertemuan besok pukul 10 di Ru-Ko, ruang dua. Pintu samping, tidak ada papan nama.
P: saya bawa anak yang kecil ya
D: Boleh sekali.

D: Apakah ada perubahan di rumah sejak terakhir kita bicara?
P: lebih tenang karena dia kerja luar kota sampai jumat
D: Kalau begitu Kamis waktu yang baik untuk bertemu. Kami siapkan.
P: oke kamis pagi

D: Pendamping Anda sudah menerima dan akan menghubungi pada jam aman. Kalau yang mengangkat
   orang lain, ia menutup sesuai pesan Anda.
P: sudah ditelepon, orangnya baik

D: Kami menunggu kabar Anda. Tidak ada yang kami lanjutkan sebelum Anda siap.
P: maaf baru buka, kemarin hp rusak. saya siap lanjut minggu depan
D: Tidak apa-apa. Minggu depan kami tulis lagi di sini.

D: Bagaimana keadaan Anda setelah pertemuan kemarin?
P: capek tapi lega. anak juga sudah mau main lagi

D: Jadwal berikutnya Selasa pukul 09.00. Bila berhalangan, cukup tulis di sini.

D: Surat yang Anda minta sudah jadi. Mau diambil, atau kami simpan dulu?
P: simpan dulu, di rumah tidak aman
D: Kami simpan terkunci sampai Anda memintanya.

D: Besok ada pertemuan dengan mitra yang membantu Anda. Ada yang ingin disampaikan?
P: tolong bilang saya tidak mau difoto
D: Kami sampaikan, dan tidak ada yang memotret.

D: Anak sudah bertemu psikolog hari ini, berjalan baik. Ia minta membawa pulang gambarnya.
P: gambarnya ditempel di kamar

D: Uang transport untuk besok sudah kami siapkan di loket samping.
P: terima kasih bu, saya berangkat jam 8

D: Rencana yang kita tulis bersama masih cocok, atau ada yang ingin diubah?
P: yang nomor dua jangan dulu
D: Baik, nomor dua ditunda.

D: Kalau ada pesan dari dia yang menakutkan, mohon jangan dihapus; kirim ke sini bila aman.
P: ada dua. nanti malam saya kirim
""")
CASE_TALKS_EN = talks("""
D: From today two of us look after this with you. You need not tell it again.
P: Thank you. What happens next?
D: We plan it together this week. Nothing is done without you knowing.

D: May we give your name and a safe way to reach you to the person who will help? You can say
   no, or take it back at any time.
P: Yes, but please not my address.
D: Understood: not the address.
""")

CLOSING_WORDS = texts("""
Pendampingan kita selesai di sini, seperti yang kita sepakati. Anda bisa kembali kapan saja
dengan kode yang sama. Terima kasih sudah percaya kepada kami.

Terima kasih sudah berjalan bersama kami. Semua yang direncanakan sudah dilakukan. Kalau ada
yang berubah, tulis di sini kapan saja.

Kami menutup catatan ini bersama Anda hari ini. Semoga langkah berikutnya ringan. Pintu kami
selalu terbuka.

Hari ini kami selesai mendampingi. Nomor dan jam kami tetap sama; Anda bisa kembali kapan saja.
""")
CLOSING_WORDS_EN = texts("""
We end here, as we agreed. You can come back at any time with the same code. Thank you for
trusting us.
""")
HER_WISH_WORDS = texts("""
Sesuai keinginan Anda, pendampingan kami cukupkan. Halaman ini tetap terbuka untuk Anda, kapan
saja.
""")
NO_CONTACT_WORDS = texts("""
Sudah beberapa minggu kami belum mendapat kabar. Catatan ini kami tutup dulu supaya Anda tidak
terganggu. Tulis satu kata saja di sini, kami lanjutkan lagi.
""")
MOVED_WORDS = texts("""
Mulai hari ini pendampingan dilanjutkan oleh lembaga yang kemarin kami kenalkan. Anda tetap bisa
menulis di sini kapan saja.
""")

TOLD: dict[Outcome, tuple[str, ...]] = {
    Outcome.CASE: texts("""
        Kami sudah membaca cerita Anda. Mulai sekarang dua orang dari kami mendampingi Anda dan
        menulis di sini. Anda tidak perlu bercerita lagi dari awal.

        Terima kasih sudah percaya kepada kami. Mulai hari ini ada dua pendamping untuk Anda.
        Kami usahakan bilang dulu sebelum melakukan apa pun.

        Laporan Anda kami tangani bersama satu tim kecil. Yang membaca hanya mereka. Pendamping
        Anda menulis di sini paling lambat besok.
        """),
    Outcome.REFER: texts("""
        Untuk keperluan Anda ada lembaga yang ahli. Kami tetap mendampingi dan bertanya dulu di
        sini sebelum membagikan apa pun tentang Anda.

        Kami hubungkan Anda dengan pihak yang bisa membantu, gratis. Anda tidak perlu bercerita
        ulang, dan kami tetap bisa ditulisi di sini.
        """),
    Outcome.COUNSELLING: texts("""
        Terima kasih sudah bercerita. Kami ada untuk mendengarkan dan berbicara, sesuai langkah
        Anda. Tulis di sini kapan saja.

        Kita sepakati untuk berbicara dulu. Bila suatu saat perlu bantuan lain, kami bisa
        menyiapkannya bersama Anda.

        Terima kasih. Jadwal bicara berikutnya sudah kami catat. Halaman ini tetap terbuka.
        """),
    Outcome.HAND_OVER: texts("""
        Karena tempatnya di kabupaten, laporan Anda kami serahkan kepada petugas di sana. Mereka
        membacanya lengkap, Anda tidak perlu mengulang. Kode Anda tetap berlaku.

        Laporan ini sekarang dipegang petugas di wilayah tempat tinggalnya. Mulai sekarang
        mereka yang menulis kepada Anda di sini.
        """),
    Outcome.NOT_OURS: texts("""
        Terima kasih sudah menulis. Ini bukan bagian kami, tetapi ada yang bisa membantu. Anda
        bisa menghubungi layanan umum kota lewat 112, atau datang ke kantor kelurahan.
        """),
}
TOLD_EN: dict[Outcome, tuple[str, ...]] = {
    Outcome.CASE: texts("""
        We have read what you told us. From now on two of us look after this together with you
        and write to you here. You need not tell it again.
        """),
    Outcome.COUNSELLING: texts("""
        Thank you for telling us. We are here to listen and to talk, at your pace. Write here
        whenever you want.
        """),
}

_PLACES = texts("""
lansia-anak Terima kasih sudah peduli. Untuk warga lanjut usia ada Dinas Sosial: datang ke
kantor kelurahan dan minta kunjungan pendamping lansia. Bila perlu, kader kami bisa menemani.

angkot Terima kasih sudah menulis; jalur dan jamnya kami teruskan tanpa nama kepada pengelola
angkutan. Bila ingin melapor ke polisi, kami bisa menemani.

warisan Terima kasih. Untuk pembagian waris, pos bantuan hukum di pengadilan memberi penjelasan
gratis pada hari kerja. Bawa surat yang ada, sisanya bisa menyusul.

cicilan-motor Terima kasih. Untuk pembiayaan kendaraan silakan ke layanan pengaduan konsumen.
Bila penagih mengancam Anda atau anak, tulis lagi di sini.

adopsi Terima kasih sudah bertanya. Pengangkatan anak diurus lewat Dinas Sosial; mulailah dari
loketnya dengan membawa buku nikah.

bpjs-anak Terima kasih. Pengaktifan kembali bisa lewat kelurahan. Kontrol asma di puskesmas
tetap dilayani; sebutkan bahwa kepesertaan sedang diurus.

relawan Terima kasih atas niat baik Anda. Pendaftaran relawan dan pelatihannya ada di halaman
mitra.

sosialisasi Terima kasih. Undangan penyuluhan bisa dikirim lewat kelurahan; petugas pencegahan
akan menjawab.

salah-alamat Terima kasih. Lampu jalan kami teruskan ke layanan 112 kota. Kalau ada gangguan di
gang itu, tulis lagi di sini.

kosong-remaja Halo, formulirmu sampai tetapi kosong. Tidak apa-apa. Kalau ingin cerita, tulis
lagi kapan saja; ada yang membaca.
""")
NOT_OURS_TOLD = {text.partition(" ")[0]: text.partition(" ")[2] for text in _PLACES}
"""Where to go instead, by the key of the tale."""

LEFT_WORDS = "Saya ingin berhenti dulu. Terima kasih sudah dibantu."
"""What a reporter writes who wants to stop."""
