import pytest
from django.template import Context, Template

from casework.swedish import hours


@pytest.mark.parametrize(
    ("number", "words"), [(None, ""), (0, ""), (1, "1 timme"), (480, "480 timmar")]
)
def test_one_hour_is_no_hours(number, words):
    assert hours(number) == words


def test_a_bar_of_one_says_what_it_counts_in_the_singular():
    tag = '{% load components %}{% bars "Per månad" rows unit="åtaganden" one="åtagande" %}'
    rows = [{"label": "Mars", "value": 1}, {"label": "April", "value": 2}]

    page = Template(tag).render(Context({"rows": rows}))

    assert [f"> {word}<" in page for word in ("åtagande", "åtaganden")] == [True, True]
