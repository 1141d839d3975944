"""What should be thought of about an organisation."""

from datetime import date

import pytest

from organisations.choices import LegalForm
from organisations.models import Organisation, Profile
from organisations.rules import thoughts


@pytest.mark.parametrize("form", list(LegalForm))
def test_only_the_form_other_is_questioned_as_such(form):
    organisation = Organisation(legal_form=form, org_number=None)

    sources = [reason.sources for reason in thoughts(organisation)]

    assert sources == ([("G-05",)] if form == LegalForm.OTHER else [])


def test_a_number_that_does_not_suit_the_form_is_thought_of_in_exact_words():
    (reason,) = thoughts(Organisation(legal_form="foundation", org_number="7999900009"))

    assert reason.sentence.startswith("Numret börjar på 7")


@pytest.mark.parametrize(
    ("roles", "assessed_on", "said"),
    [
        (["performer"], None, 1),
        (["performer", "voice"], None, 1),
        (["performer"], date(2026, 1, 1), 0),
        (["voice", "service"], None, 0),
        ([], None, 0),
    ],
)
def test_a_performer_without_a_procurement_assessment_is_thought_of(roles, assessed_on, said):
    organisation = Organisation(legal_form="network")
    profile = Profile(roles=roles, procurement_assessed_on=assessed_on)

    found = thoughts(organisation, [profile, profile])

    assert [reason.sources for reason in found] == [("G-08",)] * said
