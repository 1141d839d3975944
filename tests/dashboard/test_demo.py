"""The demonstration data, loaded once: every step and outcome is there, told by the steps."""

from collections import Counter
from contextlib import nullcontext
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.urls import reverse
from django.utils import timezone
from stdnum.se import orgnr

from accounts.models import Administration, GoverningDocument, RoleGrant, Unit, User
from accounts.roles import Role
from advice.models import Meeting
from agreements import aid
from agreements.models import Agreement, Termination
from audit.models import Event
from audit.verify import breaks
from casework.moves import missing
from checklists.models import Measure
from collaborations import standing
from collaborations.models import (
    Collaboration,
    ConflictDeclaration,
    ConflictRuling,
    Consultation,
    Enquiry,
    FollowUp,
    Form,
    Opinion,
    Outcome,
    Reexamination,
    Remark,
    Step,
)
from collaborations.rules.agreement import what_the_proposal_lacks
from collaborations.scope import SETS
from collaborations.workflow import DECIDE
from dashboard.demo.load import load
from dashboard.demo.logins import demo_logins
from documents.store import content_of
from notifications.models import Notice, Obligation, State
from organisations.choices import LegalForm
from organisations.models import Contact, Organisation, PossibleDuplicate
from organisations.numbers import form_mismatch
from tests.factories.collaborations import one_page
from tests.factories.once import made_once
from tests.factories.versions import take_everything_loaded_away

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


class OnePage(nullcontext):
    """A printer that prints the same page each time: the whole document has tests of its own."""

    def __init__(self):
        super().__init__(self)
        self.pdf = one_page()

    def begin(self, data):
        pass

    def __call__(self, data):
        return self.pdf


@pytest.fixture(scope="module")
def mails(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder that the mails landed in. All of it is rolled back after the last test here."""
    from django.conf import settings

    before, settings.MAIL_FOLDER = settings.MAIL_FOLDER, tmp_path_factory.mktemp("mail")
    with made_once(django_db_blocker):
        take_everything_loaded_away()
        assert load(printer=OnePage)
        yield settings.MAIL_FOLDER
    settings.MAIL_FOLDER = before


@pytest.fixture(autouse=True)
def _loaded(mails, db):
    pass


def letters(folder: Path) -> list:
    return [message_from_bytes(f.read_bytes(), policy=policy.SMTPUTF8) for f in folder.iterdir()]


# --- what is there -----------------------------------------------------------------------------


def test_there_is_a_case_in_every_step_and_with_every_outcome():
    steps = Counter(Collaboration.objects.values_list("step", flat=True))

    assert set(steps) == {step.value for step in Step}
    assert steps.total() == 49
    told = Collaboration.objects.at(Step.TOLD)
    assert set(told.values_list("outcome", flat=True)) == {"refrain"}
    assert steps[Step.ONGOING] == 17


def test_two_administrations_share_the_installation_and_one_mailbox_has_an_a_with_dots():
    amf, sdf = Administration.objects.order_by("slug")

    assert amf.mailbox == "funktion.civilsamhälle@ekstad.example"
    assert [amf.collaborations.count(), sdf.collaborations.count()] == [31, 18]
    assert amf.labels["head"] == "arbetsmarknadsdirektör"
    assert sdf.labels["head"] == "stadsdelsdirektör"
    for administration in (amf, sdf):
        roles = RoleGrant.objects.filter(unit__administration=administration)
        assert set(roles.values_list("role", flat=True)) == set(Role.values)
        years = set(administration.assignments.values_list("year", flat=True))
        assert {timezone.localdate().year, timezone.localdate().year + 1} <= years
    overdue = [document.review_is_due for document in GoverningDocument.objects.all()]
    assert Counter(overdue) == {True: 1, False: 3}
    assert Unit.objects.filter(parent__parent__isnull=False).count() >= 8


def test_the_log_of_every_case_and_organisation_is_whole():
    assert list(breaks()) == []
    assert Event.objects.count() > 500


def test_the_question_sets_came_to_every_kind_of_outcome():
    cases = list(Collaboration.objects.all())
    outcomes = {
        code: {str(standing.of(case)[code].outcome) for case in cases if code in standing.of(case)}
        for code in SETS
    }

    assert outcomes["demokrati"] == {
        "antas_uppfyllt",
        "uppfyllt",
        "utreds",
        "vantar_pa_atgard",
        "ej_uppfyllt",
        "ofullstandig",
    }
    assert {"uppfyllt", "uppfyllt_med_motivering", "ej_uppfyllt"} <= outcomes["grundkrav"]
    assert outcomes["valfardsbrott"] == {"lag", "forhojd", "ofullstandig"}
    assert outcomes["offentligt_kontrakt"] >= {"inte_kontrakt", "offentligt_kontrakt"}
    assert outcomes["statligt_stod"] >= {"inte_stod", "mindre_betydelse", "oklart"}
    assert "uppfyllt" in outcomes["kommunallagen"] & outcomes["ideburen_aktor"]
    assert "uppfyllt" in outcomes["partnerskap"]


def test_a_measure_is_waited_for_and_a_new_finding_in_a_running_case_is_to_be_assessed():
    measure, matter = Measure.objects.get(), Reexamination.objects.get()

    assert measure.due_on > timezone.localdate()
    assert matter.is_open
    assert matter.case.step == Step.ONGOING
    owed = Obligation.objects.open().filter(kind__in=["measure", "reexamination"])
    assert {obligation.owner.name for obligation in owed} == {
        matter.case.responsible_manager.name,
        measure.decided_by.name,
    }
    assert Notice.objects.filter(
        kind="new_finding", person=matter.case.responsible_manager
    ).exists()


def test_conflicts_of_interest_are_open_confirmed_and_without_significance():
    assert ConflictDeclaration.objects.open().count() == 2
    rulings = ConflictRuling.objects.values_list("outcome", flat=True)
    assert sorted(rulings) == ["conflict", "insignificant"]
    handed_over = Remark.objects.get(kind=Remark.Kind.HANDED_OVER).collaboration
    assert handed_over.step == Step.ONGOING
    assert not standing.is_free(handed_over, User.objects.get(name="Mirjam Kallio Strand"))


def test_the_group_has_advised_and_has_been_asked_in_vain():
    answered = Consultation.objects.exclude(answered_at=None)
    late = Consultation.objects.unanswered().filter(due_on__lt=timezone.localdate())

    assert answered.count() == 8
    assert answered.without_case().get().assignee == User.objects.get(name="Daniel Quispe Lind")
    assert late.get().assignee is not None
    assert Meeting.objects.get().items.count() == 1
    assert late.get().collaboration.step == Step.CHECKED


def test_follow_ups_are_made_late_due_soon_and_to_come():
    today = timezone.localdate()
    ongoing = Collaboration.objects.running()

    assert ongoing.filter(next_follow_up_on__lt=today).count() == 1
    soon = today + timedelta(days=30)
    assert ongoing.filter(next_follow_up_on__range=(today, soon)).count() >= 2
    assert FollowUp.objects.filter(kind="closing").count() == 3
    most = max(case.follow_ups.filter(kind="regular").count() for case in ongoing)
    assert most == 2
    assert Obligation.objects.overdue(today).count() == 3


def test_formal_cases_are_there_in_every_form_on_their_way_and_carried_out():
    formal = Collaboration.objects.exclude(form=Form.INFORMAL)

    assert Counter(formal.values_list("form", "step")) == {
        ("other_agreement", "ongoing"): 1,
        ("other_agreement", "checked"): 1,
        ("other_agreement", "ended"): 1,
        ("other_agreement", "referred"): 1,
        ("iop", "motivated"): 1,
        ("iop", "checked"): 1,
        ("iop", "ongoing"): 1,
        ("external_funding", "motivated"): 1,
        ("external_funding", "ongoing"): 1,
        ("partner_in_project", "checked"): 1,
        ("employer", "ongoing"): 1,
    }
    assert formal.get(step=Step.REFERRED).referral.why == "public_contract"
    assert formal.get(step=Step.ENDED).decisions.last().kind == "break_off"


def test_what_we_hand_over_waits_where_the_form_is_still_informal():
    waiting = Collaboration.objects.at(Step.REGISTERED)

    assert waiting.count() == 4
    assert [case.title for case in waiting if case.terms.handed_over()]


def test_agreements_are_drafted_signed_amended_and_ended():
    assert Counter((one.kind, one.is_signed) for one in Agreement.objects.all()) == {
        ("main", True): 4,
        ("main", False): 3,
        ("amendment", True): 1,
    }
    half = Collaboration.objects.get(form=Form.IOP, step=Step.MOTIVATED)
    assert len(what_the_proposal_lacks(half)) == 7
    assert Termination.objects.get().agreement.terms.collaboration.step == Step.ENDED


def test_the_partnership_that_is_checked_waits_for_nothing_but_the_board():
    case = Collaboration.objects.get(form=Form.IOP, step=Step.CHECKED)
    case.outcome = Outcome.START

    assert [reason.rule for reason in missing(case, DECIDE)] == ["board_has_decided_where_it_must"]


def test_opinions_are_asked_and_given_and_small_aid_adds_up():
    assert Counter((one.function, bool(one.answered_at)) for one in Opinion.objects.all()) == {
        ("procurement", True): 3,
        ("legal", False): 1,
        ("finance", False): 1,
    }
    case = Collaboration.objects.get(form="other_agreement", step=Step.CHECKED)
    (had,) = aid.recipients(
        case.terms, case.organisations.all(), timezone.localdate(), here=case.administration_id
    )
    assert (had.planned, had.own, had.others, had.total) == (35_000, 160_000, 210_000, 405_000)


def test_one_case_is_secret_and_its_mails_say_nothing_of_it(mails):
    secret = Collaboration.objects.exclude(secrecy_provision="").get()
    about = [mail for mail in letters(mails) if secret.number in mail["Subject"]]

    assert secret.step == Step.ONGOING
    # The initiative was told before the mark came.
    bare = [mail for mail in about if secret.title not in mail.get_body().get_content()]
    assert len(about) - len(bare) == 1
    assert all(not list(mail.iter_attachments()) for mail in about)


# --- organisations -----------------------------------------------------------------------------


def test_the_organisations_are_of_all_forms_with_true_numbers_and_invented_addresses():
    organisations = list(Organisation.objects.all())

    assert len(organisations) == 29
    forms = Counter(organisation.legal_form for organisation in organisations)
    assert set(forms) == set(LegalForm.values) - {LegalForm.JOINT_PROPERTY, LegalForm.OTHER}
    assert forms[LegalForm.NETWORK] == 3
    for organisation in organisations:
        if organisation.org_number:
            assert orgnr.is_valid(organisation.org_number)
        assert form_mismatch(organisation.org_number, organisation.legal_form) is None
    known_at_both = [o.name for o in organisations if o.profiles.count() == 2]
    assert "Norra hamnens idrottsförening" in known_at_both
    addresses = list(Contact.objects.values_list("email", flat=True))
    assert addresses
    assert all(address.endswith(".example") for address in addresses)
    assert Enquiry.objects.count() == 7
    (pair,) = PossibleDuplicate.objects.with_both()
    assert {pair.one.name, pair.other.name} == {
        "Norra hamnens idrottsförening",
        "Idrottsföreningen Norra hamnen",
    }


def test_they_were_registered_before_their_first_case():
    for case in Collaboration.objects.prefetch_related("organisations"):
        assert all(one.created_at < case.registered_at for one in case.organisations.all())


# --- time and mails ----------------------------------------------------------------------------


def test_everything_happened_in_the_past_and_in_order():
    now = timezone.now()
    assert Event.objects.filter(at__gt=now).count() == 0
    for case in Collaboration.objects.all():
        times = list(Event.objects.of(case).order_by("number").values_list("at", flat=True))
        assert times == sorted(times)
    numbers = list(Collaboration.objects.order_by("registered_at").values_list("number", flat=True))
    of_amf = [number for number in numbers if number.startswith("AMF")]
    assert of_amf == sorted(of_amf)


def test_every_mail_was_told_on_its_day_but_one_that_was_refused(mails):
    states = Counter(Notice.objects.values_list("state", flat=True))

    assert states[State.REFUSED] == 1
    assert states[State.TOLD_OTHERWISE] == 1
    # One has chosen a mail a day: on a weekend the latest to that person wait.
    assert set(states) - {State.HELD} == {State.SENT, State.REFUSED, State.TOLD_OTHERWISE}
    by_themselves = Notice.objects.filter(state=State.SENT, digest=None).count()
    assert len(list(mails.iterdir())) == by_themselves > 100
    assert states[State.SENT] > by_themselves
    sent = [mail for mail in letters(mails) if "civilsamhälle@" in str(mail["To"])]
    assert any(list(mail.iter_attachments()) for mail in sent)
    refused = Notice.objects.get(state=State.REFUSED)
    case = next(c for c in Collaboration.objects.at(Step.DOCUMENTED) if c.chain == refused.about)
    assert refused.responsible == case.responsible_manager
    twice = Notice.objects.filter(attempts__outcome="unanswered").get()
    assert twice.state == State.SENT


def test_every_decision_but_the_last_has_its_document():
    for case in Collaboration.objects.exclude(outcome=""):
        decision = case.decisions.get(kind=case.outcome)
        if case.step == Step.DECIDED:
            assert not hasattr(decision, "document")
        else:
            assert content_of(decision.document.stored).startswith(b"%PDF")


def test_reminders_were_written_on_their_days():
    reminders = Notice.objects.filter(kind__startswith="reminder")

    assert reminders.count() > 10
    late = reminders.get(kind="reminder_after", about=late_one().chain, person=late_one().officer)
    assert timezone.localdate(late.created_at) < timezone.localdate()


def late_one() -> Collaboration:
    return Collaboration.objects.running().with_late_follow_up().get()


# --- logging in --------------------------------------------------------------------------------


def test_each_listed_login_works_and_every_role_is_among_them():
    roles = set()
    for login in demo_logins():
        person = User.objects.get(email=login["email"])
        assert person.check_password(login["password"])
        roles |= set(person.grants.values_list("role", flat=True))

    assert roles == set(Role.values)
    validate_password(login["password"], person)


@pytest.mark.parametrize("demo", [True, False])
def test_the_login_page_lists_them_in_demo_mode_only(client, settings, demo):
    settings.DEMO = demo

    page = client.get(reverse("account_login")).content.decode()

    assert ("tomas.nyhagen@ekstad.example" in page) is demo


def test_a_second_run_changes_nothing(mails):
    before = Event.objects.count(), Notice.objects.count(), len(list(mails.iterdir()))

    assert load(printer=OnePage) is False

    assert (Event.objects.count(), Notice.objects.count(), len(list(mails.iterdir()))) == before
