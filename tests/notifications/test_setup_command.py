"""`manage.py setup`: from an empty database to somebody who can log in and add the rest."""

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Administration, RoleGrant, Unit, User
from accounts.permissions import Permission, may
from audit.models import Event

PASSWORD = "gul-ekorre-under-bron"

FACTS = {
    "administration": "Arbetsförvaltningen",
    "unit": "Civilsamhällesenheten",
    "mailbox": "samverkan.ä@staden.example",
    "name": "Alva Ek",
    "email": "Alva.Ek@staden.example",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def password_file(tmp_path):
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n")
    return file


@pytest.fixture
def setup(settings, password_file):
    """Run the command without questions and return what it says."""
    settings.MAIL = "folder"

    def run(**facts):
        said = io.StringIO()
        given = {"password_file": password_file, "interactive": False} | FACTS | facts
        call_command("setup", stdout=said, **given)
        return said.getvalue()

    return run


def everything():
    return [model.objects.count() for model in (Administration, Unit, User, RoleGrant)]


def test_an_empty_installation_gets_an_administration_a_unit_and_an_administrator(setup):
    setup()

    administration = Administration.objects.get()
    person = User.objects.get()
    assert (administration.name, administration.slug) == ("Arbetsförvaltningen", "arbetsforval")
    assert administration.mailbox == "samverkan.ä@staden.example"
    assert [(unit.name, unit.parent) for unit in Unit.objects.all()] == [
        ("Arbetsförvaltningen", None),
        ("Civilsamhällesenheten", administration.root_unit),
    ]
    assert (person.name, person.email) == ("Alva Ek", "alva.ek@staden.example")
    assert may(person, Permission.REFERENCE_DATA_EDIT, administration)


def test_the_administrator_can_log_in(setup, client):
    setup()

    assert client.login(email="alva.ek@staden.example", password=PASSWORD)


@pytest.mark.usefixtures("nothing_loaded")
def test_what_was_added_stands_in_the_log_of_reference_data(setup):
    setup()

    told = [(each.code, each.actor_name, each.details["model"]) for each in Event.objects.all()]
    assert told == [
        ("reference_data_added", "Alva Ek", model)
        for model in (
            "accounts.administration",
            "accounts.unit",
            "accounts.unit",
            "accounts.user",
            "accounts.rolegrant",
        )
    ]


def test_a_second_setup_is_refused_and_changes_nothing(setup):
    setup()
    before = everything()

    with pytest.raises(CommandError, match="Det finns redan en förvaltning här: Arbetsförv"):
        setup(administration="En annan förvaltning", email="ny@staden.example")

    assert everything() == before


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"mailbox": "samverkan"}, r"brevlåda \(--mailbox\): Skriv en e-postadress"),
        ({"email": "alva"}, r"e-postadress \(--email\): "),
        ({"unit": None}, r"enheten \(--unit\): "),
        ({"code": "Å Ä"}, r"ärendenumren \(--code\): "),
    ],
)
def test_an_unusable_fact_is_named_and_nothing_is_made(setup, facts, sentence):
    with pytest.raises(CommandError, match=sentence):
        setup(**facts)

    assert everything() == [0, 0, 0, 0]


@pytest.mark.parametrize("password", ["kort", "alva.ek@staden.example", "12345678901"])
def test_a_weak_password_is_refused_and_nothing_is_made(setup, password_file, password):
    password_file.write_text(password)

    with pytest.raises(CommandError, match="[Ll]ösenord"):
        setup()

    assert everything() == [0, 0, 0, 0]


def test_without_questions_a_password_file_is_demanded(setup):
    with pytest.raises(CommandError, match="--password-file"):
        setup(password_file=None)


def test_demo_mode_has_nothing_to_set_up(setup, settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match="demoläget"):
        setup()


def test_what_is_not_given_is_asked_for_until_the_answer_will_do(
    settings, password_file, monkeypatch, capsys
):
    settings.MAIL = "folder"
    answers = [
        "Kulturförvaltningen",
        "",
        "kultur",
        "Biblioteken",
        "ingen adress",
        "bibliotek@staden.example",
        "",
        "Alva Ek",
        "alva@staden.example",
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers) + "\n"))

    call_command("setup", password_file=password_file)

    administration = Administration.objects.get()
    said = capsys.readouterr()
    assert (administration.short_name, administration.slug) == ("Kulturförvaltningen", "kultur")
    assert administration.mailbox == "bibliotek@staden.example"
    assert "Kortnamn [Kulturförvaltningen]:" in said.out
    assert "Skriv en e-postadress" in said.err


def test_an_interrupted_conversation_makes_nothing(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("Kulturförvaltningen\n"))

    with pytest.raises(CommandError, match="Inget svar på: Kortnamn"):
        call_command("setup")

    assert everything() == [0, 0, 0, 0]


def test_setup_says_at_once_whether_the_mailbox_can_be_reached(setup, settings, mail_server):
    settings.MAIL = "smtp"
    mail_server.offers_smtputf8 = False

    assert "Ange en reservadress" in setup()
