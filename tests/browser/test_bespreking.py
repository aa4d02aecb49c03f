"""A whole session in a real browser: a facilitator, the projector, and eight participants on their phones."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ggztriage.bespreking.sessieverslag import report
from ggztriage.bespreking.store import Store
from tests.bespreking_support import make_session, running
from tests.browser.test_axe import _violations as violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("GGZTRIAGE_BEELDEN")
PHONE, DESK, PROJECTOR = (360, 740), (1280, 900), (1920, 1080)
PEOPLE = ["gemeente", "gemeente", "gemeente", "aanbieder", "aanbieder", "aanbieder", "ciz", "client_naaste"]
NO_SCRIPT, OFFLINE = 7, 6


def look(page: Page, name: str, *, whole: bool = True) -> None:
    """Check that the page is accessible, in light and dark; and keep a picture when someone wants to see it."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=whole)
    unfolded = page.evaluate("[...document.querySelectorAll('details')].map((fold) => fold.open)")
    assert violations(page) == [], name
    page.emulate_media(color_scheme="light")
    page.evaluate("(open) => document.querySelectorAll('details').forEach((f, i) => { f.open = open[i] })", unfolded)


class Room:
    """Everyone in the room, each in a browser of their own."""

    def __init__(self, browser: Browser, address: str, name: str, code: str) -> None:
        self.browser, self.address, self.name, self.code = browser, address, name, code
        self.leader = self._context(DESK).new_page()
        self.screen = self._context(PROJECTOR).new_page()
        self.phones: list[Page] = []
        self.problems: list[str] = []

    def _context(self, size: tuple[int, int], *, script: bool = True) -> BrowserContext:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, java_script_enabled=script, reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        return context

    def open(self) -> None:
        for page, path in ((self.leader, ""), (self.screen, "/scherm")):
            page.on("console", self._note)
            page.goto(f"{self.address}/bespreking/{self.name}{path}")

    def _note(self, message: object) -> None:
        text = getattr(message, "text", "")
        expected = ("ERR_INTERNET_DISCONNECTED", "status of 422", "status of 409")
        if getattr(message, "type", "") == "error" and not any(part in text for part in expected):
            self.problems.append(text)

    def come_in(self) -> None:
        for place, perspectief in enumerate(PEOPLE):
            page = self._context(PHONE, script=place != NO_SCRIPT).new_page()
            page.on("console", self._note)
            if place == 0:
                page.goto(f"{self.address}/doe-mee")
                page.get_by_label("De code op het scherm").fill(f"{self.code[:4]} {self.code[4:].upper()}")
                page.get_by_role("button", name="Ga verder").click()
                page.wait_for_selector("input[name=perspectief]")
                look(page, "telefoon-1-meedoen")
            else:
                page.goto(f"{self.address}/doe-mee/{self.code}")
            page.locator(f"input[name=perspectief][value={perspectief}]").check()
            if place == 1:
                page.get_by_label("We kijken met zijn tweeën").check()
            page.get_by_role("button", name="Doe mee").click()
            page.get_by_role("heading", name="U doet mee").wait_for()
            self.phones.append(page)

    def go(self, button: str, heading: str) -> None:
        """The facilitator moves on; everyone with a script follows by themselves."""
        self.leader.get_by_role("button", name=button).click()
        self.leader.locator("h1", has_text=heading).wait_for()
        self.screen.locator("h1", has_text=heading).wait_for()

    def all_see(self, heading: str, but: tuple[int, ...] = ()) -> None:
        for place, page in enumerate(self.phones):
            if place == NO_SCRIPT:
                page.goto(f"{self.address}/doe-mee/{self.code}")
            if place not in but:
                page.locator("h1", has_text=heading).wait_for()


@pytest.fixture
def room(browser: Browser, tmp_path: Path) -> Iterator[Room]:
    store = Store(tmp_path)
    sessie = make_session(store)
    store.close()
    with running(tmp_path) as server:
        room = Room(browser, server.address, sessie.id, sessie.code)
        room.open()
        yield room
        assert room.problems == []


def judge(page: Page, *, blijvend: str, uitkomst: str, reden: str = "") -> None:
    for field in page.locator("fieldset.oordeelvraag").all()[:9]:
        name = field.locator("input").first.get_attribute("name")
        value = blijvend if name == "c-blijvend" else "ja"
        field.locator(f"input[value={value}]").check()
    page.locator(f"input[name=uitkomst][value={uitkomst}]").check()
    page.locator("input[name=zekerheid][value=redelijk]").check()
    if reden:
        page.get_by_label("Wat gaf de doorslag").fill(reden)
    page.get_by_role("button", name="oordeel").or_(page.get_by_role("button", name="Verstuur opnieuw")).first.click()


def gather(room: Room) -> None:
    look(room.leader, "begeleider-1-ontvangst")
    room.come_in()
    room.screen.get_by_text("telefoons doen mee").wait_for()
    room.screen.locator(".scherm-telling strong", has_text="8").wait_for()
    look(room.screen, "scherm-1-ontvangst", whole=False)
    look(room.phones[0], "telefoon-2-ontvangst")


def bring_in(room: Room) -> None:
    room.go("Inbrengen", "Inbrengen")
    room.all_see("Inbrengen")
    look(room.screen, "scherm-2-inbrengen", whole=False)
    look(room.phones[0], "telefoon-3-inbrengen")
    look(room.leader, "begeleider-2-inbrengen")


def clarify(room: Room) -> None:
    room.go("Verhelderen", "Verhelderen")
    room.all_see("Verhelderen")
    for place in (0, NO_SCRIPT):
        page = room.phones[place]
        page.get_by_label("Een vraag die openblijft").fill(f"Wie komt er in de nacht? ({place})")
        page.get_by_role("button", name="Stuur de vraag").click()
        page.get_by_text("Uw vraag is bewaard").wait_for()
    room.screen.get_by_text("Wie komt er in de nacht? (7)", exact=True).wait_for()
    room.leader.get_by_text("Wie komt er in de nacht? (7)", exact=True).wait_for()
    look(room.screen, "scherm-3-verhelderen", whole=False)
    look(room.leader, "begeleider-3-verhelderen")
    # what could be about a real person is refused, and stays in the field to be mended
    page = room.phones[1]
    page.get_by_label("Een vraag die openblijft").fill("Bel haar moeder op 06-12345678?")
    page.get_by_role("button", name="Stuur de vraag").click()
    page.get_by_text("Dit lijkt een telefoonnummer").wait_for()
    assert page.get_by_label("Een vraag die openblijft").input_value() == "Bel haar moeder op 06-12345678?"
    look(page, "telefoon-4-geweigerd")


def everyone_judges(room: Room) -> None:
    room.go("Beoordelen", "Beoordelen")
    room.all_see("Beoordelen")
    look(room.phones[0], "telefoon-5-beoordelen")
    for place, page in enumerate(room.phones):
        if place == OFFLINE:
            continue
        judge(
            page,
            blijvend="ja" if place < 4 else "nee",
            uitkomst="kansrijk" if place < 4 else "twijfel",
            reden="De nachten.",
        )
        page.get_by_text("Uw oordeel is bewaard").wait_for()
    # one loses connection while sending: it goes on trying, and says so
    lost = room.phones[OFFLINE]
    lost.context.set_offline(True)
    judge(lost, blijvend="onbekend", uitkomst="twijfel")
    lost.get_by_text("Geen verbinding. We proberen het opnieuw").wait_for()
    look(lost, "telefoon-6-geen-verbinding", whole=False)
    room.leader.locator("#voortgang", has_text="7 van 8").wait_for()
    look(room.leader, "begeleider-4-beoordelen")
    look(room.screen, "scherm-4-beoordelen", whole=False)
    lost.context.set_offline(False)
    lost.get_by_text("Uw oordeel is bewaard").wait_for(timeout=15_000)
    room.leader.locator("#voortgang", has_text="8 van 8").wait_for()
    look(room.phones[0], "telefoon-6-bewaard", whole=False)


def look_in_the_mirror(room: Room) -> None:
    # another one is away during the step itself, and comes back in the next
    room.phones[2].context.set_offline(True)
    room.go("Spiegelen", "Spiegelen")
    room.all_see("Spiegelen", but=(2,))
    room.phones[2].context.set_offline(False)
    room.phones[2].locator("h1", has_text="Spiegelen").wait_for(timeout=20_000)
    look(room.screen, "scherm-5-spiegelen", whole=False)
    look(room.phones[0], "telefoon-7-spiegelen")
    look(room.leader, "begeleider-5-spiegelen")
    assert "CIZ (1)" not in room.leader.content()
    room.leader.get_by_label("Waarom zien we het verschillend?").fill("De een kijkt naar nu, de ander naar later.")
    room.leader.get_by_role("button", name="Bewaar", exact=True).click()
    room.leader.locator(".gelukt", has_text="Bewaard.").wait_for()


def choose_a_direction(room: Room) -> None:
    room.go("Richting kiezen", "Richting kiezen")
    room.all_see("Richting kiezen")
    phone = room.phones[3]
    phone.get_by_label("Een voorstel voor een actie").fill("Samen een lange beschikking uitproberen")
    phone.get_by_role("button", name="Stuur het voorstel").click()
    phone.get_by_text("De begeleider ziet uw voorstel").wait_for()
    room.leader.get_by_text("Voorstel uit de zaal").wait_for()
    # while the facilitator writes, a new proposal does not take the text away
    room.leader.get_by_label("In uw eigen woorden").fill(
        "Eerst een lange beschikking, en over een jaar opnieuw kijken."
    )
    phone = room.phones[NO_SCRIPT]
    phone.get_by_label("Wat kan het hulpmiddel beter uitleggen?").fill("Wat telt als een ongeplande nacht?")
    phone.get_by_role("button", name="Stuur", exact=True).click()
    phone.get_by_text("De begeleider ziet uw voorstel").wait_for()
    room.leader.locator("#hulpmiddel").get_by_text("Voorstel uit de zaal").wait_for()
    assert room.leader.get_by_label("In uw eigen woorden").input_value().startswith("Eerst een lange")
    room.leader.get_by_label("Wmo", exact=True).check()
    room.leader.get_by_label("Is de casus helder voor iedereen?").first.check()
    room.leader.get_by_role("button", name="Bewaar de richting").click()
    room.screen.get_by_text("Eerst een lange beschikking").wait_for()
    room.leader.locator(".voorstel").first.get_by_role("button", name="Neem over").click()
    room.screen.get_by_text("Samen een lange beschikking uitproberen").wait_for()
    look(room.leader, "begeleider-6-richting")
    look(room.screen, "scherm-6-richting", whole=False)
    look(room.phones[0], "telefoon-8-richting")


def pause(room: Room) -> None:
    room.leader.get_by_role("button", name="Pauze").click()
    room.all_see("Pauze")
    look(room.phones[0], "telefoon-9-pauze", whole=False)
    room.leader.get_by_role("button", name="Ga verder na de pauze").click()
    room.all_see("Richting kiezen")


def the_second_case(room: Room) -> None:
    room.go("Volgende casus", "Inbrengen")
    room.go("Verhelderen", "Verhelderen")
    room.go("Beoordelen", "Beoordelen")
    room.all_see("Beoordelen")
    for place, page in enumerate(room.phones):
        judge(page, blijvend="onbekend" if place % 2 else "ja", uitkomst="twijfel")
        page.get_by_text("Uw oordeel is bewaard").wait_for()
    room.go("Spiegelen", "Spiegelen")
    room.go("Richting kiezen", "Richting kiezen")


def look_back(room: Room) -> None:
    room.go("Terugkijken", "Terugkijken")
    room.all_see("Kijk terug")
    look(room.phones[0], "telefoon-10-terugkijken")
    for page in room.phones[:4]:
        page.locator("input[name=begrip][value='3']").check()
        page.get_by_label("Wat leerde u?").fill("Dat een kortere weg ook kan.")
        page.get_by_role("button", name="Verstuur").click()
        page.get_by_text("Uw antwoorden zijn bewaard").wait_for()
    room.leader.locator("#terugkijken", has_text="4 van 8").wait_for()
    room.go("Afgerond", "Afgerond")
    room.all_see("Dank u wel")


def read_the_report(room: Room, tmp_path: Path) -> None:
    room.leader.get_by_role("link", name="Bekijk het verslag").click()
    room.leader.get_by_role("heading", name="In het kort").wait_for()
    look(room.leader, "verslag")
    if PICTURES:
        room.leader.pdf(path=f"{PICTURES}/verslag.pdf", prefer_css_page_size=True)
    found = report(Store(tmp_path), room.name)
    assert [casus.spiegel.aantal for casus in found.casussen] == [8, 8]
    assert found.mensen == 9
    blijvend = next(part for part in found.casussen[0].spiegel.criteria if part.id == "blijvend")
    assert {count.id: count.aantal for count in blijvend.samen.tellingen} == {"ja": 4, "nee": 3, "onbekend": 1}
    assert [actie.tekst for actie in found.acties] == ["Samen een lange beschikking uitproberen"]
    assert found.casussen[0].waarom == "De een kijkt naar nu, de ander naar later."
    assert found.evaluatie.aantal == 4


def test_a_session_from_the_first_code_to_the_report(room: Room, tmp_path: Path) -> None:
    gather(room)
    bring_in(room)
    clarify(room)
    everyone_judges(room)
    look_in_the_mirror(room)
    choose_a_direction(room)
    pause(room)
    the_second_case(room)
    look_back(room)
    read_the_report(room, tmp_path)


def test_two_windows_of_facilitators_do_not_overwrite_each_other(room: Room) -> None:
    room.go("Inbrengen", "Inbrengen")
    room.go("Verhelderen", "Verhelderen")
    room.go("Beoordelen", "Beoordelen")
    room.go("Spiegelen", "Spiegelen")
    other = room._context(DESK, script=False).new_page()
    other.goto(room.leader.url)
    room.leader.get_by_label("Waarom zien we het verschillend?").fill("Wat de eerste schreef.")
    room.leader.get_by_role("button", name="Bewaar", exact=True).click()
    room.leader.locator(".gelukt", has_text="Bewaard.").wait_for()
    other.get_by_label("Waarom zien we het verschillend?").fill("Wat de tweede schreef.")
    other.get_by_role("button", name="Bewaar", exact=True).click()
    other.get_by_text("In een ander venster is deze bespreking net veranderd").wait_for()
    # both texts are there: what is kept, and what was typed
    other.get_by_text("Nu bewaard: Wat de eerste schreef.").wait_for()
    assert other.get_by_label("Waarom zien we het verschillend?").input_value() == "Wat de tweede schreef."
    if PICTURES:
        other.screenshot(path=f"{PICTURES}/begeleider-ingehaald.png", full_page=True)


def test_a_session_is_prepared_in_the_form(room: Room) -> None:
    page = room.leader
    page.goto(f"{room.address}/bespreking")
    look(page, "overzicht")
    page.get_by_role("link", name="Bereid een bespreking voor").click()
    look(page, "nieuw")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_label("Titel").fill("Grijze gebieden in onze regio")
    page.get_by_label("Wat wil de regio weten?").fill("Bel Jan op 06-12345678")
    page.get_by_label("Mevrouw De Wit").check()
    page.get_by_role("button", name="Maak de bespreking").click()
    page.get_by_text("Dit lijkt een telefoonnummer").wait_for()
    assert page.get_by_label("Mevrouw De Wit").is_checked()
    page.get_by_label("Wat wil de regio weten?").fill("Wanneer past beschermd thuis?")
    page.get_by_role("button", name="Maak de bespreking").click()
    page.locator("h1", has_text="Ontvangst").wait_for()
    page.get_by_text("Wanneer past beschermd thuis?").wait_for()
    page.get_by_role("link", name="Verwijder deze bespreking").click()
    page.get_by_label("Ja, verwijder alles").check()
    page.get_by_role("button", name="Verwijder").click()
    page.get_by_text("De bespreking is verwijderd").wait_for()
    assert "Grijze gebieden" not in page.content()
