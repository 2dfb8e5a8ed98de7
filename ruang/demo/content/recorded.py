"""What the invented officers wrote down while somebody told it."""

from dataclasses import dataclass
from datetime import time, timedelta

from ruang.demo.content.organisations import ALTERNATE, NEIGHBOUR, OFFICE
from ruang.demo.content.places import CURUG, KASEMEN, SERANG, WALANTAKA
from ruang.intake.states import Age, Door, Help, Risk, Safety, Way, Who
from ruang.intake.told import Recorded, Told
from ruang.risk import Answer
from ruang.triage.states import Outcome

YES, NO = Answer.YES, Answer.NO


@dataclass(frozen=True, slots=True)
class Heard:
    """A report that an officer recorded.

    :ivar place: the officer's desk
    :ivar signs: the danger signs that were asked
    :ivar lower: why the risk is to be lowered; a second person is asked
    :ivar outcome: what it turned out to be; ``same_as`` the key of the report it repeats
    :ivar said: what whoever called is told then
    """

    key: str
    place: str
    ago: timedelta
    told: Told
    risk: Risk
    code: bool = False
    signs: tuple[tuple[str, Answer], ...] = ()
    lower: str = ""
    outcome: Outcome | None = None
    same_as: str = ""
    said: str = ""


HEARD = (
    Heard(
        "telepon-pos-ronda",
        OFFICE,
        timedelta(hours=5),
        Told(
            Safety.SAFE,
            Who.SELF,
            Way.PHONE,
            (Help.LISTEN, Help.LEGAL),
            Age.ADULT,
            "41",
            "0899-0000-6407",
            time(9),
            time(11),
            story="Penelepon bercerita sambil berjalan ke pasar. Suami menjual motor yang ia "
            "pakai bekerja dan menyimpan uangnya. Ketika ia bertanya, kunci rumah diganti. "
            "Sekarang tinggal di rumah kakaknya bersama dua anak. Ia ingin tahu apakah boleh "
            "mengambil barang-barang anak.",
            district=KASEMEN,
            village="Banten",
            when="Sejak dua minggu lalu",
            by_whom="Suami",
            door=Door.PHONE,
            recorded=Recorded(
                names="Ibu Warsih\nSuami, tidak disebut namanya",
                note="Suara tenang; telepon putus sekali dan disambung lagi.",
            ),
        ),
        Risk.MEDIUM,
        code=True,
        signs=(
            ("strangled", NO),
            ("weapon", NO),
            ("threat_kill", NO),
            ("control", YES),
            ("dependent", YES),
            ("alone", NO),
        ),
        lower="Ia sudah dua minggu di rumah kakaknya, suami tidak mendatangi. Yang diminta "
        "adalah penjelasan tentang barang anak, tidak ada tanda bahaya yang lain.",
    ),
    Heard(
        "datang-berpayung",
        OFFICE,
        timedelta(hours=4),
        Told(
            Safety.SHORT,
            Who.SELF,
            Way.TRUSTED,
            (Help.HEALTH, Help.SAFE_PLACE),
            Age.ADULT,
            "26",
            "Mbak Ika, warung pojok",
            story="Datang pukul sepuluh tanpa janji, memakai "
            "masker. Menyampaikan pipinya ditampar tadi pagi karena terlambat membangunkan "
            "suami. Tidak ingin apa pun dicatat di ponselnya. Ingin diperiksa dan pulang "
            "sebelum suami selesai kerja pukul empat.",
            district=SERANG,
            village="Lopang",
            when="Pagi ini",
            by_whom="Suami",
            door=Door.WALK_IN,
            recorded=Recorded(names="Ia minta dipanggil Mawar"),
        ),
        Risk.HIGH,
        signs=(("escalation", YES), ("control", YES), ("weapon", NO), ("injured", YES)),
    ),
    Heard(
        "surat-sekolah",
        OFFICE,
        timedelta(hours=27),
        Told(
            Safety.SAFE,
            Who.CHILD,
            Way.PHONE,
            (Help.CHILD_HELP,),
            Age.CHILD,
            "10",
            "0899-0000-6431",
            time(8),
            time(13),
            story="Surat kepala sekolah: seorang siswa kelas empat tiga kali tertidur di kelas "
            "dan bercerita menjaga warung sampai larut. Sekolah sudah bertemu neneknya.",
            district=WALANTAKA,
            village="Pengampelan",
            by_whom="Belum jelas",
            door=Door.HANDED,
            recorded=Recorded(sender="Kepala sekolah", reference="CONTOH/421/XI"),
        ),
        Risk.MEDIUM,
    ),
    Heard(
        "telepon-kabupaten",
        NEIGHBOUR,
        timedelta(hours=6),
        Told(
            Safety.SAFE,
            Who.KNOWN,
            Way.PHONE,
            (Help.LISTEN,),
            Age.ADULT,
            "sekitar 50",
            "0899-0000-6500",
            time(10),
            time(12),
            story="Penelepon, kader posyandu, menyampaikan tetangganya sering menangis di "
            "dapur umum dan tidak mau pulang sebelum suaminya tidur. Ia bersedia mengantar.",
            by_whom="Suami",
            door=Door.PHONE,
        ),
        Risk.MEDIUM,
        code=True,
        lower="Sudah dihubungi: ia ingin bicara saja, suaminya sedang bekerja di luar pulau "
        "sampai bulan depan.",
    ),
    Heard(
        "datang-yayasan",
        ALTERNATE,
        timedelta(hours=7),
        Told(
            Safety.SAFE,
            Who.SELF,
            Way.PAGE,
            (Help.LEGAL,),
            Age.ADULT,
            "33",
            story="Datang bersama temannya. Atasannya di kantor kelurahan sering mengirim "
            "pesan malam hari dan mengubah jadwalnya bila tidak dibalas. Ia memilih datang ke "
            "sini karena tidak ingin bertemu orang yang ia kenal.",
            district=CURUG,
            when="Tiga bulan",
            by_whom="Atasan",
            door=Door.WALK_IN,
        ),
        Risk.MEDIUM,
        code=True,
    ),
    Heard(
        "menelepon-lagi",
        OFFICE,
        timedelta(hours=3),
        Told(
            Safety.SAFE,
            Who.KNOWN,
            Way.PHONE,
            (Help.LISTEN,),
            Age.ADULT,
            reach="0899-0000-6408",
            safe_from=time(9),
            safe_until=time(15),
            story="Kakak Ibu Warsih menelepon dari nomornya sendiri, menanyakan hal yang sama: "
            "apakah barang anak boleh diambil. Ia tidak tahu adiknya sudah menelepon.",
            district=KASEMEN,
            door=Door.PHONE,
        ),
        Risk.MEDIUM,
        code=True,
        outcome=Outcome.SAME_AS,
        same_as="telepon-pos-ronda",
        said="Sudah kami terima. Kami menghubungi lewat laporan yang pertama.",
    ),
    Heard(
        "salah-sambung",
        OFFICE,
        timedelta(hours=30),
        Told(
            Safety.SAFE,
            Who.SELF,
            Way.PAGE,
            story="Penelepon menanyakan jadwal vaksin sapi. Diberi nomor dinas yang benar.",
            door=Door.PHONE,
        ),
        Risk.LOW,
        outcome=Outcome.NOT_A_REPORT,
        said="Terima kasih sudah menelepon. Untuk hewan ternak, nomor dinas pertanian "
        "sudah kami sebutkan.",
    ),
)
UNFINISHED = {
    "door": ("phone",),
    "safety": ("short",),
    "who": ("self",),
    "way": ("phone",),
    "reach": ("0899-0000-6444",),
    "story": ("Telepon terputus. Berbisik, ada suara televisi. Anak dua, pintu depan",),
}
"""What stands in a draft whose caller hung up."""
