"""Loading is idempotent, never edits what is published, and stands back for people."""

import shutil
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from audit.models import Event
from checklists.load import CONTENT, load_question_sets
from checklists.marked_yaml import Malformed
from checklists.models import Question, QuestionSet, Version
from checklists.versions import draft_next, publish
from tests.factories.checklists import LONG_AGO

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    for path in CONTENT.glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(folder, name="jav", old="vänskap, ovänskap", new="vänskap, släktskap, ovänskap"):
    path = folder / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def versions_of(code):
    return list(Version.objects.filter(question_set__code=code).order_by("number"))


def test_all_sets_are_loaded_published_and_marked_as_a_proposal():
    load_question_sets(starts_on=LONG_AGO)

    assert list(QuestionSet.objects.values_list("code", "about")) == [
        ("demokrati", "organisation"),
        ("grundkrav", "organisation"),
        ("ideburen_aktor", "case"),
        ("jav", "person"),
        ("kommunallagen", "case"),
        ("offentligt_kontrakt", "case"),
        ("partnerskap", "case"),
        ("statligt_stod", "case"),
        ("valfardsbrott", "organisation"),
    ]
    assert {
        (version.number, version.starts_on, version.proposal, version.is_published)
        for version in Version.objects.all()
    } == {(1, LONG_AGO, True, True)}
    assert Question.objects.count() == 25 + 11 + 14 + 4 + 6 + 6 + 8 + 18 + 7


def test_loading_the_same_files_again_changes_nothing():
    load_question_sets(starts_on=LONG_AGO)
    before = list(Question.objects.order_by("pk").values())
    events = Event.objects.count()

    said = load_question_sets()

    assert list(Question.objects.order_by("pk").values()) == before
    assert Event.objects.count() == events
    assert said[0] == "Demokrativillkor: oförändrad."


def test_a_changed_file_becomes_a_new_version_from_today(folder):
    load_question_sets(folder, starts_on=LONG_AGO)
    first = list(versions_of("jav")[0].questions.values())
    change(folder)

    load_question_sets(folder)

    old, new = versions_of("jav")
    assert (new.number, new.starts_on) == (2, timezone.localdate())
    assert "släktskap" in new.questions.get(code="JV-4").help
    assert list(old.questions.values()) == first
    assert len(versions_of("grundkrav")) == 1


def test_a_file_changed_twice_in_a_day_begins_the_day_after(folder):
    load_question_sets(folder)
    change(folder)

    said = load_question_sets(folder)

    tomorrow = timezone.localdate() + timedelta(days=1)
    assert versions_of("jav")[-1].starts_on == tomorrow
    assert f"Jävsförklaring: version 2, 4 rader, gäller {tomorrow}." in said


def test_a_file_that_is_changed_back_is_a_new_version_too(folder):
    load_question_sets(folder, starts_on=LONG_AGO)
    change(folder)
    load_question_sets(folder)
    change(folder, old="vänskap, släktskap, ovänskap", new="vänskap, ovänskap")

    load_question_sets(folder)

    assert [version.number for version in versions_of("jav")] == [1, 2, 3]


def test_a_version_that_a_person_made_is_left_in_peace(folder):
    load_question_sets(folder, starts_on=LONG_AGO)
    own = draft_next(QuestionSet.objects.get(code="jav"))
    publish(own, starts_on=timezone.localdate())

    assert "Jävsförklaring: oförändrad." in load_question_sets(folder)

    change(folder)
    said = load_question_sets(folder)
    assert len(versions_of("jav")) == 2
    assert [line for line in said if "version 2 är gjord i programmet och står kvar" in line]


def test_a_draft_that_a_person_has_begun_is_left_in_peace(folder):
    load_question_sets(folder, starts_on=LONG_AGO)
    draft_next(QuestionSet.objects.get(code="jav"))
    change(folder)

    load_question_sets(folder)

    assert [version.is_published for version in versions_of("jav")] == [True, False]


def test_one_faulty_file_stops_them_all(folder):
    change(folder, name="valfardsbrott", old="answer: val\n", new="answer: vad\n")

    with pytest.raises(Malformed, match=r"valfardsbrott.yaml, rad \d+: answer ska vara något av"):
        load_question_sets(folder)

    assert QuestionSet.objects.count() == 0


def test_one_set_in_two_files_is_refused(folder):
    shutil.copy(folder / "jav.yaml", folder / "jav_igen.yaml")

    with pytest.raises(Malformed, match="uppsättningen jav står i två filer"):
        load_question_sets(folder)


def test_publishing_is_in_the_log_without_texts():
    load_question_sets(starts_on=LONG_AGO)

    event = Event.objects.filter(code="version_published").order_by("number").first()
    assert event.details == {
        "set": "demokrati",
        "rule_set": "",
        "number": 1,
        "starts_on": "2020-01-01",
    }
    assert event.actor_name == "Samverkan (programmet)"


def test_the_command_says_what_it_did_and_refuses_in_swedish(folder, capsys):
    call_command("load_question_sets", folder=folder)
    assert "Jävsförklaring: version 1, 4 rader" in capsys.readouterr().out

    (folder / "trasig.yaml").write_text("code: [", encoding="utf-8")
    with pytest.raises(CommandError, match="Ingenting lästes in. trasig.yaml, rad [12]"):
        call_command("load_question_sets", folder=folder)


def test_an_empty_folder_is_a_mistake(tmp_path):
    with pytest.raises(CommandError, match="Det finns inga YAML-filer"):
        call_command("load_question_sets", folder=tmp_path)
