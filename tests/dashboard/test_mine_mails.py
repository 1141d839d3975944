"""Mails that did not come through, on the Min sida of the one who is responsible for them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice, State
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.collaborations import refuse, registered

MINE = reverse("dashboard:mine")


def test_what_the_mail_server_refused_is_shown_with_its_words(client, at):
    refuse(registered(at, title="Läxhjälp"))
    client.force_login(at.manager)

    page = client.get(MINE)
    (mail,) = page.context["undelivered"]
    url = reverse("collaborations:notices", args=[mail.case.pk])

    assert (mail.case.title, mail.is_unclear, mail.url) == ("Läxhjälp", False, url)
    assert page.content.decode().count('<q lang="en">550 no such box</q>') == 1
    assert page.content.decode().count(f'class="btn btn-outline-primary" href="{url}"') == 1


def test_what_stays_unclear_is_shown_as_that(client, at):
    refuse(registered(at), state=State.UNCLEAR, server_words="")
    client.force_login(at.manager)

    page = client.get(MINE)

    assert [mail.is_unclear for mail in page.context["undelivered"]] == [True]
    assert page.content.decode().count("<strong>Oklart.</strong>") == 1


def test_what_has_been_held_up_for_an_hour_is_shown_as_that_with_the_next_try(client, at):
    hour = timedelta(hours=1)
    held_up = {"state": State.WAITING, "tries": 2, "next_try_at": timezone.now() + hour}
    refuse(registered(at), **held_up, created_at=timezone.now() - 2 * hour)
    refuse(registered(at), **held_up)  # just begun: the program sees to it
    client.force_login(at.manager)

    page = client.get(MINE)

    assert [mail.is_delayed for mail in page.context["undelivered"]] == [True]
    assert page.content.decode().count("<strong>Försenat.</strong>") == 1
    assert page.content.decode().count("Skicka igen") == 0


def test_only_the_responsible_person_is_bothered(client, at):
    refuse(registered(at))
    client.force_login(at.officer)

    assert client.get(MINE).context["undelivered"] == []


def test_a_mail_about_a_case_that_one_no_longer_sees_is_not_shown(client, at):
    case = registered(at)
    refuse(case)
    away = UserFactory(officer_at=UnitFactory())
    Notice.objects.filter(about=case.chain).update(responsible=away)
    client.force_login(away)

    assert client.get(MINE).context["undelivered"] == []
