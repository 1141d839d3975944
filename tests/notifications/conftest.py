import pytest

from tests.notifications.smtp_sink import SmtpSink

FOLDER, SMTP = "notifications.folder.EmailBackend", "notifications.smtp.EmailBackend"


@pytest.fixture
def mail_server(settings):
    """An SMTP server that takes everything, and the program set to use it."""
    with SmtpSink() as sink:
        settings.EMAIL_BACKEND = SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        settings.EMAIL_TIMEOUT = 5
        yield sink


@pytest.fixture
def mail_folder(settings, tmp_path):
    """The embedded backend, writing to a folder of the test's own."""
    settings.EMAIL_BACKEND = FOLDER
    settings.MAIL_FOLDER = tmp_path / "mail"
    return settings.MAIL_FOLDER
