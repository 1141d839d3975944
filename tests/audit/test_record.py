import pytest
from django.db import IntegrityError, transaction

from audit.models import Event, Register, Revision
from audit.record import fingerprint, record, record_in_register
from audit.verify import breaks, first_break
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    return Register.objects.create(name="prov")


def three_events(register, by=None):
    for code in ("first", "second", "third"):
        record(code, register, by=by, details={"id": 1})


def test_events_form_a_chain_whose_head_and_count_the_holder_knows(register):
    three_events(register, by=UserFactory(name="Ada Påhittad"))

    events = list(Event.objects.of(register))
    assert [event.number for event in events] == [1, 2, 3]
    assert [event.previous_hash for event in events[1:]] == [e.hash for e in events[:2]]
    assert {event.actor_name for event in events} == {"Ada Påhittad"}
    register.refresh_from_db()
    assert (register.chain_head, register.chain_count) == (events[-1].hash, 3)
    assert list(breaks()) == []


def test_earlier_texts_stand_apart_and_may_be_disposed_of(register):
    record("changed", register, by=None, earlier={"title": "Som det hette förut", "note": ""})

    assert [(r.field, r.text) for r in Revision.objects.all()] == [("title", "Som det hette förut")]
    assert "förut" not in str(Event.objects.get().details)
    Revision.objects.all().delete()
    assert first_break(register) is None


def test_an_event_is_not_written_outside_a_transaction(register, monkeypatch):
    monkeypatch.setattr("audit.record.connection", type("Outside", (), {"in_atomic_block": False}))
    with pytest.raises(RuntimeError):
        record("loose", register, by=None)


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.filter(number=2).update(code="other"),
        lambda: Event.objects.filter(number=3).delete(),
        lambda: Event.objects.get(number=1).save(),
        lambda: Event.objects.bulk_update(
            [Event(pk=Event.objects.get(number=2).pk, code="other")], ["code"]
        ),
        lambda: Event.objects.filter(number=3)._raw_delete("default"),
    ],
)
def test_the_database_refuses_to_change_or_delete_an_event(register, change):
    three_events(register)

    with pytest.raises(IntegrityError), transaction.atomic():
        change()

    assert first_break(register) is None
    assert Event.objects.count() == 3


def test_a_fingerprint_tells_texts_apart_without_telling_them():
    assert fingerprint("ja") != fingerprint("nej")
    assert fingerprint("ja") == fingerprint("ja")
    assert fingerprint("") == ""
    assert len(fingerprint("en lång text om något")) == 12


def test_what_is_no_case_has_a_chain_of_its_own():
    record_in_register("referensdata", "unit_added", by=None, details={"unit": 3})
    record_in_register("referensdata", "unit_changed", by=None, details={"unit": 3})

    assert Register.objects.get(name="referensdata").chain_count == 2
