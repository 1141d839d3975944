"""Several parties on a side: which of them brings what, and who they are (G-54, I-39)."""

from uuid import uuid4

import pytest
from django.urls import reverse

from agreements.models import Party
from casework.moves import NotAllowed
from collaborations import decision_right
from collaborations.forms.motivation import (
    ContributionForm,
    ContributionFormSet,
    contribution_lines,
    parties_that_bring,
)
from collaborations.models import Collaboration, Form
from collaborations.steps.agree import add_party, begin_agreement, remove_party
from collaborations.steps.motivate import motivate
from tests.factories.collaborations import corrected, registered, write
from tests.factories.formal import PREMISES, VOLUNTEERS, formal_motivation, motivated
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(at):
    """Of two associations."""
    names = ("Biblioteksvännerna", "Läxhjälparna")
    case = registered(at, organisations=[OrganisationFactory(name=name) for name in names])
    write_lines(case, at)
    return case


def names(case) -> list[str]:
    return sorted(Party.objects.filter(terms=case.terms).values_list("name", flat=True))


def fresh(case) -> Collaboration:
    return Collaboration.objects.get(pk=case.pk)


def write_lines(case, at, *lines, **facts):
    write(case, at, **formal_motivation(Form.IOP, contributions=list(lines), **facts))


def test_several_organisations_can_be_told_apart_in_a_formal_case_and_one_needs_no_name(
    client, at, two
):
    assert {"Biblioteksvännerna", "Läxhjälparna"} < set(names(two))
    one, informal = registered(at), registered(at, organisations=two.organisations.all())
    write(one, at, **formal_motivation())
    write(informal, at)
    assert names(one) == names(informal) == []

    client.force_login(at.officer)
    pages = [client.get(reverse("collaborations:motivation", args=[c.pk])) for c in (one, informal)]
    assert [page.context["several"] for page in pages] == [False, True]


def test_each_line_says_which_party_brings_it_and_keeps_it_in_the_form(client, at, two):
    client.force_login(at.officer)
    url = reverse("collaborations:motivation", args=[two.pk])
    [_, second] = parties_that_bring(two)
    page = client.get(url)
    codes = [code for code, _ in page.context["lines"].forms[0].fields["party"].choices]
    assert codes == ["", "us", "organisation", *(f"part:{p.pk}" for p in parties_that_bring(two))]

    line = {"party": f"part:{second.pk}", "kind": "goods", "what": "Böcker", "value": "1 000 kr"}
    form = ContributionForm(line, parties=parties_that_bring(two))
    assert form.is_valid()
    lines = [{name: form.cleaned_data[name] for name in (*form.fields, "brought_by")}]
    write_lines(two, at, *lines)

    [saved] = two.terms.contributions.all()
    assert (saved.party, saved.brought_by, saved.value) == ("organisation", second, 1000)
    assert saved.who == second.name
    [kept] = contribution_lines(fresh(two))
    assert kept["party"] == f"part:{second.pk}"
    assert second.name in client.get(url).content.decode()


def test_a_party_of_another_case_is_no_choice(at, two):
    other = registered(at, organisations=[OrganisationFactory(), OrganisationFactory()])
    write_lines(other, at)
    stranger = parties_that_bring(other)[0]

    form = ContributionForm(
        {"party": f"part:{stranger.pk}", "kind": "goods", "what": "Böcker"},
        parties=parties_that_bring(two),
    )

    assert list(form.errors) == ["party"]


def test_what_another_authority_brings_is_on_our_side_and_not_ours_to_decide(at):
    case = motivated(at, Form.IOP)
    region = add_party(case, name="Region Prov", by=at.officer)
    assert parties_that_bring(case) == [region]
    theirs = PREMISES | {"brought_by": region, "value": 70_000}

    write_lines(case, at, PREMISES, VOLUNTEERS, theirs)

    case = fresh(case)
    assert decision_right.amount(case) == 20_000
    assert sorted(line.who for line in case.terms.contributions.all()) == [
        "Organisationen",
        "Region Prov",
        "Vi",
    ]
    motivate(case, by=at.officer, version=case.version)
    with pytest.raises(NotAllowed, match="åtaganden eller insatser"):
        remove_party(case, region, by=at.officer)


def test_the_parties_follow_the_organisations_of_the_registration(at):
    case = motivated(at, Form.OTHER_AGREEMENT)
    [first], second = case.organisations.all(), OrganisationFactory()

    corrected(case, at, first, second)
    assert {first.name, second.name} < set(names(case))

    corrected(case, at, first)
    assert first.name in names(case)
    assert second.name not in names(case)


def test_an_organisation_that_has_promised_or_brings_something_does_not_vanish(at, two):
    [first, second] = parties_that_bring(two)
    write_lines(two, at, VOLUNTEERS | {"brought_by": second})
    before = names(two), two.version

    with pytest.raises(NotAllowed) as refusal:
        corrected(two, at, first.organisation)

    [reason] = refusal.value.reasons
    assert (reason.sources, reason.at) == (("G-54",), "organisations")
    assert reason.sentence.startswith(second.name)
    assert (names(two), fresh(two).version) == before


def test_an_agreement_of_several_has_each_of_them_once(at, two):
    write(two, at, **formal_motivation())
    motivate(two, by=at.officer, version=two.version)
    begin_agreement(two, form_key=uuid4(), template="formal", by=at.officer)

    assert Party.objects.filter(terms=two.terms).count() == 3


def test_the_lines_cost_the_same_for_one_and_three(at, two, django_assert_num_queries):
    [_, second] = parties_that_bring(two)
    for count in (1, 3):
        write_lines(two, at, *[VOLUNTEERS | {"brought_by": second}] * count)
        case = fresh(two)
        terms = case.terms
        with django_assert_num_queries(1):
            assert [line.who for line in terms.contributions.all()] == [second.name] * count


def test_the_form_set_takes_what_the_page_sends(at, two):
    [first, _] = parties_that_bring(two)
    sent = {
        "insats-TOTAL_FORMS": "1",
        "insats-INITIAL_FORMS": "0",
        "insats-0-party": f"part:{first.pk}",
        "insats-0-kind": "voluntary_work",
        "insats-0-what": "Volontärer",
        "insats-0-hours": "40",
    }
    lines = ContributionFormSet(
        sent, prefix="insats", form_kwargs={"parties": parties_that_bring(two)}
    )

    assert lines.is_valid()
    assert [(one["party"], one["brought_by"]) for one in lines.lines()] == [("organisation", first)]
