"""Before the first decision: can the configured server deliver to the mailbox at all?"""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Administration
from notifications.self_test import mailbox_verdict

PLAIN, WITH_Ä = "brevlada@staden.example", "brevlåda.ä@staden.example"
ALIAS = "reserv@staden.example"


def administration(mailbox, alias=""):
    return Administration(name="A", slug="a", mailbox=mailbox, mailbox_ascii_alias=alias)


@pytest.fixture
def server(settings, mail_server):
    settings.MAIL = "smtp"
    return mail_server


@pytest.mark.parametrize(
    ("mailbox", "alias", "offered", "will_arrive", "says"),
    [
        (PLAIN, "", False, True, "kräver inget särskilt"),
        (PLAIN, "", True, True, "kräver inget särskilt"),
        (WITH_Ä, "", True, True, "erbjuder det."),
        (WITH_Ä, ALIAS, True, True, "erbjuder det."),
        (WITH_Ä, ALIAS, False, True, f"går därför till reservadressen {ALIAS}."),
        (WITH_Ä, "", False, False, "kommer inte fram. Ange en reservadress"),
    ],
)
def test_the_verdict_follows_from_address_server_and_alias(
    server, mailbox, alias, offered, will_arrive, says
):
    server.offers_smtputf8 = offered

    verdict = mailbox_verdict(administration(mailbox, alias))

    assert verdict.will_arrive is will_arrive
    assert says in verdict.sentence


def test_asking_sends_no_mail(server):
    mailbox_verdict(administration(WITH_Ä))

    assert server.mails == []


def test_a_server_that_is_down_is_said_to_be_down(settings):
    settings.MAIL, settings.EMAIL_HOST, settings.EMAIL_PORT = "smtp", "127.0.0.1", 1

    verdict = mailbox_verdict(administration(PLAIN))

    assert verdict.will_arrive is False
    assert verdict.sentence.startswith("E-postservern 127.0.0.1:1 går inte att nå")


@pytest.mark.django_db
def test_the_command_fails_when_a_mailbox_cannot_be_reached(server):
    server.offers_smtputf8 = False
    administration(WITH_Ä).save()
    said = io.StringIO()

    with pytest.raises(CommandError, match="Alla brevlådor nås inte"):
        call_command("check_mail", stdout=said)

    assert WITH_Ä in said.getvalue()


@pytest.mark.django_db
def test_the_command_is_content_when_all_are_reached(server):
    administration(PLAIN).save()

    call_command("check_mail", stdout=io.StringIO())


@pytest.mark.django_db
def test_the_command_points_at_setup_when_nothing_is_there():
    with pytest.raises(CommandError, match="manage.py setup"):
        call_command("check_mail")
