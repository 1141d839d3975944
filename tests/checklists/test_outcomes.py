"""What answers add up to, tried on every combination (domain 4.1, 4.2, 4.7, 4.8)."""

from datetime import date
from itertools import chain, combinations, product

import pytest

from checklists.outcomes import (
    FindingState,
    MeasureState,
    Outcome,
    Standing,
    basic_requirements,
    conflict,
    democracy,
    finding_state,
    measure_state,
    welfare_crime,
)

YES_NO_NOTHING = (True, False, None)


def subsets(things):
    things = list(things)
    return list(chain.from_iterable(combinations(things, n) for n in range(len(things) + 1)))


# --- 4.1: the checklist --------------------------------------------------------------------------

EVERY_MIX_OF_STANDINGS = subsets(Standing)


def checklists_where(outcome):
    return {
        mix
        for mix in EVERY_MIX_OF_STANDINGS
        if basic_requirements({f"PR-{n}": one for n, one in enumerate(mix)}) == outcome
    }


def test_one_blocking_answer_is_enough_for_not_met():
    assert checklists_where(Outcome.NOT_MET) == {
        mix for mix in EVERY_MIX_OF_STANDINGS if Standing.BLOCKING in mix
    }


def test_an_inquiry_is_called_for_when_all_is_answered_and_nothing_blocks():
    assert checklists_where(Outcome.NEEDS_INQUIRY) == {
        mix
        for mix in EVERY_MIX_OF_STANDINGS
        if Standing.TO_INQUIRE in mix and not {Standing.BLOCKING, Standing.REMAINING} & set(mix)
    }


def test_a_checklist_is_met_when_nothing_of_it_is_left_or_was_explained():
    harmless = {Standing.FINE, Standing.OPTIONAL, Standing.NOT_ASKED}

    assert checklists_where(Outcome.MET) == {
        mix for mix in EVERY_MIX_OF_STANDINGS if set(mix) <= harmless
    }


def test_it_is_met_with_a_motivation_when_all_that_was_asked_for_has_been_written():
    harmless = {Standing.FINE, Standing.OPTIONAL, Standing.NOT_ASKED}
    explained = {Standing.MOTIVATED, Standing.INQUIRED}

    assert checklists_where(Outcome.MET_WITH_MOTIVATION) == {
        mix
        for mix in EVERY_MIX_OF_STANDINGS
        if set(mix) & explained and set(mix) <= harmless | explained
    }


def test_what_is_left_is_unfinished():
    rest = set(EVERY_MIX_OF_STANDINGS)
    for outcome in ("NOT_MET", "NEEDS_INQUIRY", "MET", "MET_WITH_MOTIVATION"):
        rest -= checklists_where(Outcome[outcome])

    assert checklists_where(Outcome.UNFINISHED) == rest
    assert all({Standing.REMAINING, Standing.TO_MOTIVATE} & set(mix) for mix in rest)


# --- 4.2: the democracy check --------------------------------------------------------------------

EVERY_CHECK = list(
    product(
        YES_NO_NOTHING,  # attested
        YES_NO_NOTHING,  # values read and compatible
        (True, False),  # sources seen
        YES_NO_NOTHING,  # something speaks against
        subsets(FindingState),
        YES_NO_NOTHING,  # an inquiry into the values
    )
)


def checks_where(outcome):
    return {check for check in EVERY_CHECK if democracy(*check) == outcome}


def condemned(check):
    attested, values, sources, contrary, findings, inquiry = check
    return (
        attested is False
        or FindingState.AGAINST in findings
        or (values is False and inquiry is False)
    )


def answered(check):
    attested, values, sources, contrary, findings, inquiry = check
    return None not in (attested, values, contrary) and sources


def open_question(check):
    attested, values, sources, contrary, findings, inquiry = check
    return (
        FindingState.UNJUDGED in findings
        or FindingState.AGAINST_ELSEWHERE in findings
        or (contrary is True and findings == ())
        or (values is False and inquiry is None)
    )


def test_without_attestation_or_with_a_finding_in_the_activity_the_conditions_are_not_met():
    assert checks_where(Outcome.NOT_MET) == {check for check in EVERY_CHECK if condemned(check)}


def test_what_is_not_answered_leaves_the_check_unfinished():
    assert checks_where(Outcome.UNFINISHED) == {
        check for check in EVERY_CHECK if not condemned(check) and not answered(check)
    }


def test_what_speaks_against_is_examined_until_every_finding_is_judged():
    assert checks_where(Outcome.BEING_EXAMINED) == {
        check
        for check in EVERY_CHECK
        if not condemned(check) and answered(check) and open_question(check)
    }


def settled(check):
    return not condemned(check) and answered(check) and not open_question(check)


def test_a_measure_that_is_not_yet_sufficient_makes_the_conditions_wait_for_it():
    assert checks_where(Outcome.WAITS_FOR_MEASURE) == {
        check for check in EVERY_CHECK if settled(check) and FindingState.WAITING in check[4]
    }


def test_when_every_measure_was_sufficient_the_conditions_are_met_after_measures():
    assert checks_where(Outcome.MET_AFTER_MEASURE) == {
        check
        for check in EVERY_CHECK
        if settled(check)
        and check[4] in [(FindingState.MENDED,), (FindingState.NOT_AGAINST, FindingState.MENDED)]
    }


def test_an_examined_organisation_meets_the_conditions_when_nothing_was_found():
    assert checks_where(Outcome.MET) == {
        check
        for check in EVERY_CHECK
        if settled(check)
        and (check[4] == (FindingState.NOT_AGAINST,) or (check[4] == () and check[1] is False))
    }


def test_attested_with_nothing_against_it_is_presumed_to_be_met():
    assert checks_where(Outcome.PRESUMED) == {
        (True, True, True, False, (), inquiry) for inquiry in YES_NO_NOTHING
    }


def test_every_check_has_one_of_the_seven_outcomes():
    found = [democracy(*check) for check in EVERY_CHECK]

    assert len(EVERY_CHECK) == 3 * 3 * 2 * 3 * 64 * 3
    assert set(found) == {
        Outcome.NOT_MET,
        Outcome.UNFINISHED,
        Outcome.BEING_EXAMINED,
        Outcome.WAITS_FOR_MEASURE,
        Outcome.MET_AFTER_MEASURE,
        Outcome.MET,
        Outcome.PRESUMED,
    }


@pytest.mark.parametrize(
    ("check", "outcome"),
    [
        ((True, True, True, False, []), "antas_uppfyllt"),
        ((True, True, True, True, []), "utreds"),
        ((True, False, True, False, []), "utreds"),
        ((True, True, True, True, [FindingState.NOT_AGAINST]), "uppfyllt"),
        ((True, True, True, True, [FindingState.NOT_AGAINST, FindingState.AGAINST]), "ej_uppfyllt"),
        ((True, True, True, True, [FindingState.NOT_AGAINST, FindingState.UNJUDGED]), "utreds"),
        ((True, True, True, False, [FindingState.UNJUDGED]), "utreds"),
        ((True, True, True, True, [FindingState.WAITING]), "vantar_pa_atgard"),
        ((True, True, True, True, [FindingState.MENDED]), "uppfyllt_efter_atgard"),
        (
            (True, True, True, True, [FindingState.MENDED, FindingState.WAITING]),
            "vantar_pa_atgard",
        ),
        ((True, True, True, True, [FindingState.WAITING, FindingState.UNJUDGED]), "utreds"),
        ((True, True, True, True, [FindingState.MENDED, FindingState.AGAINST]), "ej_uppfyllt"),
        ((True, None, True, True, [FindingState.WAITING]), "ofullstandig"),
        ((False, True, True, False, []), "ej_uppfyllt"),
        ((None, None, False, None, []), "ofullstandig"),
        ((True, True, False, False, []), "ofullstandig"),
    ],
)
def test_the_democracy_check_by_example(check, outcome):
    assert democracy(*check) == outcome


# --- 4.2, step 3: what a finding comes to, with its measures --------------------------------------

WAITING, REPORTED, SUFFICIENT, LAPSED = tuple(MeasureState)
# The whole table, by hand: every mix of the measures that concern one finding that speaks against
# the organisation, in its activity, where the rule set has measures.
MEASURED = {
    (): "against",
    (LAPSED,): "against",
    (WAITING, LAPSED): "against",
    (REPORTED, LAPSED): "against",
    (SUFFICIENT, LAPSED): "against",
    (WAITING, REPORTED, LAPSED): "against",
    (WAITING, SUFFICIENT, LAPSED): "against",
    (REPORTED, SUFFICIENT, LAPSED): "against",
    (WAITING, REPORTED, SUFFICIENT, LAPSED): "against",
    (WAITING,): "waiting",
    (REPORTED,): "waiting",
    (WAITING, REPORTED): "waiting",
    (WAITING, SUFFICIENT): "waiting",
    (REPORTED, SUFFICIENT): "waiting",
    (WAITING, REPORTED, SUFFICIENT): "waiting",
    (SUFFICIENT,): "mended",
}


def test_the_table_of_measures_is_whole():
    assert set(MEASURED) == set(subsets(MeasureState))


@pytest.mark.parametrize(
    ("verdict", "connected", "allowed"),
    list(product(["", "against", "not_against"], [True, False], [True, False])),
)
@pytest.mark.parametrize("measures", MEASURED)
def test_what_a_finding_comes_to(verdict, connected, allowed, measures):
    if verdict == "":
        expected = "unjudged"
    elif verdict == "not_against":
        expected = "not_against"
    elif not connected:
        expected = "against_elsewhere"
    else:
        expected = MEASURED[measures] if allowed else "against"

    assert finding_state(verdict, connected, measures, allowed=allowed) == expected


THE_LAST_DAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("reports", "before", "on", "after"),
    [
        ([], "waiting", "waiting", "lapsed"),
        ([False], "waiting", "waiting", "lapsed"),
        ([None], "reported", "reported", "reported"),
        ([True], "sufficient", "sufficient", "sufficient"),
        ([False, None], "reported", "reported", "reported"),
        ([False, True], "sufficient", "sufficient", "sufficient"),
        ([True, None], "sufficient", "sufficient", "sufficient"),
        ([False, False], "waiting", "waiting", "lapsed"),
    ],
)
def test_a_measure_lapses_the_day_after_its_last_day(reports, before, on, after):
    days = [date(2026, 3, 9), THE_LAST_DAY, date(2026, 3, 11)]

    assert [measure_state(THE_LAST_DAY, reports, day) for day in days] == [before, on, after]


# --- 4.7 and 4.8 ------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", [True, False])
@pytest.mark.parametrize("risk", ["lag", "forhojd", "hog", None])
@pytest.mark.parametrize("signs", list(product(["ja", "nej", None], repeat=3)))
def test_the_risk_is_what_a_person_weighed_once_all_signs_are_answered(signs, risk, measure):
    finished = None not in signs and (risk == "lag" or (risk in ("forhojd", "hog") and measure))

    assert welfare_crime(signs, risk, measure) == (risk if finished else "ofullstandig")


@pytest.mark.parametrize("answers", list(product(["ja", "nej", None], repeat=4)))
def test_one_yes_is_a_report_and_four_noes_are_none(answers):
    expected = (
        "anmalt" if "ja" in answers else "inget" if answers == ("nej",) * 4 else "ofullstandig"
    )

    assert conflict(answers) == expected
