"""Walking a list by its links meets every row once, forwards and backwards, in order."""

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from jembol.journal.models import Chain
from jembol.ui.listing import Column, Cursor, Filter, Listing

COLUMNS = [
    Column("nomor", "Number", lambda row: row.stream, sort="stream"),
    Column("urutan", "Order", lambda row: row.seq, sort="seq"),
    Column("sidik", "Hash", lambda row: row.hash),
]


def listing(query="", size=5, rows=None, **more):
    request = RequestFactory().get(f"/{query}")
    rows = Chain.objects.all() if rows is None else rows
    return Listing(request, rows=rows, columns=COLUMNS, name="contoh", size=size, **more)


def fill(*sequences):
    Chain.objects.bulk_create(
        Chain(stream=number, seq=seq, hash=f"h{number}") for number, seq in enumerate(sequences)
    )


def walk(first, link):
    """The keys of every page, following a link until there is none."""
    found, query = [], first
    while query is not None:
        page = listing(query).page
        found.append([row.pk for row in page.rows])
        query = getattr(page, link) or None
    return found


class WalkingAList(TestCase):
    @given(st.lists(st.integers(0, 3), max_size=23), st.sampled_from(["", "-"]))
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def test_every_row_is_met_once_in_order_and_back_again(self, sequences, sign):
        fill(*sequences)
        order = [f"{sign}seq", f"{sign}pk"]
        whole = list(Chain.objects.order_by(*order).values_list("pk", flat=True))

        forwards = walk(f"?urut={sign}urutan", "next")

        assert [key for page in forwards for key in page] == whole
        last = listing(f"?urut={sign}urutan")
        for _page in forwards[1:]:
            last = listing(last.page.next)
        backwards = walk(f"?{last.request.GET.urlencode()}", "previous")
        assert backwards[::-1] == forwards


@pytest.mark.django_db
def test_a_row_added_meanwhile_moves_nobody_to_another_page():
    fill(*range(10, 20))
    first = listing("?urut=urutan").page

    Chain.objects.create(stream=99, seq=1, hash="new")

    assert [row.seq for row in listing(first.next).page.rows] == [15, 16, 17, 18, 19]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "word",
    ["bukan", "W10=", Cursor("x\x00", 1, False).written(),
     Cursor("not a number", 1, False).written(), Cursor(None, 2**70, False).written()],
)  # fmt: skip
def test_an_address_that_somebody_edited_shows_the_first_page(word):
    fill(1, 2, 3)

    page = listing(f"?urut=urutan&di={word}").page

    assert [row.seq for row in page.rows] == [1, 2, 3]


@pytest.mark.django_db
def test_links_keep_the_filters_and_drop_the_place():
    fill(*range(12))
    one = listing("?q=a&urut=-urutan&di=xyz&unduh=csv")

    link = QueryDict(one.link(urut="nomor")[1:]).dict()

    assert link == {"q": "a", "urut": "nomor"}


@pytest.mark.django_db
def test_a_filter_value_that_is_no_choice_counts_as_none():
    fill(1, 2)
    even = Filter("genap", "Even", [("ya", "yes")], lambda rows, _word: rows.filter(seq=2))

    chosen = listing("?genap=ya", filters=[even])
    ignored = listing("?genap=mungkin", filters=[even])

    assert (chosen.total, ignored.total) == (1, 2)
    assert (chosen.is_narrowed, ignored.is_narrowed) == (True, False)


@pytest.mark.django_db
def test_a_search_for_nul_finds_and_breaks_nothing():
    fill(1, 2)
    one = listing("?q=%00", search=lambda rows, words: rows.filter(hash=words))

    assert one.total == 2


@pytest.mark.django_db
def test_the_export_holds_what_the_filters_leave_in_the_order_shown():
    fill(3, 1, 2)
    small = Filter("kecil", "Small", [("ya", "yes")], lambda rows, _word: rows.filter(seq__lt=3))

    answer = listing("?kecil=ya&urut=-urutan&unduh=csv", filters=[small]).download()

    text = b"".join(answer).decode("utf-8-sig")
    assert text.splitlines() == ["Number,Order,Hash", "2,2,h2", "1,1,h1"]
