from datetime import date

import pytest

from notifications import outbox
from notifications.obligations import oblige
from tests.factories.accounts import AdministrationFactory, UnitFactory, UserFactory
from tests.notifications.smtp_sink import SmtpSink

FOLDER, SMTP = "notifications.folder.EmailBackend", "notifications.smtp.EmailBackend"
MAILBOX = "brevlåda.för.samverkan@staden.example"


@pytest.fixture
def mail_server(settings):
    """An SMTP server that takes everything, and the program set to use it."""
    with SmtpSink() as sink:
        settings.MAIL, settings.EMAIL_BACKEND = "smtp", SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_TIMEOUT = 5
        yield sink


@pytest.fixture
def power_cut(mail_server, worker):
    """power_cut(ask): a real worker does what is asked, and dies between the server's yes and the
    commit, while the server keeps it waiting for its goodbye. Returns what `ask` did.
    """

    def power_cut(ask):
        mail_server.hold_after_yes()
        worker.environment |= {
            "SAMVERKAN_MAIL": "smtp",
            "SAMVERKAN_SMTP_HOST": "127.0.0.1",
            "SAMVERKAN_SMTP_PORT": str(mail_server.port),
        }
        worker.start()
        asked = ask()
        assert mail_server.said_yes.wait(30), worker.said()
        worker.kill()
        mail_server.release()
        return asked

    return power_cut


@pytest.fixture
def mail_folder(settings, tmp_path):
    """The embedded backend, writing to a folder of the test's own."""
    settings.MAIL, settings.EMAIL_BACKEND = "folder", FOLDER
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER


@pytest.fixture
def administration(db):
    return AdministrationFactory(slug="ffa", mailbox=MAILBOX)


@pytest.fixture
def admin(administration):
    return UserFactory(admin_at=administration.root_unit)


@pytest.fixture
def unit(administration):
    return UnitFactory(administration=administration)


@pytest.fixture
def manager(unit):
    return UserFactory(manager_at=unit)


@pytest.fixture
def write(administration):
    """Queue a notice to the mailbox; give other facts to change some."""

    def write(key="decision:12", **facts):
        ordinary = {
            "kind": "decision",
            "about": "collaborations.collaboration:12",
            "administration": administration,
            "to": administration.mailbox,
            "subject": "Beslut: språkcafé",
            "body": "Beslut har fattats.\n",
        }
        return outbox.queue(key, **ordinary | facts)

    return write


@pytest.fixture
def promise(unit, manager):
    """Something to follow up, due on 1 June 2026; give other facts to change some."""

    def oblige_(key="follow-up:12", **facts):
        ordinary = {
            "kind": "follow_up",
            "about": "collaborations.collaboration:12",
            "unit": unit,
            "owner": manager,
            "what": "Uppföljning av FFA-2026-12",
            "path": "/arenden/12/uppfoljning/",
            "due_on": date(2026, 6, 1),
        }
        return oblige(key, **ordinary | facts)

    return oblige_
