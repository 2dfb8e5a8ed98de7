"""Which kelurahan an office means: by code, or by its name and the kecamatan."""

from collections import defaultdict

from ruang.register.columns import plain
from ruang.register.faults import Fault, Why
from ruang.territory import queries as territory
from ruang.territory.reference import wilayah


class Villages:
    """The kelurahan of the city, found by what is typed."""

    def __init__(self) -> None:
        city = territory.city()
        self.names = {v.code: v.name for v in territory.villages(city_code=city.code)}
        self.districts = {d.code: d.name for d in territory.districts(city_code=city.code)}
        self._by_digits = {code.replace(".", ""): code for code in self.names}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        for code, name in self.names.items():
            for one in {name, wilayah.wilayah_name(code) or name}:
                self._by_name[squeezed(one)].add(code)

    def find(self, *, code: str, name: str, district: str) -> str:
        """Return the code of the kelurahan that is meant.

        :raises Fault: if there is none, more than one, or the code is that of another
        """
        digits = "".join(sign for sign in code if sign.isdigit())
        if digits:
            found = self._by_digits.get(digits)
            if found is None:
                raise Fault(Why.NO_VILLAGE, value=code)
            if not self._is_called(found, name, district):
                raise Fault(Why.OTHER_VILLAGE, value=code)
            return found
        if not name:
            raise Fault(Why.MISSING, column="kelurahan")
        able = {
            one for one in self._by_name.get(squeezed(name), ()) if self._lies_in(one, district)
        }
        if len(able) == 1:
            return able.pop()
        raise Fault(Why.TWO_VILLAGES if able else Why.NO_VILLAGE, value=name)

    def _is_called(self, code: str, name: str, district: str) -> bool:
        is_name = not name or code in self._by_name.get(squeezed(name), ())
        return is_name and self._lies_in(code, district)

    def _lies_in(self, code: str, district: str) -> bool:
        return not district or squeezed(district) == squeezed(self.districts[code[:8]])


def squeezed(name: str) -> str:
    """Return a name without what offices write differently: “Curug Manis” is “Curugmanis”."""
    words = plain(name)
    for title in ("kelurahan_", "kel_", "kecamatan_", "kec_", "desa_"):
        words = words.removeprefix(title)
    return words.replace("_", "")
