"""What a browser would send from the page of a set, and what becomes of it."""

from django.http import QueryDict

from checklists.answering import save_answers
from checklists.forms import AnswersForm
from checklists.models import Assessment
from tests.factories.accounts import UserFactory
from tests.factories.checklists import NOW, AssessmentFactory, QuestionFactory, facts


def fresh(assessment):
    return Assessment.objects.with_answers().get(pk=assessment.pk)


def form_of(assessment, data=None, case=None, **more):
    return AnswersForm(fresh(assessment), case or facts(), data, **more)


def page(assessment, changed=(), case=None):
    """What a browser would send from the page as it stands, with some fields changed."""
    data = QueryDict(mutable=True)
    data["fragornas_version"] = str(assessment.version_id)
    for card in form_of(assessment, case=case).cards:
        for bound in card:
            value = bound.value()
            if isinstance(value, list):
                data.setlist(bound.html_name, value)
            elif value is True:
                data[bound.html_name] = "on"
            elif value is not None:
                data[bound.html_name] = str(value)
    for name, value in dict(changed).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def save(assessment, form, by=None):
    assert form.is_valid(), form.errors
    return save_answers(
        assessment, form.inputs(), versions=form.versions(), by=by or UserFactory(), now=NOW
    )


def asking(*questions):
    return AssessmentFactory(asking=[QuestionFactory.build(**facts) for facts in questions])


def two_questions():
    return asking({"code": "PR-01"}, {"code": "PR-02"})
