"""Whatever people press, in whatever order: nothing is signed with a gate unmet."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from agreements import reading
from agreements.completeness import missing_sections
from agreements.content import Content
from agreements.models import Agreement, Draft
from audit.verify import first_break
from casework.moves import NotAllowed, Stale
from collaborations.models import Collaboration, DialogueNote, Form
from collaborations.steps import agree
from collaborations.steps.amend import amend
from collaborations.steps.break_off import break_off
from collaborations.steps.decide import decide
from collaborations.steps.dialogue import note_dialogue
from collaborations.steps.tell import start_formal
from tests.factories.agreements import fill, sign_it, signatures
from tests.factories.collaborations import decision_to_start, place
from tests.factories.formal import board_decides, checked, delegated, told
from tests.factories.once import made_once
from tests.factories.shortcoming import assessed

TODAY = timezone.localdate
FORMS = (Form.OTHER_AGREEMENT, Form.IOP)
BEGINNINGS = {"checked": checked, "told": told}
PEOPLE = ("officer", "manager", "head", "adviser")


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker):
    with made_once(django_db_blocker):
        at = place()
        delegated(at, Form.OTHER_AGREEMENT)  # the cases that are told have their own
        yield (
            at,
            {
                (begins, form): make(at, form).pk
                for begins, make in BEGINNINGS.items()
                for form in FORMS
            },
        )


def drafted(case) -> Agreement:
    found = reading.being_drafted(case.terms)
    if found is None:
        raise NotAllowed([])
    return found


def main_of(case) -> Agreement:
    found = reading.latest_signed(case.terms)
    if found is None:
        raise NotAllowed([])
    return found


def write(case, at, by, text="Andra ord."):
    agreement = drafted(case)
    code = agreement.changes[0] if agreement.changes else "uppfoljning"
    base = agreement.drafts.first().number
    agree.write_section(case, agreement, code, base=base, text=text, by=by)


def refill(case, at, by):
    fill(case, drafted(case), at)


def sign(case, at, by, **facts):
    sign_it(case, at, drafted(case), **{"by": by, **facts})


def start_it(case, at, by):
    start_formal(case, by=by, version=case.version)


def board(case, at, by):
    board_decides(case, at, by=by)


def note_all(case, at, by):
    if not case.shortcomings.assessed().exists():
        assessed(case, at)
    for kind in DialogueNote.Kind:
        note_dialogue(
            case,
            form_key=uuid4(),
            kind=kind,
            held_on=TODAY(),
            who="styrelsen",
            how="meeting",
            text="Sagt.",
            by=by,
        )


DEEDS = {
    "write": write,
    "empty": lambda case, at, by: write(case, at, by, text=""),
    "refill": refill,
    "drop": lambda case, at, by: agree.drop(case, drafted(case), by=by),
    "begin": lambda case, at, by: agree.begin_agreement(
        case,
        form_key=uuid4(),
        template="partnership" if case.form == Form.IOP else "formal",
        by=by,
    ),
    "board": board,
    "decide": lambda case, at, by: decide(
        case, **decision_to_start(at), by=by, version=case.version
    ),
    "sign": sign,
    "sign by another": lambda case, at, by: sign(
        case, at, by, signatures=signatures(case, at, ours=by)
    ),
    "sign for one": lambda case, at, by: sign(case, at, by, signatures=signatures(case, at)[:1]),
    "sign too early": lambda case, at, by: sign(
        case, at, by, signatures=signatures(case, at, on=TODAY() - timedelta(days=2))
    ),
    "amend": lambda case, at, by: amend(
        case, main_of(case), form_key=uuid4(), sections=["uppfoljning"], by=by
    ),
    "start": start_it,
    "note": note_all,
    "break off": lambda case, at, by: break_off(
        case,
        reasons="Slut.",
        ended_on=TODAY(),
        given_on=TODAY(),
        by_side="us",
        appealable="no",
        by=by,
        version=case.version,
    ),
}
WAY = ["board", "decide", "sign", "start", "amend", "sign"]
order = st.lists(
    st.tuples(st.sampled_from([*DEEDS, *WAY, *WAY]), st.sampled_from([*PEOPLE, "manager"])),
    min_size=4,
    max_size=14,
)


def rows(case) -> dict:
    """Every signed agreement as it stands, by its key."""
    fields = ("signed_draft_id", "starts_on", "ends_on", "signed_file_id", "registered_at")
    signed = Agreement.objects.signed().filter(terms=case.terms_id)
    return {row["pk"]: row for row in signed.values("pk", *fields)}


def has_changed(before: dict, after: dict) -> bool:
    return any(after.get(pk) != row for pk, row in before.items())


@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.sampled_from(sorted(BEGINNINGS)), st.sampled_from(FORMS), order)
@pytest.mark.django_db
@pytest.mark.timeout(900)  # four cases are made first, and every example goes far
def test_no_order_of_deeds_gives_a_signed_agreement_with_a_gate_unmet(city, begins, form, deeds):
    at, cases = city
    with transaction.atomic():
        pk = cases[begins, form]
        for name, role in deeds:
            case = Collaboration.objects.get(pk=pk)
            before, versions = rows(case), Draft.objects.count()
            try:
                with transaction.atomic():
                    DEEDS[name](case, at, getattr(at, role))
            except (NotAllowed, Stale):
                assert Draft.objects.count() == versions
            assert not has_changed(before, rows(case))
        keeps_its_promises(Collaboration.objects.get(pk=pk), at)
        transaction.set_rollback(True)


def keeps_its_promises(case, at):
    assert first_break(case) is None
    signed = list(Agreement.objects.signed().filter(terms=case.terms_id))
    if case.step in ("ongoing", "ended"):
        assert signed
    for agreement in signed:
        decision = case.decisions.get(kind="start")
        made = agreement.signatures.all()
        decided_on = decision.board_decision.decided_on if form_is_iop(case) else case.decided_on
        assert {one.party_id for one in made} == {one.pk for one in case.terms.parties.all()}
        assert all(decided_on <= one.signed_on <= TODAY() for one in made)
        assert {one.person for one in made if one.person} <= may_sign(case, at)
        assert complete(case, agreement)
    if case.step == "ended":
        kinds = set(case.dialogue_notes.values_list("kind", flat=True))
        assert {"assessment", "dialogue", "procurement"} <= kinds


def form_is_iop(case) -> bool:
    return case.form == Form.IOP


def may_sign(case, at) -> set:
    return {at.head} if form_is_iop(case) else {at.head, at.manager}


def complete(case, agreement) -> bool:
    content = Content.from_json(agreement.signed_draft.content)
    only = agreement.changes if agreement.amends_id else None
    sides = {line.party for line in case.terms.contributions.all()}
    return not missing_sections(
        case.form, content, template=agreement.template, only=only, sides=sides
    )
