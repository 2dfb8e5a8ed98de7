"""The invented staff of the demo. No name belongs to anybody we know of."""

from collections.abc import Iterator

from ruang.access.roles import Role as R
from ruang.demo.content.shape import Person
from ruang.identity.states import State

OFFICERS = ("Rina Aulia", "Dimas Prakoso", "Sari Nurhayati", "Wulan Sari", "Agus Setiadi",
            "Lilis Suryani", "Yoga Permana")  # fmt: skip
MANAGERS = ("Hendra Nugraha", "Siti Maesaroh", "Ratih Kusumawati", "Bayu Anggara",
            "Neneng Komariah", "Fitri Handayani", "Tatang Mulyadi", "Dewi Anjarsari",
            "Ahmad Fauzi Ridwan", "Maria Kristanti")  # fmt: skip
FACILITATORS = ("Nurul Hikmah", "Arief Munandar", "Ida Farida", "Lukman Hakim Santoso",
                "Tri Astuti", "Opik Taufikurahman")  # fmt: skip
CADRES = ("Juju Juhaeriah", "Mad Soleh", "Sumiyati Karim")

STAFF: tuple[tuple[str, R, tuple[str, ...]], ...] = (
    ("dp3akb", R.INTAKE_OFFICER, OFFICERS),
    ("dp3akb", R.CASE_MANAGER, MANAGERS),
    ("dp3akb", R.PREVENTION_OFFICER, ("Yuyun Wahyuni",)),
    ("dp3akb", R.FACILITATOR, FACILITATORS),
    ("dp3akb", R.HEAD, ("Endang Purwaningsih",)),
    ("dp3akb", R.ADMIN, ("Rizky Ramadhan Putra",)),
    ("suluh", R.INTAKE_OFFICER, ("Oktavia Simbolon", "Nur Azizah")),
    ("suluh", R.CASE_MANAGER, ("Christina Hutabarat", "Umi Kalsum", "Pandu Wirawan")),
    ("suluh", R.HEAD, ("Herlina Wattimena",)),
    ("uptd-banyu", R.INTAKE_OFFICER, ("Iis Rohimah", "Deden Supriatna")),
    ("uptd-banyu", R.CASE_MANAGER, ("Eka Wahyuningtyas", "Samsul Hadi")),
    ("uptd-banyu", R.HEAD, ("Yayah Rokayah",)),
    ("lbh-kencana", R.PARTNER_DESK, ("Maya Lestari", "Farhan Alatas", "Tiurma Siagian",
                                     "Galih Pratama")),
    ("lbh-kencana", R.HEAD, ("Saraswati Widodo",)),
    ("posbakum", R.PARTNER_DESK, ("Rahmat Hidayatullah", "Nining Yuningsih", "Yosep Tarigan")),
    ("posbakum", R.HEAD, ("Komarudin Basri",)),
    ("klinik-hukum", R.PARTNER_DESK, ("Anindita Paramesti", "Reza Mahendra", "Vina Oktaviani")),
    ("klinik-hukum", R.HEAD, ("Bambang Sutrisno",)),
    ("forum-psikolog", R.PARTNER_DESK, ("Kartika Dewanti", "Irfan Maulana", "Laras Puspitasari",
                                        "Gita Larasati Ayu", "Hasan Basuki")),
    ("forum-psikolog", R.HEAD, ("Retno Wulandari",)),
    ("puspaga", R.PARTNER_DESK, ("Nadia Khoirunnisa", "Surya Adiwijaya", "Elin Marlina")),
    ("puspaga", R.HEAD, ("Tuti Alawiyah",)),
    ("psikologi-kampus", R.PARTNER_DESK, ("Putri Rahmawati", "Bagus Satrio", "Devi Anggraini")),
    ("psikologi-kampus", R.HEAD, ("Linda Sumarno",)),
    ("rsud", R.PARTNER_DESK, ("Amelia Hartono", "Yunus Efendi", "Ni Luh Ayuningtyas",
                              "Rosa Damayanti")),
    ("rsud", R.HEAD, ("Indra Kesumajaya",)),
    ("puskesmas", R.PARTNER_DESK, ("Titin Sumarni", "Wahyu Hidayat", "Melati Kurniasih")),
    ("puskesmas", R.HEAD, ("Sri Mulyati",)),
    ("unit-ppa", R.PARTNER_DESK, ("Intan Permatasari", "Andika Saputro", "Rosmawati Lubis",
                                  "Fajar Nugroho")),
    ("unit-ppa", R.HEAD, ("Dwi Rahayuningsih",)),
    ("kejaksaan", R.PARTNER_DESK, ("Novita Sihombing", "Adrian Wicaksono", "Lia Amalia Zahra")),
    ("kejaksaan", R.HEAD, ("Guntur Wibisono",)),
    ("bapas", R.PARTNER_DESK, ("Mulyono Hadisaputra", "Rika Febriyanti")),
    ("bapas", R.HEAD, ("Suharti Ningrum",)),
    ("dinsos", R.PARTNER_DESK, ("Asep Kurniawan", "Yuli Astuti", "Rohayati Basuni",
                                "Bima Aryasatya")),
    ("dinsos", R.HEAD, ("Nurlaela Sadikin",)),
    ("lksa", R.PARTNER_DESK, ("Halimah Sadiyah", "Zainal Arifin Noor", "Marlina Sitorus")),
    ("lksa", R.HEAD, ("Cecep Hermawan",)),
    ("rumah-aman", R.PARTNER_DESK, ("Suminah Pratiwi", "Ade Rostika", "Evi Susilowati")),
    ("rumah-aman", R.HEAD, ("Mimin Aminah",)),
    ("dindik", R.PARTNER_DESK, ("Taufik Hidayatno", "Desi Rahmadani Dewi", "Widya Ningsih")),
    ("dindik", R.HEAD, ("Kurnia Sandi",)),
    ("smp-pelangi", R.PARTNER_DESK, ("Ayu Lestiani", "Rudi Hartanto", "Nani Sumarsih")),
    ("smp-pelangi", R.HEAD, ("Sutarman Wijaya",)),
    ("sma-cakrawala", R.PARTNER_DESK, ("Dian Permata Sukma", "Eko Budiarto", "Yanti Mariana")),
    ("sma-cakrawala", R.HEAD, ("Aminuddin Saleh",)),
    ("sd-kejora", R.PARTNER_DESK, ("Imas Masitoh", "Haris Munandar")),
    ("sd-kejora", R.HEAD, ("Rukmini Salim",)),
    ("kua", R.PARTNER_DESK, ("Abdul Ghofur", "Siti Zubaedah")),
    ("kua", R.HEAD, ("Mahfudz Ismail",)),
    ("dukcapil", R.PARTNER_DESK, ("Tania Rosalina", "Wawan Gunadi")),
    ("dukcapil", R.HEAD, ("Heru Prasetyono",)),
    ("patbm", R.PARTNER_DESK, ("Enok Sukaesih", "Saepudin Zuhri", "Yohana Lontoh",
                               "Mumun Maemunah")),
    ("patbm", R.CADRE, CADRES),
    ("patbm", R.HEAD, ("Karsih Wartini",)),
    ("sahabat-difabel", R.PARTNER_DESK, ("Rangga Dwijaya", "Nurul Fadhilah", "Sekar Ayudia")),
    ("sahabat-difabel", R.HEAD, ("Teguh Santosa",)),
    ("koperasi", R.PARTNER_DESK, ("Jumiati Hasanah", "Lusiana Gultom")),
    ("koperasi", R.HEAD, ("Sukaesih Nurdin",)),
    ("kominfo", R.ADMIN, ("Aditya Nugraha Sasmita",)),
    ("kominfo", R.QUORUM_OFFICIAL, ("Marwan Sulaeman",)),
    ("inspektorat", R.AUDITOR, ("Ratna Juwitaningrum", "Gatot Supriyadi")),
    ("inspektorat", R.HEAD, ("Nanik Setyowati",)),
    ("dp3akb", R.QUORUM_OFFICIAL, ("Anwar Musyadad",)),
    ("klinik-hukum", R.QUORUM_OFFICIAL, ("Prof. Sulastri Hadiningrat",)),
)  # fmt: skip

NOT_ACTIVE = {
    "yoga.permana": State.WAITING,
    "galih.pratama": State.WAITING,
    "mumun.maemunah": State.SUSPENDED,
    "wawan.gunadi": State.INVITED,
}
"""Accounts in the other states, so that the pages of members show them."""

ENGLISH = frozenset({"maria.kristanti", "reza.mahendra"})
"""Who works in English."""


def login_of(name: str) -> str:
    """Return the user name that goes with a name: its first and last word, titles left out."""
    words = [word.lower() for word in name.split() if not word.endswith(".")]
    return f"{words[0]}.{words[-1]}"


def _everybody() -> Iterator[Person]:
    for place, role, names in STAFF:
        for name in names:
            login = login_of(name)
            yield Person(
                login=login,
                name=name,
                place=place,
                role=role,
                account=NOT_ACTIVE.get(login, State.ACTIVE),
                language="en" if login in ENGLISH else "id",
            )


PEOPLE = tuple(_everybody())


def logins(place: str, role: R) -> tuple[str, ...]:
    """Return the active people of an organisation in a role, in the order above."""
    return tuple(
        person.login
        for person in PEOPLE
        if (person.place, person.role, person.account) == (place, role, State.ACTIVE)
    )
