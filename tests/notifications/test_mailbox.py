"""The page that shows the mails of a program without a mail server."""

import re
from email.message import EmailMessage

import pytest
from django.urls import reverse

from notifications import tasks
from notifications.folder import file_name
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.notifications.conftest import MAILBOX
from tests.notifications.test_smtp import PDF, letter

PAGE = reverse("notifications:mailbox")

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client, administration):
    person = UserFactory(officer_at=administration.root_unit)
    client.force_login(person)
    return person


def sent(owner="ffa", attached=(), **facts):
    """A mail in the folder; its name."""
    mail = letter(**facts)
    mail.owner = owner
    for name, content, content_type in attached:
        mail.attach(name, content, content_type)
    mail.send()
    return mail.answer.removeprefix("Sparat i postlådan som ").removesuffix(".")


def subjects(response):
    """The links of the list."""
    names = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', response.content.decode())
    return [name.replace("&amp;", "&") for name in names]


def address(name, number=None):
    if number is None:
        return reverse("notifications:mail", args=[name])
    return reverse("notifications:attachment", args=[name, number])


def test_what_was_told_is_read_on_the_page(client, mail_folder, reader, write):
    notice = write()
    tasks.deliver(notice.pk)

    page = client.get(PAGE)

    assert subjects(page) == ["Beslut: språkcafé"]
    assert page.content.decode().count(MAILBOX) == 1


def test_the_newest_mail_comes_first(client, mail_folder, reader):
    for number in range(3):
        mail = letter()
        mail.subject, mail.owner = f"Mejl {number}", "ffa"
        mail.send()

    assert subjects(client.get(PAGE)) == ["Mejl 2", "Mejl 1", "Mejl 0"]


def test_the_list_stops_at_a_hundred_and_says_so(client, mail_folder, reader):
    mail = EmailMessage()
    mail["Subject"], mail["To"] = "Hej", "chef@staden.example"
    mail.set_content("Hej")
    mail_folder.mkdir()
    for _ in range(105):
        (mail_folder / file_name("ffa")).write_bytes(mail.as_bytes())

    page = client.get(PAGE)

    assert len(subjects(page)) == 100
    assert "De 100 senaste mejlen" in page.content.decode()


def test_an_empty_mailbox_says_so(client, mail_folder, reader):
    assert "Inget mejl har skickats än." in client.get(PAGE).content.decode()


def test_a_mail_is_shown_with_its_text_and_its_attachments(client, mail_folder, reader):
    name = sent(attached=[("Beslut Ängen.pdf", PDF, "application/pdf")])

    page = client.get(address(name))
    download = client.get(address(name, 1))

    text = page.content.decode()
    assert "<h1>Beslut: språkcafé på Ängen</h1>" in text
    assert "En rad som börjar med punkt står kvar." in text
    assert f'<a href="{address(name, 1)}">Beslut Ängen.pdf</a>' in text
    assert b"".join(download.streaming_content) == PDF
    assert download["Content-Type"] == "application/pdf"
    assert download["Content-Disposition"] == (
        "attachment; filename*=utf-8''Beslut%20%C3%84ngen.pdf"
    )


def test_an_attachment_that_calls_itself_a_path_is_only_a_name(client, mail_folder, reader):
    name = sent(attached=[("../../etc/passwd", b"text", "application/octet-stream")])

    assert client.get(address(name, 1))["Content-Disposition"] == 'attachment; filename="passwd"'
    assert f'<a href="{address(name, 1)}">passwd</a>' in client.get(address(name)).content.decode()


def test_an_attachment_that_is_not_there_is_not_found(client, mail_folder, reader):
    assert client.get(address(sent(), 1)).status_code == 404


def test_what_a_mail_says_is_text_and_never_markup(client, mail_folder, reader):
    mail = letter()
    mail.subject, mail.body, mail.owner = "<b>Hej</b>", "<script>alert(1)</script>", "ffa"
    mail.send()

    for url in (PAGE, address(mail.answer.split()[-1].removesuffix("."))):
        text = client.get(url).content.decode()
        assert "<b>Hej</b>" not in text
        assert "alert(1)</script>" not in text


@pytest.mark.parametrize(
    "name",
    [
        "..%2F..%2Fmanage.py",
        "../../manage.py",
        "%2Fetc%2Fpasswd",
        "20260101T000000000000.ffa.1a2b3c4d.eml%00",
        "20260101T000000000000.ffa.1a2b3c4d.eml.half",
        "20260101T000000000000.ffa.1a2b3c4d.eml",
        "hemligt.eml",
    ],
)
def test_no_other_file_can_be_read(client, mail_folder, reader, name):
    mail_folder.mkdir()
    (mail_folder / "hemligt.eml").write_bytes(b"Subject: hemligt\r\n\r\n")
    (mail_folder / "20260101T000000000000.ffa.1a2b3c4d.eml.half").write_bytes(b"Subject: x\r\n\r\n")

    assert client.get(f"{PAGE}{name}/").status_code == 404
    assert client.get(f"{PAGE}{name}/bilaga/1/").status_code == 404


def test_another_administrations_mails_do_not_exist(client, mail_folder, reader):
    theirs = sent(owner=AdministrationFactory().slug, attached=[("a.pdf", PDF, "application/pdf")])

    assert subjects(client.get(PAGE)) == []
    assert client.get(address(theirs)).status_code == 404
    assert client.get(address(theirs, 1)).status_code == 404


def test_a_mail_that_lets_one_in_is_shown_in_demo_mode_alone(client, mail_folder, reader, settings):
    name = sent(owner="")

    settings.DEMO = False
    assert (subjects(client.get(PAGE)), client.get(address(name)).status_code) == ([], 404)
    settings.DEMO = True
    assert len(subjects(client.get(PAGE))) == 1
    assert client.get(address(name)).status_code == 200


def test_the_mailbox_is_for_those_who_may_read_it(client, mail_folder, administration):
    name = sent()
    client.force_login(UserFactory(legal_at=administration.root_unit))

    assert [client.get(url).status_code for url in (PAGE, address(name))] == [404, 404]


def test_a_stranger_is_asked_to_log_in(client, mail_folder):
    assert client.get(PAGE).headers["Location"] == f"/konto/logga-in/?next={PAGE}"


def test_with_a_mail_server_there_is_no_such_page(client, reader, mail_server):
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("mails", [1, 3])
def test_the_mailbox_costs_the_same_for_one_mail_and_for_many(
    client, mail_folder, reader, mails, django_assert_num_queries
):
    for _ in range(mails):
        sent()

    with django_assert_num_queries(3):  # session, user, grants
        assert len(subjects(client.get(PAGE))) == mails
