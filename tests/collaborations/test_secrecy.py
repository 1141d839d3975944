"""A secrecy mark: the mails carry the number and a link, and nothing more."""

from collaborations.models import Step
from collaborations.steps.hand_over import mark_secret
from notifications.models import Notice
from tests.factories.collaborations import case_at, deliver_everything, go_decide, registered

PROVISION = "OSL 31 kap. 16 §"


def letters(case) -> str:
    return "\n".join(
        f"{notice.subject}\n{notice.body}" for notice in Notice.objects.about(case.chain)
    )


def mark(case, at, provision=PROVISION):
    mark_secret(case, provision=provision, by=at.registrar, version=case.version)


def test_what_was_written_and_not_sent_before_the_mark_is_hidden_too(at):
    case = registered(at, title="Stödsamtal för unga")
    assert "Stödsamtal för unga" in letters(case)

    mark(case, at)

    assert "Stödsamtal" not in letters(case)
    assert case.number in letters(case)
    assert f"/arenden/{case.pk}/" in letters(case)


def test_the_decision_of_a_secret_case_is_told_without_words_and_without_the_file(at):
    case, _ = case_at(Step.CHECKED, at, title="Stödsamtal för unga")
    mark(case, at)
    go_decide(case, at, "start")
    deliver_everything(case)

    told = Notice.objects.about(case.chain).get(kind="decision")
    assert (told.subject, told.attachment) == (f"Ärende {case.number}", None)
    assert "Stödsamtal" not in letters(case)
    assert case.decisions.get().document.stored.secrecy_mark == PROVISION


def test_the_mark_can_be_taken_away_again(at):
    case = registered(at)
    mark(case, at)
    assert (case.is_secret, case.secrecy_by) == (True, at.registrar)
    mark(case, at, provision="")
    assert (case.is_secret, case.secrecy_by, case.secrecy_at) == (False, None, None)
