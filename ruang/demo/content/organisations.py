"""The invented organisations of the demo, of the kinds that take part in a city.

Every name is made up, the telephone numbers cannot be dialled.
"""

from ruang.demo.content.shape import Lembaga
from ruang.identity.states import OrganisationKind as K
from ruang.referrals.states import Need as N

OFFICE, ALTERNATE, NEIGHBOUR = "dp3akb", "suluh", "uptd-banyu"
"""The desk that takes reports, the one that takes those about it, and the next regency's."""

ORGANISATIONS = (
    Lembaga(OFFICE, "DP3AKB Kota Serang", K.CITY_OFFICE, "0800-1-000-001"),
    Lembaga(ALTERNATE, "Yayasan Suluh Nurani", K.COMMUNITY, "0800-1-000-002"),
    Lembaga(NEIGHBOUR, "UPTD PPA Kabupaten Banyu Asri", K.CITY_OFFICE, "0800-1-000-003"),
    Lembaga("lbh-kencana", "LBH Kencana", K.LEGAL_AID, "0800-1-000-010", (N.LEGAL,)),
    Lembaga("posbakum", "Posbakum Teratai", K.LEGAL_AID, "0800-1-000-011", (N.LEGAL,)),
    Lembaga(
        "klinik-hukum", "Klinik Hukum Universitas Bentang", K.UNIVERSITY, "0800-1-000-012",
        (N.LEGAL,),
    ),
    Lembaga(
        "forum-psikolog", "Forum Psikolog Samudra", K.PSYCHOLOGY, "0800-1-000-020",
        (N.PSYCHOLOGY,),
    ),
    Lembaga("puspaga", "Puspaga Anggrek", K.PSYCHOLOGY, "0800-1-000-021", (N.PSYCHOLOGY,)),
    Lembaga(
        "psikologi-kampus", "Pusat Layanan Psikologi Universitas Bentang", K.UNIVERSITY,
        "0800-1-000-022", (N.PSYCHOLOGY,),
    ),
    Lembaga("rsud", "PPT RSUD Nusa Sehat", K.HEALTH, "0800-1-000-030", (N.HEALTH,)),
    Lembaga("puskesmas", "Puskesmas Cemara", K.HEALTH, "0800-1-000-031", (N.HEALTH,)),
    Lembaga("unit-ppa", "Unit PPA Polres Wanasari", K.POLICE, "0800-1-000-040", (N.POLICE,)),
    Lembaga(
        "kejaksaan", "Kejaksaan Negeri Wanasari", K.PROSECUTION, "0800-1-000-041", (N.POLICE,)
    ),
    Lembaga("bapas", "Bapas Wanasari", K.PROSECUTION, "0800-1-000-042", (N.OTHER,)),
    Lembaga(
        "dinsos", "Dinas Sosial, Rehabilitasi Sosial", K.SOCIAL, "0800-1-000-050",
        (N.SOCIAL, N.REINTEGRATION, N.RETURN_HOME),
    ),
    Lembaga("lksa", "LKSA Rumah Bintang", K.SOCIAL, "0800-1-000-051", (N.SOCIAL,)),
    Lembaga(
        "rumah-aman", "Pengelola Rumah Aman", K.SHELTER, "0800-1-000-060", (N.SHELTER,)
    ),
    Lembaga(
        "dindik", "Dinas Pendidikan, Satgas Sekolah Aman", K.EDUCATION, "0800-1-000-070",
        (N.SCHOOL,),
    ),
    Lembaga("smp-pelangi", "SMP Pelangi Bahari", K.EDUCATION, "0800-1-000-071", (N.SCHOOL,)),
    Lembaga("sma-cakrawala", "SMA Cakrawala", K.EDUCATION, "0800-1-000-072", (N.SCHOOL,)),
    Lembaga("sd-kejora", "SD Kejora", K.EDUCATION, "0800-1-000-073", (N.SCHOOL,)),
    Lembaga("kua", "KUA Kecamatan Contoh", K.RELIGION, "0800-1-000-080", (N.RELIGIOUS,)),
    Lembaga("dukcapil", "Dukcapil, Loket Khusus", K.REGISTRY, "0800-1-000-081", (N.OTHER,)),
    Lembaga(
        "patbm", "Forum PATBM Kota", K.COMMUNITY, "0800-1-000-090", (N.REINTEGRATION,)
    ),
    Lembaga(
        "sahabat-difabel", "Himpunan Sahabat Difabel", K.COMMUNITY, "0800-1-000-091",
        (N.SOCIAL, N.OTHER),
    ),
    Lembaga(
        "koperasi", "Koperasi Perempuan Mandiri Jaya", K.OTHER, "0800-1-000-092", (N.OTHER,)
    ),
    Lembaga("kominfo", "Dinas Kominfo, Layanan Data", K.OTHER, "0800-1-000-100"),
    Lembaga("inspektorat", "Inspektorat Contoh", K.OTHER, "0800-1-000-101"),
)  # fmt: skip
