"""The six kecamatan of the demo city, by code."""

SERANG = "36.73.01"
KASEMEN = "36.73.02"
WALANTAKA = "36.73.03"
CURUG = "36.73.04"
CIPOCOK = "36.73.05"
TAKTAKAN = "36.73.06"
