"""In a real browser: a yearly follow-up, and a shortcoming that ends a collaboration."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from collaborations.models import Collaboration
from notifications.models import Obligation
from tests.browser.test_formal import press, to
from tests.browser.test_story import choose, field, fill_follow_up
from tests.factories.accounts import UserFactory
from tests.factories.collaborations import case_at, place
from tests.factories.follow_up import promising, wholly_followed_up

pytestmark = pytest.mark.timeout(300)
TODAY = timezone.localdate().isoformat()


@pytest.fixture
def at(site):
    return place()


def test_a_yearly_follow_up_from_half_a_draft_to_a_measure_that_is_done(open_page, log_in, at):
    case = promising(at)
    wholly_followed_up(case, at, number="62")
    officer, manager = open_page(width=360), open_page()
    log_in(officer, at.officer)
    log_in(manager, at.manager)

    to(officer, "follow_up", case)
    expect(officer.get_by_text("Målvärde: 70 procent").first).to_be_visible()
    field(officer, "Vad har gjorts").fill("Halva är skrivet.")
    press(officer, "Spara utkast")
    expect(officer.get_by_text("Utkastet är sparat.")).to_be_visible()
    expect(field(officer, "Vad har gjorts")).to_have_value("Halva är skrivet.")

    fill_follow_up(officer)
    for group in officer.get_by_role("group", name="Är åtagandet genomfört?").all():
        group.get_by_label("genomfört", exact=True).check()
    field(officer, "Resultat, som tal").fill("67,5")
    field(officer, "Vilka medel och insatser har vi").fill("Lokalen.")
    field(officer, "Vilka medel och insatser har organisationen").fill("Volontärerna.")
    choose(officer, "Slutsats", "ändra")
    press(officer, "Spara uppföljningen")
    expect(officer.get_by_text("Uppföljningen är sparad")).to_be_visible()
    expect(officer.get_by_text("67,5").first).to_be_visible()

    made = case.follow_ups.order_by("pk").last()
    manager.goto("/")
    manager.get_by_role("link", name="Ta ställning till uppföljningen").click()
    manager.get_by_role("link", name="Ta ställning").click()
    field(manager, "Vad kommer du fram till?").fill("Vi gör ett tillägg om en kväll till.")
    press(manager, "Spara ställningstagandet")
    expect(manager.get_by_text("Ställningstagandet är sparat.")).to_be_visible()

    manager.get_by_role("link", name="Lägg till en åtgärd").click()
    field(manager, "Vad ska göras?").fill("Skriv ett tillägg")
    field(manager, "Vem ansvarar?").select_option(label=str(at.officer))
    field(manager, "Klar senast").fill(TODAY)
    press(manager, "Besluta om åtgärden")
    expect(manager.get_by_text("Sista dagen bevakas.")).to_be_visible()

    officer.goto(made.remedies.get().get_absolute_url())
    choose(officer, "Hur gick det?", "gjord")
    field(officer, "Vad har gjorts, eller").fill("Tillägget är skrivet.")
    press(officer, "Spara")
    expect(officer.get_by_text("Åtgärden är avslutad.")).to_be_visible()

    kinds = Obligation.objects.open().filter(about=case.chain).values_list("kind", flat=True)
    assert set(kinds) & {"remedy", "follow_up_stand"} == set()


def test_a_shortcoming_that_an_employee_reports_ends_the_collaboration(open_page, log_in, at):
    case, _ = case_at("ongoing", at)
    employee = UserFactory(employee_at=at.unit)
    unit_manager = UserFactory(unit_manager_at=at.unit)
    reporter, unit, manager = open_page(width=360), open_page(), open_page()
    for page, person in ((reporter, employee), (unit, unit_manager), (manager, at.manager)):
        log_in(page, person)

    to(reporter, "case", case)
    reporter.get_by_role("link", name="Anmäl en brist").click()
    field(reporter, "Vad brister?").fill("Det kommer inga volontärer.")
    choose(reporter, "Är det brådskande", "Ja")
    press(reporter, "Anmäl")
    expect(reporter.get_by_text("hos enhetschefen").first).to_be_visible()
    one = case.shortcomings.get()

    unit.goto(one.get_absolute_url())
    unit.get_by_role("link", name="Lämna vidare till ansvarig chef").click()
    press(unit, "Lämna vidare")
    expect(unit.get_by_text("Bristen är hos ansvarig chef.")).to_be_visible()

    to(manager, "break_off", case)
    expect(manager.get_by_text("Ingen brist är bedömd.")).to_be_visible()
    manager.goto(one.get_absolute_url())
    manager.get_by_role("link", name="Bedöm bristen").click()
    field(manager, "Hur bedömer du bristen?").fill("Åtagandet hålls inte.")
    press(manager, "Spara bedömningen")
    manager.get_by_role("link", name="Anteckna ett samtal").click()
    choose(manager, "Vad gäller anteckningen?", "Samtal med dem som berörs")
    field(manager, "Med vem?").fill("Föreningens styrelse")
    choose(manager, "Hur?", "telefon")
    field(manager, "Vad sades?").fill("Ringde tre gånger, ingen svarade.")
    manager.get_by_label("Den vi sökte gick inte att nå").check()
    press(manager, "Spara anteckningen")
    expect(manager.get_by_text("Anteckningen är sparad.")).to_be_visible()

    to(manager, "break_off", case)
    choose(manager, "Vem säger upp?", "vi")
    field(manager, "Skäl").fill("Ingen verksamhet längre.")
    choose(manager, "Kan beslutet överklagas?", "nej")
    press(manager, "Avbryt samverkan")
    expect(manager.get_by_text("Samverkan är avbruten.").first).to_be_visible()

    reporter.goto(one.get_absolute_url())
    expect(reporter.get_by_text("Samverkan har avbrutits.")).to_be_visible()
    assert Collaboration.objects.get(pk=case.pk).step == "ended"
    due = Obligation.objects.open().filter(about=case.chain)
    assert [row.kind for row in due] == ["closing_follow_up"]
