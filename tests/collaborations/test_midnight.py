"""What happens in the first hours of a day in Stockholm is said to have happened that day."""

from datetime import UTC, datetime

import pytest

from advice.models import Post
from collaborations.models import (
    Consultation,
    ManagersStand,
    Opinion,
    Referral,
    Remark,
)

AFTER_MIDNIGHT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # half past midnight in Stockholm
NAMED_BY_DAY = {
    Consultation: "asked_at",
    Opinion: "asked_at",
    Remark: "made_at",
    Referral: "made_at",
    ManagersStand: "taken_at",
}


@pytest.mark.parametrize("model", NAMED_BY_DAY, ids=lambda model: model.__name__)
def test_a_record_is_named_by_the_day_in_stockholm(model):
    assert str(model(**{NAMED_BY_DAY[model]: AFTER_MIDNIGHT})).endswith("2026-11-21")


def test_a_post_is_named_by_the_day_in_stockholm(db, django_user_model):
    writer = django_user_model(name="Påhittad Person")
    post = Post(written_by=writer, written_at=AFTER_MIDNIGHT)
    assert str(post) == "Påhittad Person 2026-11-21"
