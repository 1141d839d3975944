"""The pages where those who write questions work."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from checklists.load import CONTENT
from checklists.models import Assessment, Question, QuestionSet, RuleSet, Version
from checklists.versions import draft_next, publish
from checklists.writing import as_yaml
from tests.factories.accounts import AdministrationFactory, UserFactory
from tests.factories.checklists import LONG_AGO, QuestionFactory, VersionFactory

pytestmark = pytest.mark.django_db
OWN = "en"


@pytest.fixture
def writer():
    return UserFactory(admin_at=AdministrationFactory(rule_set=OWN).root_unit)


@pytest.fixture
def desk(client, writer):
    client.force_login(writer)
    return client


@pytest.fixture
def draft():
    """Version 2 of a set: two questions as in the version in force."""
    questions = [QuestionFactory.build(code=code) for code in ("PR-01", "PR-02")]
    first = VersionFactory(asking=questions, published_from=LONG_AGO)
    return draft_next(first.question_set)


def words(response):
    return re.sub(r"<[^>]+>|\s+", " ", response.content.decode())


def address(name, *args):
    return reverse(f"checklists:{name}", args=args)


def sent(response, **changes):
    """What a browser would send from the form on the page, with some fields changed."""
    form = response.context["form"]
    data = {}
    for bound in form:
        value = bound.value()
        if value in (None, False, ""):
            continue
        data[bound.html_name] = "on" if value is True else value
    return {name: value for name, value in {**data, **changes}.items() if value is not None}


def question(draft, code="PR-01"):
    return draft.questions.get(code=code)


def test_the_list_shows_writers_their_drafts_and_nobody_else(desk, client, draft):
    seen = words(desk.get("/fragor/"))
    assert "Utkast till version 2" in seen

    client.force_login(UserFactory())
    seen = words(client.get("/fragor/"))
    assert "Utkast" not in seen
    assert "Nytt utkast" not in seen


def test_a_draft_is_begun_from_a_version_or_from_an_empty_page(desk, draft):
    number = draft.number
    draft.delete()
    url = address("begin", draft.question_set.pk)
    first = draft.question_set.versions.get()

    answer = desk.post(url, sent(desk.get(url)))
    made = Version.objects.drafts().get()
    assert answer.url == address("draft", made.pk)
    assert (made.number, made.questions.count()) == (number, 2)
    assert desk.post(url, {"begin": str(first.pk)}).url == answer.url  # a second click
    desk.post(address("discard", made.pk))
    desk.post(url, {"begin": "empty"})
    assert Version.objects.drafts().get().questions.count() == 0
    assert desk.get(address("draft", Version.objects.drafts().get().pk)).status_code == 200


def test_an_administration_gets_questions_of_its_own(desk, draft):
    url = address("own_set", draft.question_set.pk)

    desk.post(url, sent(desk.get(url), rule_set=OWN))

    own = Version.objects.get(question_set__rule_set=OWN)
    assert (own.number, own.questions.count(), own.is_published) == (1, 2, False)
    again = desk.post(url, {"rule_set": OWN, "begin": "empty"})
    assert again.status_code == 422
    assert "har redan egna frågor" in words(again)


def test_a_question_is_added_with_everything_it_can_say(desk, draft):
    url = address("add_question", draft.pk)
    said = {
        "code": "PR-03",
        "text": "Hur stor är risken?",
        "help": "Tänk efter.",
        "group": "Nytt avsnitt",
        "answer": "val",
        "choices": "lag: Låg\nhog: Hög",
        "undesired_choices": "Hög",
        "effect_informal": "M",
        "effect_formal": "B",
        "form_iop": "U",
        "stronger_kind": "minors",
        "stronger_formal": "B",
        "condition_kind": "answer",
        "condition_code": "PR-01",
        "condition_is": "Ja",
        "companion_0_name": "vem",
        "companion_0_label": "Vem",
        "companion_0_type": "rad",
        "companion_0_when": "hog",
        "evidence": "rapport",
        "evidence_allowed": "on",
        "text_allowed": "on",
        "sources": "G-33, KL 6:28",
        "optional": "on",
        "reusable": "on",
    }

    answer = desk.post(url, said)

    assert answer.status_code == 302, answer.context["form"].errors
    made = question(draft, "PR-03")
    assert made.undesired == ["hog"]
    assert made.choices == [{"code": "lag", "label": "Låg"}, {"code": "hog", "label": "Hög"}]
    assert (made.effect_informal, made.effect_formal) == ("M", "B")
    assert made.effect_by_form == {"iop": "U"}
    assert made.stronger == {"condition": {"kind": "minors"}, "effect": {"formal": "B"}}
    assert made.condition == {"kind": "answer", "code": "PR-01", "is": ["ja"]}
    assert made.companions == [
        {"name": "vem", "label": "Vem", "type": "rad", "required_when": ["hog"]}
    ]
    assert made.sources == ["G-33", "KL 6:28"]
    assert (made.optional, made.reusable, made.group) == (True, True, "Nytt avsnitt")
    # And the form shows it again: what is sent back as it stands changes nothing.
    own = address("change_question", draft.pk, made.pk)
    desk.post(own, sent(desk.get(own)))
    assert not Event.objects.filter(code="question_changed").exists()


def test_what_does_not_hang_together_is_said_at_its_field_and_kept(desk, draft):
    answer = desk.post(
        address("add_question", draft.pk),
        {
            "code": "pr 3",
            "text": "Mitt förslag?",
            "answer": "ja_nej",
            "undesired": ["ej"],
            "condition_kind": "answer",
            "condition_code": "PR-01",
            "condition_is": "kanske",
            "text_allowed": "on",
            "evidence_allowed": "on",
        },
    )

    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {"code", "undesired", "condition_kind"}
    assert "Mitt förslag?" in answer.content.decode()
    assert 'href="#id_condition_kind"' in answer.content.decode()
    assert draft.questions.count() == 2


def test_a_question_is_changed_and_an_older_page_shows_both_texts(desk, draft):
    url = address("change_question", draft.pk, question(draft).pk)
    opened = desk.get(url)

    assert desk.post(url, sent(opened, text="Först?")).status_code == 302
    answer = desk.post(url, sent(opened, text="Sedan?"))

    assert answer.status_code == 409
    assert "Först?" in words(answer)
    assert "Sedan?" in words(answer)
    assert question(draft).text == "Först?"


def test_a_code_that_has_been_published_stays(desk, draft):
    url = address("change_question", draft.pk, question(draft).pk)

    desk.post(url, sent(desk.get(url), code="PR-77"))

    assert sorted(draft.questions.values_list("code", flat=True)) == ["PR-01", "PR-02"]


def test_somebody_says_whether_it_is_the_same_question(desk, draft):
    url = address("change_question", draft.pk, question(draft).pk)
    assert "Är det samma fråga?" not in words(desk.get(url))
    desk.post(url, sent(desk.get(url), text="Hur många medlemmar betalar avgift?"))

    assert "stod i version 1 för en annan fråga" in words(desk.get(address("draft", draft.pk)))
    assert "Är det samma fråga?" in words(desk.get(url))
    desk.post(url, sent(desk.get(url), same_question="on"))
    assert "Redo att publiceras" in words(desk.get(address("draft", draft.pk)))


def test_questions_are_moved_and_taken_away(desk, draft):
    second = question(draft, "PR-02")

    for _ in range(2):
        desk.post(address("move_question", draft.pk, second.pk), {"fore": "PR-01"})
    assert list(draft.questions.values_list("code", flat=True)) == ["PR-02", "PR-01"]

    url = address("retire_question", draft.pk, second.pk)
    assert "Ta bort PR-02" in words(desk.get(url))
    assert [desk.post(url).status_code for _ in range(2)] == [302, 302]
    assert list(draft.questions.values_list("code", flat=True)) == ["PR-01"]


def test_a_question_that_another_asks_about_stays_and_says_why(desk, draft):
    draft.questions.filter(code="PR-02").update(
        condition={"kind": "answer", "code": "PR-01", "is": ["ja"]}
    )

    answer = desk.post(address("retire_question", draft.pk, question(draft).pk))

    assert answer.status_code == 409
    assert "PR-02: PR-01 är ingen fråga som står före." in words(answer)


def test_a_section_gets_another_name(desk, draft):
    url = address("section", draft.pk) + "?avsnitt=Prov"

    desk.post(url, sent(desk.get(url), name="Vem de är"))

    assert set(draft.questions.values_list("group", flat=True)) == {"Vem de är"}
    assert desk.get(url).status_code == 302


def test_a_draft_is_thrown_away_once(desk, draft):
    url = address("discard", draft.pk)
    assert "går inte att ångra" in words(desk.get(url))

    assert [desk.post(url).url for _ in range(2)] == ["/fragor/", "/fragor/"]

    assert not Version.objects.drafts().exists()
    assert Event.objects.filter(code="draft_discarded").count() == 1


def test_no_source_of_a_draft_leads_where_the_rulebook_has_nothing(desk, draft):
    draft.questions.update(sources=["A-05"])

    for name in ("draft", "preview"):
        seen = desk.get(address(name, draft.pk)).content.decode()
        assert "A-05" in seen
        assert "#A-05" not in seen


def test_every_source_of_a_published_version_has_its_place_in_the_rulebook(desk, loaded):
    rulebook = desk.get(reverse("dashboard:rulebook")).content.decode()

    for version in Version.objects.select_related("question_set"):
        seen = desk.get(address("version", version.question_set.code, 1)).content.decode()
        anchors = set(re.findall(r'href="/regelverket/#([^"]+)"', seen))
        assert anchors
        assert {anchor for anchor in anchors if f'id="{anchor}"' not in rulebook} == set()


# --- Look at it -----------------------------------------------------------------------------------


def test_the_preview_shows_what_the_case_asks_about_and_saves_nothing(desk, draft):
    draft.questions.filter(code="PR-02").update(condition={"kind": "minors"})
    url = address("preview", draft.pk)

    assert standing(desk.get(url), "PR-02") == "not_asked"
    assert standing(desk.get(f"{url}?form=iop&minors=on"), "PR-02") == "remaining"
    answer = desk.post(f"{url}?form=iop&minors=on", {"PR-01-value": "nej", "PR-01-version": "0"})

    assert answer.status_code == 200
    assert standing(answer, "PR-01") == "blocking"
    assert not Assessment.objects.exists()


def standing(answer, code):
    return answer.context["form"].summary.standings[code]


def test_the_preview_is_the_page_of_the_case(desk, loaded):
    for code in ("grundkrav", "demokrati", "valfardsbrott", "jav"):
        version = Version.objects.get(question_set__code=code)
        answer = desk.get(address("preview", version.pk))
        assert answer.status_code == 200
        assert "checklists/questions.html" in [template.name for template in answer.templates]


def test_the_comparison_shows_old_and_new_side_by_side(desk, draft):
    draft.questions.filter(code="PR-01").update(text="Är allt bra?")
    draft.questions.filter(code="PR-02").delete()
    QuestionFactory(version=draft, code="PR-03", position=9)

    seen = words(desk.get(address("compare", draft.pk)))

    for said in ("Nya frågor (1)", "Borttagna frågor (1)", "Är PR-01 i ordning?", "Är allt bra?"):
        assert said in seen
    first = draft.question_set.versions.get(number=1)
    assert "ingen annan version" not in words(desk.get(address("compare", first.pk)))


# --- Publish --------------------------------------------------------------------------------------


def test_a_draft_is_published_from_a_day_with_its_note(desk, writer, draft):
    url = address("publish", draft.pk)
    data = sent(desk.get(url), change_note="Tydligare.")

    answers = [desk.post(url, data) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/fragor/prov/2/"] * 2
    done = Version.objects.get(pk=draft.pk)
    assert (done.starts_on, done.published_by) == (timezone.localdate(), writer)
    assert Event.objects.filter(code="version_published").count() == 1
    assert "Tydligare." in words(desk.get("/fragor/prov/2/"))


def test_the_note_is_asked_for_from_the_second_version_on(desk, draft):
    url = address("publish", draft.pk)

    answer = desk.post(url, sent(desk.get(url)))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["change_note"]


def test_a_draft_that_was_changed_meanwhile_is_not_published(desk, draft):
    url = address("publish", draft.pk)
    data = sent(desk.get(url), change_note="Tydligare.")
    own = address("change_question", draft.pk, question(draft).pk)
    desk.post(own, sent(desk.get(own), text="Är PR-01 i god ordning?"))

    answer = desk.post(url, data)

    assert answer.status_code == 409
    assert "Utkastet har ändrats sedan du öppnade sidan." in words(answer)
    assert not Version.objects.get(pk=draft.pk).is_published


def test_what_stops_a_publication_is_listed_with_links_and_there_is_no_button(desk, draft):
    draft.questions.filter(code="PR-02").update(sources=["X-1"])

    seen = desk.get(address("publish", draft.pk))

    assert f'href="{address("draft", draft.pk)}#fraga-PR-02"' in seen.content.decode()
    assert "Publicera</button>" not in seen.content.decode()
    answer = desk.post(
        address("publish", draft.pk),
        {"starts_on": "2030-01-01", "change_note": "Ny.", "revision": "1"},
    )
    assert answer.status_code == 409


@pytest.mark.parametrize("start", ["2020-01-01", "inte en dag", ""])
def test_a_start_that_cannot_be_is_refused_and_the_note_kept(desk, draft, start):
    url = address("publish", draft.pk)

    answer = desk.post(url, sent(desk.get(url), change_note="Tydligare.", starts_on=start or None))

    assert answer.status_code in (409, 422)
    assert "Tydligare." in answer.content.decode()
    assert not Version.objects.get(pk=draft.pk).is_published


def test_a_publication_is_withdrawn_and_stays_as_history(desk, client, draft):
    coming = publish(draft, starts_on=timezone.localdate() + timedelta(days=5))
    url = address("withdraw", coming.pk)
    assert "Dra tillbaka" in words(desk.get("/fragor/prov/2/"))
    assert desk.post(url, {"reason": " "}).status_code == 422

    answers = [desk.post(url, {"reason": "Fel fråga."}) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/fragor/prov/2/"] * 2
    assert "Fel fråga." in words(desk.get("/fragor/prov/2/"))
    assert "Tillbakadragen" in words(desk.get("/fragor/"))
    client.force_login(UserFactory())
    assert client.get("/fragor/prov/2/").status_code == 404
    assert "Tillbakadragen" not in words(client.get("/fragor/"))


def test_what_has_begun_is_not_withdrawn(desk, draft):
    answer = desk.post(
        address("withdraw", publish(draft, starts_on=timezone.localdate()).pk), {"reason": "Fel."}
    )

    assert answer.status_code == 409
    assert "gäller sedan" in words(answer)


# --- Files ----------------------------------------------------------------------------------------


def test_a_version_is_taken_out_as_a_file(desk, loaded):
    version = Version.objects.with_questions().get(question_set__code="jav")

    answer = desk.get(address("export", version.pk))

    assert answer["Content-Disposition"] == 'attachment; filename="jav-version-1.yaml"'
    assert answer.content.decode() == as_yaml(version)


def read_in(desk, content, name="jav.yaml"):
    file = SimpleUploadedFile(name, content)
    return desk.post(address("import"), {"rule_set": OWN, "file": file})


def test_a_file_becomes_a_draft(desk, loaded):
    answer = read_in(desk, (CONTENT / "jav.yaml").read_bytes())

    made = Version.objects.drafts().get()
    assert answer.url == address("draft", made.pk)
    assert (made.question_set.rule_set, made.questions.count()) == (OWN, 4)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "jav.yaml, rad 1: filen är tom."),
        (b"code: jav\nname: \xe5\n", "jav.yaml, rad 2: filen är inte skriven i UTF-8."),
        (b"PK\x03\x04\x14\x00\x08", "jav.yaml, rad 1: det är inte giltig YAML"),
        (b"#" * (1024 * 1024 + 1), "jav.yaml, rad 1: filen är större än 1 MB."),
        (b"code: jav\nname: J\nabout: person\nquestions: [{}]\n", "rad 4: code saknas i frågan."),
    ],
)
def test_a_bad_file_is_refused_beside_its_field(desk, loaded, content, said):
    before = QuestionSet.objects.count()

    answer = read_in(desk, content)

    assert answer.status_code == 422
    assert said in words(answer)
    assert not Version.objects.drafts().exists()
    assert QuestionSet.objects.count() == before


# --- Rule sets ------------------------------------------------------------------------------------


def test_a_rule_set_is_named_and_says_where_measures_are_used(desk, draft):
    url = address("rule_set", OWN)

    desk.post(url, sent(desk.get(url), name="Vår egen", measures="everywhere"))

    row = RuleSet.objects.get(code=OWN)
    assert (row.name, row.measures, row.version) == ("Vår egen", "everywhere", 2)
    assert "Används i alla former" in words(desk.get(address("rule_sets")))
    assert Event.objects.get(code="rule_set_changed").details["measures"][1] == "everywhere"


def test_an_older_page_of_a_rule_set_saves_nothing(desk):
    url = address("rule_set", OWN)
    opened = desk.get(url)
    desk.post(url, sent(opened, name="Först"))

    answer = desk.post(url, sent(opened, name="Sedan"))

    assert answer.status_code == 409
    assert RuleSet.objects.get(code=OWN).name == "Först"


def test_only_its_own_writers_change_a_rule_set(desk, client):
    AdministrationFactory(rule_set="annan")

    assert desk.get(address("rule_set", "annan")).status_code == 404
    client.force_login(UserFactory())
    assert client.get(address("rule_set", OWN)).status_code == 404
    assert client.get(address("rule_sets")).status_code == 200


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "queries"),
    [("draft", 12), ("publish", 11), ("preview", 9), ("compare", 10), ("export", 6)],
)
@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_for_one_question_and_for_many(
    desk, name, queries, number, django_assert_max_num_queries
):
    first = VersionFactory(asking=QuestionFactory.build_batch(number), published_from=LONG_AGO)
    made = draft_next(first.question_set)
    for row in range(number):
        QuestionFactory(version=made, position=50 + row)
    assert Question.objects.filter(version=made).count() == 2 * number

    with django_assert_max_num_queries(queries):
        assert desk.get(address(name, made.pk)).status_code == 200
