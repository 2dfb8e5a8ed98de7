"""Every code list equals its source table (domain.md §2), as it was read."""

import pytest
from django.db.models import TextChoices
from django.utils import translation

from ruang.dossier import simfoni

SOURCE = {
    simfoni.Form: "Fisik · Psikis · Seksual · Eksploitasi · Trafficking · "
    "Penelantaran · Lainnya",
    simfoni.Place: "Rumah Tangga · Tempat Kerja · Sekolah · Fasilitas Umum · "
    "Lembaga Pendidikan Kilat · Lainnya",
    simfoni.AgeGroup: "0-5 · 6-12 · 13-17 · 18-24 · 25-44 · 45-59 · 60+",
    simfoni.Relation: "Orang Tua · Keluarga/Saudara · Suami/Istri · Tetangga · Pacar/Teman · "
    "Guru · Majikan · Rekan Kerja · Lainnya · NA",
    simfoni.Education: "NA/tidak sekolah · TK · SD · SMP · SMA · S1/S2/S3",
    simfoni.Job: "Pedagang/Tani/Nelayan · Swasta/Buruh · PNS/TNI/Polri · Pelajar · "
    "Ibu Rumah Tangga · Tidak Bekerja",
    simfoni.Marital: "Belum Menikah · Menikah · Duda/Janda · Sirri",
    simfoni.Trafficking: "Eksploitasi Seksual · Perbudakan · Perdagangan Organ · Narkoba",
    simfoni.Handling: "Pemeriksaan · Penyelidikan · Penyidikan · Penangkapan · Penahanan · "
    "Penggeledahan · Penyitaan · Pra-Penuntutan · Diversi · Penuntutan · "
    "Pengadilan Tk I/II · Kasasi · PK",
}


@pytest.mark.parametrize("codes", SOURCE, ids=lambda codes: codes.__name__)
def test_the_words_are_those_of_the_register(codes: type[TextChoices]) -> None:
    with translation.override("id"):
        assert [str(label) for label in codes.labels] == SOURCE[codes].split(" · ")


TPKS = (
    "Pelecehan seksual nonfisik", "Pelecehan seksual fisik", "Pemaksaan kontrasepsi",
    "Pemaksaan sterilisasi", "Pemaksaan perkawinan", "Penyiksaan seksual",
    "Eksploitasi seksual (TPKS)", "Perbudakan seksual", "Kekerasan seksual berbasis elektronik",
    "Perkosaan", "Perbuatan cabul", "Persetubuhan/cabul/eksploitasi anak",
    "Melanggar kesusilaan", "Pornografi anak/kekerasan", "Pemaksaan pelacuran",
    "TPPO seksual", "Kekerasan seksual dalam rumah tangga", "TPPU",
    "Tindak pidana lain yang disebut undang-undang sebagai kekerasan seksual",
)  # fmt: skip
"""UU 12/2022 ps 4: nine of (1), ten of (2)."""


def test_the_offences_are_nine_and_ten() -> None:
    with translation.override("id"):
        assert tuple(str(label) for label in simfoni.Tpks.labels) == TPKS
    assert len(TPKS) == 9 + 10


@pytest.mark.parametrize(
    ("years", "group"),
    [(0, "0-5"), (5, "0-5"), (6, "6-12"), (12, "6-12"), (13, "13-17"), (17, "13-17"),
     (18, "18-24"), (25, "25-44"), (59, "45-59"), (60, "60+"), (101, "60+")],
)  # fmt: skip
def test_an_age_belongs_to_one_group(years: int, group: str) -> None:
    assert simfoni.age_group(years) == group
