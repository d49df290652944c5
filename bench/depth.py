"""The rows of the list of people at a depth: by keyset as the product does, by OFFSET, by SQL."""

import random
import time
from collections.abc import Callable

from django.db import connection
from django.test import RequestFactory

from bench.figures import spread
from bench.ground import malang, reach_of
from jembol.desk.people import people_with_business, person_columns
from jembol.registry.models import Person
from jembol.ui.listing import PAGE_SIZE, Cursor, Listing

TURNS = 40
# What the page shows of a person, written by hand; bounded by the area key as the product is: on
# SQLite a sum, so that it walks along the names instead of gathering and sorting the city.
AREA = {"sqlite": "p.area_id + 0", "postgresql": "p.area_id"}
BY_HAND = """
    SELECT p.id, p.public_id, p.name, p.folded, p.phone, p.nik_masked, a.name, b.name, c.name,
           EXISTS (SELECT 1 FROM registry_ownership o
                   WHERE o.person_id = p.id AND o.ends_on IS NULL)
    FROM registry_person p
    JOIN places_area a ON a.key = p.area_id
    LEFT JOIN places_area b ON b.key = a.parent_id
    LEFT JOIN places_area c ON c.key = b.parent_id
    WHERE {area} >= %s AND {area} < %s AND (p.folded, p.id) > (%s, %s)
    ORDER BY p.folded, p.id LIMIT %s
"""


def measure() -> dict[str, list[float]]:
    """Measure rows at places between 80 and 95 per cent of the list."""
    count = Person.objects.count()
    dice = random.Random()
    places = [int(count * dice.uniform(0.80, 0.95)) for _turn in range(TURNS)]
    edges = list(Person.objects.order_by("folded", "pk").values_list("folded", "pk"))
    figures = {
        **_spread("keyset", lambda place: _keyset(edges[place]), places),
        **_spread("OFFSET", _offset, places),
        **_spread("SQL by hand", lambda place: _by_hand(edges[place]), places),
        **_spread("how many rows match", lambda _place: _listing("").total, places),
    }
    keyset = figures["keyset, p50 (ms)"][0]
    figures["OFFSET, p50, times keyset"] = [figures["OFFSET, p50 (ms)"][0] / keyset]
    figures["keyset, p50, times SQL by hand"] = [keyset / figures["SQL by hand, p50 (ms)"][0]]
    return figures


def _spread(name: str, read: Callable[[int], object], places: list[int]) -> dict[str, list[float]]:
    read(places[0])
    waits = []
    for place in places:
        started = time.perf_counter()
        read(place)
        waits.append(time.perf_counter() - started)
    return spread(waits, name)


def _listing(query: str) -> Listing:
    rows = people_with_business(reach_of("registry.see"))
    request = RequestFactory().get(f"/?{query}")
    return Listing(request, rows=rows, columns=person_columns(), sort="nama", name="orang")


def _keyset(edge: tuple[str, int]) -> object:
    return _listing(f"di={Cursor(*edge, backwards=False).written()}").page


def _offset(place: int) -> object:
    return list(_listing("").ordered[place : place + PAGE_SIZE + 1])


def _by_hand(edge: tuple[str, int]) -> object:
    with connection.cursor() as cursor:
        cursor.execute(
            BY_HAND.format(area=AREA[connection.vendor]), [*malang().span, *edge, PAGE_SIZE + 1]
        )
        return cursor.fetchall()
