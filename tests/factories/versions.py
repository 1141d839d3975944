"""A newer version of one of the repository's sets, in force from today unless told otherwise."""

from django.db import connection
from django.utils import timezone

from audit.guards import all_guards, lift, make
from audit.models import Event, Register
from checklists.load import load_question_sets
from checklists.models import Question, QuestionSet, Version
from checklists.versions import draft_next, publish
from tests.factories.checklists import LONG_AGO, QuestionFactory


def load_long_ago() -> None:
    """The repository's sets, begun so long ago that another version can begin today."""
    load_question_sets(starts_on=LONG_AGO)


def take_everything_loaded_away() -> None:
    """The sets that all tests begin with, and what the log says of them (tests/conftest.py)."""
    models = (Question, Version, QuestionSet, Event, Register)
    tables = {model._meta.db_table for model in models}
    guards = [guard for guard in all_guards() if guard.table in tables]
    lift(connection, guards)
    for model in models:
        model.objects.all()._raw_delete(connection.alias)
    make(connection, guards)


def newer_version(code="valfardsbrott", *, starts_on=None, by=None, change=None) -> Version:
    """Publish the next version. change: (draft) → what differs; see `reword` for the usual."""
    draft = draft_next(QuestionSet.objects.get(code=code, rule_set=""), by=by)
    (change or CHANGES[code])(draft)
    return publish(draft, starts_on=starts_on or timezone.localdate(), by=by)


def change_of_signs(draft: Version) -> None:
    """VB-02 asks something else, VB-03 is gone, VB-90 is new, VB-01 has another help."""
    draft.questions.filter(code="VB-01").update(help="Se årsredovisningen.")
    draft.questions.filter(code="VB-02").update(text="Har något annat hänt?")
    draft.questions.filter(code="VB-03").delete()
    QuestionFactory(
        version=draft,
        code="VB-90",
        position=900,
        group="Varningssignaler",
        text="Är något nytt på gång?",
        undesired=[],
        effect_informal="-",
        effect_formal="-",
    )


def change_of_requirements(draft: Version) -> None:
    """GK-03 leads to something else in an informal collaboration."""
    draft.questions.filter(code="GK-03").update(effect_informal="B")


CHANGES = {"valfardsbrott": change_of_signs, "grundkrav": change_of_requirements}
