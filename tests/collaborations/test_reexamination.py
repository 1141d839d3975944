"""Something new about an organisation we already work with opens the matter again (G-31, G-82)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from casework.moves import NotAllowed, Stale
from checklists.answer_checks import AnswerInput
from checklists.models import Finding
from collaborations import standing
from collaborations.guards import REEXAMINATION_COLUMNS
from collaborations.models import Reexamination, Step
from collaborations.steps.decide import decide
from collaborations.steps.declare import declare
from collaborations.steps.hand_over import hand_over, mark_secret
from collaborations.steps.reexamine import concerned, report_finding
from notifications.models import Notice, Obligation
from tests.factories.accounts import UnitFactory, UserFactory
from tests.factories.collaborations import case_at, decision_to_start, free_answers, place
from tests.factories.democracy import (
    a_finding,
    allow_measures,
    assessed,
    declared,
    demanded,
    ended,
    found,
    judged,
    opened,
    outcome,
    reported,
    the_finding,
    today,
)
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory()


@pytest.fixture
def running(at, organisation):
    """Decided to start: the step before it runs is as good, and needs no document."""
    case, _ = case_at(Step.DECIDED, at, organisations=[organisation])
    standing.forget(case)
    return case


def test_a_new_finding_opens_a_matter_of_its_own_and_leaves_the_decision(at, running):
    matter = opened(running, at)

    assert (matter.case, matter.organisation) == (running, running.organisations.get())
    assert matter.administration == at.administration
    assert (outcome(running), found(matter)) == ("antas_uppfyllt", "utreds")
    finding = the_finding(matter)
    assert (finding.organisation, finding.registered_by) == (matter.organisation, at.officer)


@pytest.mark.parametrize("step", [Step.DECIDED, Step.TOLD, Step.ONGOING])
def test_it_can_be_registered_from_the_decision_until_the_end(at, step):
    case, _ = case_at(Step.DECIDED if step != Step.ONGOING else step, at)
    if step == Step.TOLD:
        type(case).objects.filter(pk=case.pk).update(step=step)
        case.refresh_from_db()

    assert opened(case, at).is_open


@pytest.mark.parametrize(
    ("step", "outcome"), [(Step.MOTIVATED, "start"), (Step.TOLD, "refrain"), (Step.ENDED, "start")]
)
def test_before_the_decision_after_the_end_and_where_we_refrained_it_cannot(at, step, outcome):
    case, _ = case_at(step, at, outcome=outcome)

    with pytest.raises(NotAllowed):
        report_finding(case, given=a_finding(), by=at.officer)
    assert not Reexamination.objects.exists()


def test_the_next_finding_joins_what_is_open_also_from_another_case(at, running, organisation):
    other, _ = case_at(Step.DECIDED, at, organisations=[organisation])
    first = opened(running, at)
    second = opened(other, at, what="Ännu ett uttalande.")

    assert second == first
    assert first.assessment.findings.count() == 2
    assert Obligation.objects.filter(kind="reexamination").count() == 1


def test_the_same_finding_sent_twice_is_one(at, running):
    opened(running, at)
    opened(running, at)

    assert (Finding.objects.count(), Notice.objects.filter(kind="new_finding").count()) == (1, 1)


def test_the_manager_owes_an_assessment_within_thirty_days(at, running):
    matter = opened(running, at)

    owed = Obligation.objects.get(kind="reexamination")
    assert (owed.owner, owed.due_on) == (at.manager, today() + timedelta(days=30))
    assert (owed.about, owed.path) == (matter.chain, matter.get_absolute_url())


def test_every_responsible_manager_there_is_told_once_and_reads_nothing_of_it(
    at, running, organisation
):
    unit = UnitFactory(administration=at.administration)
    manager, officer = UserFactory(manager_at=unit), UserFactory(officer_at=unit)
    beside = type(at)(unit, manager, officer, at.head, at.adviser, at.registrar)
    case_at(Step.DECIDED, beside, organisations=[organisation])

    opened(running, at)

    told = Notice.objects.filter(kind="new_finding")
    assert {notice.to_address for notice in told} == {at.manager.email, manager.email}
    assert len(told) == 2
    assert not any("uttalande på webbplatsen" in notice.body for notice in told)


def test_with_a_secrecy_mark_the_mail_names_nobody(at, running, organisation):
    mark_secret(running, provision="OSL 26:1", by=at.officer, version=running.version)

    opened(running, at)

    notice = Notice.objects.get(kind="new_finding")
    assert organisation.name not in notice.subject + notice.body
    assert notice.subject == f"Ärende {running.number}"


def test_the_other_cases_log_says_that_a_matter_was_opened(at, running, organisation):
    other, _ = case_at(Step.DECIDED, at, organisations=[organisation])

    opened(running, at)

    assert Event.objects.of(other).last().code == "reexamination_opened"
    assert Event.objects.of(running).last().code == "new_finding"


def test_no_new_start_is_decided_with_the_organisation_meanwhile(at, running, organisation):
    new, _ = case_at(Step.CHECKED, at, organisations=[organisation])
    declared(new, at.manager)
    matter = opened(running, at)

    with pytest.raises(NotAllowed) as refusal:
        decide(new, **decision_to_start(at), by=at.manager, version=new.version)
    assert "organisation_is_not_being_reexamined" in {r.rule for r in refusal.value.reasons}

    judged(running, at, the_finding(matter), "not_against")
    ended(matter, at)
    standing.forget(new)
    decide(new, **decision_to_start(at), by=at.manager, version=new.version)


def test_other_organisations_and_other_administrations_are_not_touched(at, running, organisation):
    elsewhere = place()
    there, _ = case_at(Step.CHECKED, elsewhere, organisations=[organisation])
    beside, _ = case_at(Step.CHECKED, at)
    opened(running, at)

    for case, where in ((there, elsewhere), (beside, at)):
        declared(case, where.manager)
        decide(case, **decision_to_start(where), by=where.manager, version=case.version)


# --- judging, measures, the end -------------------------------------------------------------------


def test_what_is_judged_and_found_is_the_outcome(at, running):
    matter = opened(running, at)
    finding = judged(running, at, the_finding(matter), "not_against")
    assert found(matter) == "uppfyllt"

    judged(running, at, finding, "against")
    assert found(matter) == "ej_uppfyllt"


def test_measures_are_used_here_too_and_met_by_what_is_sufficient(at, running):
    allow_measures(at)
    matter = opened(running, at)
    finding = judged(running, at, the_finding(matter))
    declared(running, at.manager)

    measure = demanded(running, at, finding)
    assert found(matter) == "vantar_pa_atgard"
    assert Obligation.objects.get(kind="measure").about == matter.chain

    reported(running, at, measure)
    assessed(running, at, measure)
    assert found(matter) == "uppfyllt_efter_atgard"
    assert not Obligation.objects.get(kind="measure").is_open


def test_it_is_not_closed_while_something_is_unjudged_or_waits(at, running):
    allow_measures(at)
    matter = opened(running, at)
    with pytest.raises(NotAllowed, match="Alla uppgifter är inte bedömda"):
        ended(matter, at)

    demanded(running, at, judged(running, at, the_finding(matter)))
    with pytest.raises(NotAllowed, match="väntar på redovisning"):
        ended(matter, at)
    assert Reexamination.objects.get().is_open


def test_the_manager_closes_it_with_reasons_and_the_obligation_is_met(at, running):
    matter = opened(running, at)
    judged(running, at, the_finding(matter))

    closed = ended(matter, at)

    assert (closed.outcome, closed.reasons, closed.closed_by) == (
        "ej_uppfyllt",
        "Skäl.",
        at.manager,
    )
    assert Obligation.objects.get(kind="reexamination").met_by == f"prövning {today()}"
    assert Event.objects.of(running).last().details["outcome"] == "ej_uppfyllt"
    with pytest.raises(NotAllowed):
        ended(matter, at, by=at.officer)


def test_a_page_that_shows_less_than_is_registered_closes_nothing(at, running):
    matter = opened(running, at)
    judged(running, at, the_finding(matter), "not_against")
    version = Reexamination.objects.get().version
    added = report_finding(running, given=a_finding(what="Mer."), by=at.officer)
    judged(running, at, added, "not_against")

    with pytest.raises(Stale):
        ended(matter, at, version=version)
    with pytest.raises(Stale):
        ended(matter, at, outcome="ej_uppfyllt")
    assert Reexamination.objects.get().is_open


def test_after_it_is_closed_the_next_finding_opens_another(at, running):
    matter = opened(running, at)
    judged(running, at, the_finding(matter), "not_against")
    ended(matter, at)

    assert opened(running, at, what="Något nytt.") != matter


def test_one_with_an_unresolved_conflict_neither_registers_nor_judges(at, running):
    matter = opened(running, at)
    out = UserFactory(officer_at=at.unit)
    answers = {**free_answers(), "JV-1": AnswerInput("ja", companions={"text": "En vän."})}
    declare(running, inputs=answers, by=out)
    standing.forget(running)
    before = Finding.objects.get().version

    with pytest.raises(NotAllowed, match="anmält jäv"):
        report_finding(running, given=a_finding(what="Mer."), by=out)
    with pytest.raises(NotAllowed, match="anmält jäv"):
        judged(running, type(at)(at.unit, at.manager, out, None, None, None), the_finding(matter))
    assert Finding.objects.get().version == before


def test_one_who_may_not_follow_up_there_cannot_register(at, running):
    for person in (at.adviser, at.registrar, UserFactory(employee_at=at.unit), place().officer):
        with pytest.raises(NotAllowed):
            report_finding(running, given=a_finding(), by=person)


def test_who_takes_over_the_case_takes_over_the_matter(at, running):
    opened(running, at)
    other = UserFactory(manager_at=at.unit)

    hand_over(running, manager=other, reason="Ledig.", by=at.manager, version=running.version)

    assert Obligation.objects.get(kind="reexamination").owner == other


def test_it_concerns_all_that_is_decided_or_runs_there(at, running, organisation):
    other, _ = case_at(Step.DECIDED, at, organisations=[organisation])
    case_at(Step.DECIDED, place(), organisations=[organisation])
    case_at(Step.TOLD, at, organisations=[organisation], outcome="refrain")

    assert set(concerned(opened(running, at))) == {running, other}


# --- who sees it, and what the database holds -----------------------------------------------------


def test_it_is_seen_by_those_who_see_a_case_with_the_organisation_there(at, running, organisation):
    matter, elsewhere = opened(running, at), place()
    case_at(Step.DECIDED, elsewhere, organisations=[organisation])
    seeing = [at.manager, at.officer, at.head, at.adviser, at.registrar]
    blind = [elsewhere.manager, elsewhere.head, UserFactory(employee_at=at.unit)]

    rows = Reexamination.objects
    assert all(list(rows.visible_to(person)) == [matter] for person in seeing)
    assert not any(rows.visible_to(person).exists() for person in blind)


def refused(do) -> bool:
    try:
        with transaction.atomic():
            do()
    except IntegrityError:
        return True
    return False


def test_a_closed_matter_never_changes_but_for_a_merge(at, running):
    matter = opened(running, at)
    judged(running, at, the_finding(matter))
    ended(matter, at)
    rows = Reexamination.objects.filter(pk=matter.pk)

    assert refused(lambda: rows.update(outcome="uppfyllt"))
    assert refused(lambda: rows.update(closed_at=None, closed_by=None, outcome="", reasons=""))
    assert refused(lambda: rows._raw_delete("default"))
    assert rows.update(organisation=OrganisationFactory()) == 1


@pytest.mark.parametrize(
    "half", [{"outcome": "uppfyllt"}, {"reasons": "Skäl."}, {"outcome": "utreds"}]
)
def test_the_database_keeps_no_half_end(at, running, half):
    rows = Reexamination.objects.filter(pk=opened(running, at).pk)

    assert refused(lambda: rows.update(**half))


def test_every_column_but_the_organisation_is_kept_by_the_guard():
    columns = {field.column for field in Reexamination._meta.concrete_fields}

    assert columns - set(REEXAMINATION_COLUMNS) == {"organisation_id"}
