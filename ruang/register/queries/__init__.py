"""What pages show of the register. People are counted; who to ring is shown one at a time."""

from ruang.register.finding import Where
from ruang.register.lines import OtherLine, RtLine, RwLine
from ruang.register.people import BandLine, People
from ruang.register.queries.contacts import ContactPage, Rung, contact_page
from ruang.register.queries.exports import Table, table, template
from ruang.register.queries.lists import ListPage, Sieve, list_page
from ruang.register.queries.places import (
    Linked,
    PlacePage,
    place_page,
    place_to_keep,
)
from ruang.register.queries.regions import (
    RegionPage,
    VillagePage,
    city_page,
    district_page,
    village_page,
    village_to_keep,
)
from ruang.register.queries.regrouping import Afterwards, suggested
from ruang.register.queries.search import Hit, SearchPage, search_page
from ruang.register.queries.staged import (
    Section,
    StagedLine,
    StagedPage,
    Waiting,
    staged_page,
    waiting_lists,
)

__all__ = [
    "Afterwards",
    "BandLine",
    "ContactPage",
    "Hit",
    "Linked",
    "ListPage",
    "OtherLine",
    "People",
    "PlacePage",
    "RegionPage",
    "RtLine",
    "Rung",
    "RwLine",
    "SearchPage",
    "Section",
    "Sieve",
    "StagedLine",
    "StagedPage",
    "Table",
    "VillagePage",
    "Waiting",
    "Where",
    "city_page",
    "contact_page",
    "district_page",
    "list_page",
    "place_page",
    "place_to_keep",
    "search_page",
    "staged_page",
    "suggested",
    "table",
    "template",
    "village_page",
    "village_to_keep",
    "waiting_lists",
]
