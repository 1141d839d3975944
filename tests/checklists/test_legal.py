"""The legal tests of domain 4.3–4.6, tried on every combination against words written by hand."""

from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest

from checklists.facts import Facts
from checklists.legal import public_contract, state_aid
from checklists.load import CONTENT
from checklists.models import Question
from checklists.outcomes import UNACCEPTABLE, UNSETTLED, basic_requirements, standings
from checklists.reading import read_set

SAID = ("ja", "nej", "oklart", None)
OPINIONS = (None, "clear", "stop", "open")


# --- 4.4: a public contract --------------------------------------------------------------------


def contract_by_the_text(answers, opinion):
    """Domain 4.4, sentence by sentence."""
    first_four = answers[:4]
    if any(answer is None for answer in answers):
        return "ofullstandig"
    if answers == ("ja", "ja", "ja", "ja", "ja"):
        return "offentligt_kontrakt"
    if first_four.count("nej") >= 1:
        return "inte_kontrakt"
    return {"clear": "inte_kontrakt", "stop": "offentligt_kontrakt"}.get(opinion, "oklart")


def test_the_contract_test_on_every_combination():
    tried = list(product(product(SAID, repeat=5), OPINIONS))

    assert len(tried) == 4**5 * 4
    assert {
        case for case in tried if public_contract(*case) != contract_by_the_text(*case)
    } == set()


@pytest.mark.parametrize(
    ("answers", "opinion", "outcome"),
    [
        ("ja ja ja ja ja", None, "offentligt_kontrakt"),
        ("ja ja ja ja ja", "clear", "offentligt_kontrakt"),  # an opinion changes no clear answers
        ("ja ja ja ja nej", None, "oklart"),  # the fifth alone is not enough
        ("ja ja ja ja nej", "clear", "inte_kontrakt"),
        ("ja ja nej ja ja", None, "inte_kontrakt"),
        ("nej oklart oklart oklart oklart", "stop", "inte_kontrakt"),
        ("ja ja oklart ja ja", None, "oklart"),
        ("ja ja oklart ja ja", "open", "oklart"),
        ("ja ja oklart ja ja", "stop", "offentligt_kontrakt"),
    ],
)
def test_the_contract_test_by_example(answers, opinion, outcome):
    assert public_contract(tuple(answers.split()), opinion) == outcome


# --- 4.5: state aid ----------------------------------------------------------------------------


def aid_by_the_text(answers, way, opinion):
    """Domain 4.5: one asks until a clear no; then a way is chosen."""
    asked = list(answers)
    if "nej" in asked:
        asked = asked[: asked.index("nej")]
        return "ofullstandig" if None in asked else "inte_stod"
    if None in asked or way is None:
        return "ofullstandig"
    return {
        "mindre": "mindre_betydelse",
        "avsta": "otillatet_stod",
        "undantag": {"clear": "undantaget_stod", "stop": "otillatet_stod"}.get(opinion, "oklart"),
    }[way]


def test_the_state_aid_test_on_every_combination():
    ways = ("mindre", "undantag", "avsta", None)
    tried = list(product(product(SAID, repeat=5), ways, OPINIONS))

    assert len(tried) == 4**5 * 4 * 4
    assert {case for case in tried if state_aid(*case) != aid_by_the_text(*case)} == set()


@pytest.mark.parametrize(
    ("answers", "way", "opinion", "outcome"),
    [
        (("nej", None, None, None, None), None, None, "inte_stod"),
        (("ja", "oklart", "ja", "ja", "nej"), None, None, "inte_stod"),
        (("ja", "oklart", "ja", "ja", "ja"), None, None, "ofullstandig"),
        (("ja", "oklart", "ja", "ja", "ja"), "mindre", None, "mindre_betydelse"),
        (("ja", "ja", "ja", "ja", "ja"), "undantag", None, "oklart"),
        (("ja", "ja", "ja", "ja", "ja"), "undantag", "clear", "undantaget_stod"),
        (("ja", "ja", "ja", "ja", "ja"), "avsta", "clear", "otillatet_stod"),
    ],
)
def test_the_state_aid_test_by_example(answers, way, opinion, outcome):
    assert state_aid(answers, way, opinion) == outcome


# --- 4.3 and 4.6: sets whose outcome is that of a checklist ---------------------------------------


def questions_of(code):
    return [Question(**fields) for fields in read_set(CONTENT / f"{code}.yaml").questions]


FACTS = Facts(form="iop", level="formal", today=date(2026, 3, 10))


def come_to(questions, values, resolutions, outcomes=None):
    """The outcome of a checklist with those answers: code → value; code → resolution."""
    answers = {
        code: SimpleNamespace(value=value, valid_until=FACTS.today)
        for code, value in values.items()
        if value is not None
    }
    facts = FACTS.with_outcomes(outcomes or {})
    return basic_requirements(standings(questions, answers, facts, resolutions))


def resolution(kind, acceptable=True):
    return SimpleNamespace(kind=kind, acceptable=acceptable)


YES_NO = ("ja", "nej", None)
INQUIRIES = (None, resolution("inquiry"), resolution("inquiry", acceptable=False))


def actor_by_the_text(answers, inquiry, motivated):
    """Domain 4.3 A: IA-1, IA-2, IA-4 stop; IA-3 is inquired into (trap 0.1); IA-5 is motivated."""
    one, two, three, four, five = answers
    if "nej" in (one, two, four) or (three == "nej" and inquiry and not inquiry.acceptable):
        return "ej_uppfyllt"
    if None in answers:
        return "ofullstandig"
    if three == "nej" and inquiry is None:
        return "kraver_utredning"
    if five == "nej" and not motivated:
        return "ofullstandig"
    return "uppfyllt_med_motivering" if "nej" in (three, five) else "uppfyllt"


def test_the_check_of_a_civil_actor_on_every_combination():
    questions = questions_of("ideburen_aktor")
    wrong = []
    for answers in product(YES_NO, repeat=5):
        for inquiry, motivated in product(INQUIRIES, (True, False)):
            values = {f"IA-{n}": one for n, one in enumerate(answers, start=1)} | {"IA-S": "Skäl."}
            resolutions = {"IA-3": inquiry}
            if motivated:
                resolutions["IA-5"] = resolution("motivation")
            found = come_to(questions, values, resolutions)
            if found != actor_by_the_text(answers, inquiry, motivated):
                wrong.append((answers, inquiry, motivated, found))

    assert wrong == []


def test_conducting_publicly_financed_welfare_is_a_condition_and_no_exclusion():
    """Trap 0.1: the source's sentence stands under a negation by mistake."""
    questions = questions_of("ideburen_aktor")
    yes = {f"IA-{n}": "ja" for n in range(1, 6)} | {"IA-S": "Skäl."}

    assert come_to(questions, yes, {}) == "uppfyllt"
    assert come_to(questions, yes | {"IA-3": "nej"}, {}) == "kraver_utredning"


def act_by_the_text(answers, inquiry):
    """Domain 4.6: KL-1, 2, 3 and 5 stop; KL-4 is inquired into (synnerliga skäl)."""
    if "nej" in (answers[0], answers[1], answers[2], answers[4]):
        return "ej_uppfyllt"
    if answers[3] == "nej" and inquiry and not inquiry.acceptable:
        return "ej_uppfyllt"
    if None in answers:
        return "ofullstandig"
    if answers[3] == "nej":
        return "kraver_utredning" if inquiry is None else "uppfyllt_med_motivering"
    return "uppfyllt"


def test_the_municipal_act_on_every_combination():
    questions = questions_of("kommunallagen")
    last = ("ja", "nej", "ej", None)
    wrong = [
        (answers, inquiry)
        for *four, fifth in product(*[YES_NO] * 4, last)
        for inquiry in INQUIRIES
        for answers in [(*four, fifth)]
        if come_to(
            questions,
            {f"KL-{n}": one for n, one in enumerate(answers, start=1)} | {"KL-S": "Skäl."},
            {"KL-4": inquiry},
        )
        != act_by_the_text(answers, inquiry)
    ]

    assert wrong == []


# Domain 4.3 B: what another answer than yes leads to.
PARTNERSHIP = {
    "IOP-01": "B", "IOP-02": "B", "IOP-03": "B", "IOP-04": "B", "IOP-05": "B", "IOP-06": "B",
    "IOP-07": "M", "IOP-08": "M", "IOP-09": "B", "IOP-10": "M", "IOP-12": "B", "IOP-13": "M",
}  # fmt: skip
FETCHED = {
    "IOP-11a": ("demokrati", "antas_uppfyllt"),
    "IOP-11b": ("offentligt_kontrakt", "inte_kontrakt"),
    "IOP-11c": ("statligt_stod", "inte_stod"),
    "IOP-11d": ("kommunallagen", "uppfyllt"),
}
FINE = dict(FETCHED.values())


def partnership_by_the_text(answers, motivated):
    given = dict(zip(PARTNERSHIP, answers, strict=True))
    noes = {PARTNERSHIP[code] for code, one in given.items() if one == "nej"}
    if "B" in noes:
        return "ej_uppfyllt"
    if None in answers or ("M" in noes and not motivated):
        return "ofullstandig"
    return "uppfyllt_med_motivering" if noes else "uppfyllt"


def test_the_conditions_of_a_partnership_with_every_yes_and_no():
    questions = questions_of("partnerskap")
    all_motivated = {code: resolution("motivation") for code in PARTNERSHIP}
    wrong = [
        (answers, motivated)
        for answers in product(("ja", "nej"), repeat=12)
        for motivated in (True, False)
        if come_to(
            questions,
            dict(zip(PARTNERSHIP, answers, strict=True)) | {"IOP-S": "Skäl."},
            all_motivated if motivated else {},
            FINE,
        )
        != partnership_by_the_text(answers, motivated)
    ]

    assert wrong == []


@pytest.mark.parametrize("code", PARTNERSHIP)
@pytest.mark.parametrize("rest", ["ja", "nej"])
def test_a_condition_of_a_partnership_that_is_not_answered_leaves_it_open(code, rest):
    answers = tuple(None if one == code else rest for one in PARTNERSHIP)
    found = come_to(
        questions_of("partnerskap"),
        dict(zip(PARTNERSHIP, answers, strict=True)) | {"IOP-S": "Skäl."},
        {},
        FINE,
    )

    assert found == partnership_by_the_text(answers, motivated=False)


@pytest.mark.parametrize("code", FETCHED)
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (None, "ofullstandig"),
        ("ofullstandig", "ofullstandig"),
        ("utreds", "ofullstandig"),
        ("kraver_utredning", "ofullstandig"),
        ("oklart", "ofullstandig"),
        ("ej_uppfyllt", "ej_uppfyllt"),
        ("offentligt_kontrakt", "ej_uppfyllt"),
        ("otillatet_stod", "ej_uppfyllt"),
        ("mindre_betydelse", "uppfyllt"),
        ("undantaget_stod", "uppfyllt"),
        ("uppfyllt_med_motivering", "uppfyllt"),
    ],
)
def test_a_partnership_takes_over_what_the_other_tests_came_to(code, outcome, expected):
    values = dict.fromkeys(PARTNERSHIP, "ja") | {"IOP-S": "Skäl."}
    fetched = FINE | {FETCHED[code][0]: outcome}

    assert come_to(questions_of("partnerskap"), values, {}, fetched) == expected


def test_what_is_open_and_what_stops_is_told_apart():
    assert {"oklart", "ofullstandig", "utreds", "kraver_utredning", None} == set(UNSETTLED)
    assert {"ej_uppfyllt", "anmalt", "offentligt_kontrakt", "otillatet_stod"} == set(UNACCEPTABLE)
