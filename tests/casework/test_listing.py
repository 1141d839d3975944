"""Lists: every row once, forwards and backwards, at the same price on every page."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.db.models.functions import TruncDate
from django.http import QueryDict
from django.utils import timezone

from casework import listing
from casework.listing import Order, listed
from organisations.models import Contact, Organisation
from tests.factories.organisations import ContactFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

BY_NAME = Order("namn", "Namn", ("sort_key",))
NEWEST = Order("senast", "Senast registrerad", ("-created_at",))
BY_FORM = Order("form", "Organisationsform", ("legal_form", "-sort_key"))
ORDERS = [BY_NAME, NEWEST, BY_FORM]


def page(address="", rows=None, size=2, orders=ORDERS):
    rows = Organisation.objects.all() if rows is None else rows
    return listed(rows, QueryDict(address.removeprefix("?")), orders, size=size)


def names(found) -> list[str]:
    return [row.name for row in found.rows]


def forwards(address="", **how) -> list[list[str]]:
    pages = [page(address, **how)]
    while pages[-1].next:
        pages.append(page(pages[-1].next, **how))
    return [names(one) for one in pages]


def backwards(address="", **how) -> list[list[str]]:
    pages = [page(page(address, **how).last or address, **how)]
    while pages[-1].previous:
        pages.append(page(pages[-1].previous, **how))
    return [names(one) for one in pages]


@pytest.fixture
def five():
    now = timezone.now()
    for at, name in enumerate(["Åkern", "Björken", "Alen", "Örnen", "Ängen"]):
        OrganisationFactory(name=name, created_at=now + timedelta(microseconds=at))


def test_an_empty_list_has_no_pages():
    found = page()

    assert (found.rows, found.count, found.total, found.has_pages) == ([], 0, "0", False)
    assert (found.first, found.previous, found.next, found.last) == ("", "", "", "")


def test_one_row_is_one_page():
    OrganisationFactory(name="Alen")

    assert forwards() == backwards() == [["Alen"]]


def test_three_rows_are_read_forwards_and_backwards():
    for name in ["Björken", "Alen", "Åkern"]:
        OrganisationFactory(name=name)

    assert forwards() == [["Alen", "Björken"], ["Åkern"]]
    assert backwards() == [["Björken", "Åkern"], ["Alen", "Björken"]]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("namn", ["Alen", "Björken", "Åkern", "Ängen", "Örnen"]),
        ("senast", ["Ängen", "Örnen", "Alen", "Björken", "Åkern"]),
        ("form", ["Örnen", "Ängen", "Åkern", "Björken", "Alen"]),
        ("okänd", ["Alen", "Björken", "Åkern", "Ängen", "Örnen"]),
    ],
)
def test_every_order_shows_each_row_once_and_in_its_place(five, order, expected):
    assert sum(forwards(f"ordning={order}"), []) == expected


def test_rows_that_sort_alike_are_told_apart(five):
    Organisation.objects.update(sort_key="lika")

    shown = sum(forwards(), [])

    assert sorted(shown) == sorted(Organisation.objects.values_list("name", flat=True))


def test_the_last_page_is_full_and_leads_back(five):
    last = page(page().last)

    assert names(last) == ["Ängen", "Örnen"]
    assert (last.next, last.last) == ("", "")
    assert names(page(last.previous)) == ["Björken", "Åkern"]
    assert names(page(last.first)) == ["Alen", "Björken"]


def test_going_back_past_the_beginning_gives_the_whole_first_page(five):
    third = page(page().next)
    without = Organisation.objects.exclude(name="Alen")

    assert names(page(third.previous, rows=without)) == ["Björken", "Åkern"]


def test_a_row_that_comes_in_between_moves_no_other(five):
    following = page().next
    OrganisationFactory(name="Aspen")

    assert names(page(following)) == ["Åkern", "Ängen"]


def test_a_page_whose_rows_are_gone_shows_what_is_left(five):
    following = page().next
    left = Organisation.objects.filter(name__in=["Alen", "Björken"])

    assert names(page(following, rows=left)) == ["Alen", "Björken"]


@pytest.mark.parametrize("place", ["efter-", "efter-hittepå", "fore-W10:abc", "7", "sista-x"])
def test_an_address_that_is_not_ours_gives_the_first_page(five, place):
    assert names(page(f"sida={place}")) == ["Alen", "Björken"]


def test_a_place_in_one_order_is_no_place_in_another(five):
    """Not even where the values would fit: a name is no legal form, though both are texts."""
    orders = [BY_NAME, Order("slag", "Slag", ("legal_form",))]
    following = page("ordning=namn", orders=orders).next.replace("ordning=namn", "ordning=slag")

    found = page(following, orders=orders)

    assert names(found) == names(page("ordning=slag", orders=orders))
    assert found.previous == ""


def test_the_links_keep_filters_and_order_but_a_new_order_starts_over(five):
    found = page(page("q=%C3%A5k&q=b&ordning=senast").next)

    assert found.previous.startswith("?q=%C3%A5k&q=b&ordning=senast&sida=fore-")
    assert found.first == "?q=%C3%A5k&q=b&ordning=senast"
    assert found.orders == [
        {"label": "Namn", "url": "?q=%C3%A5k&q=b&ordning=namn", "current": False},
        {"label": "Senast registrerad", "url": "?q=%C3%A5k&q=b&ordning=senast", "current": True},
        {"label": "Organisationsform", "url": "?q=%C3%A5k&q=b&ordning=form", "current": False},
    ]


def test_a_list_can_be_sorted_by_something_worked_out_or_related(five):
    for organisation in Organisation.objects.order_by("name"):
        ContactFactory(organisation=organisation, name=f"Kontakt på {organisation}")
    worked_out = Organisation.objects.annotate(day=TruncDate("created_at"), called=F("sort_key"))
    related = Contact.objects.select_related("organisation")

    by_day = forwards(rows=worked_out, orders=[Order("dag", "Dag", ("day", "-called"))])
    by_relation = forwards(rows=related, orders=[Order("o", "O", ("-organisation__sort_key",))])

    assert sum(by_day, []) == ["Örnen", "Ängen", "Åkern", "Björken", "Alen"]
    assert sum(by_relation, []) == [f"Kontakt på {name}" for name in sum(by_day, [])]


def test_the_count_is_exact_up_to_a_thousand_and_then_stops():
    assert listed_of(0).total == "0"
    assert listed_of(999).total == "999"
    assert listed_of(1000).total == "1\u202f000"
    assert listed_of(1001).total == "fler än 1\u202f000"


def listed_of(count: int):
    return listing.Listing([], count, "", "", "", "", [])


def test_no_more_rows_are_counted_than_are_told(five, monkeypatch):
    monkeypatch.setattr(listing, "COUNTED", 3)

    assert (page().count, page().is_capped) == (4, True)


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_a_page_costs_two_queries_however_many_rows_there_are(rows, django_assert_num_queries):
    OrganisationFactory.create_batch(rows)

    for address in ["", "sida=sista", page().next]:
        with django_assert_num_queries(2):  # the page, the count
            page(address)


def test_the_way_back_to_a_first_page_that_was_not_whole_costs_one_more(
    five, django_assert_num_queries
):
    previous = page(page(page().last).previous).previous

    with django_assert_num_queries(3):  # what lies before, the first page, the count
        found = page(previous)

    assert names(found) == ["Alen", "Björken"]
