"""Every component, looked at by axe and by a real browser at both widths, in both languages."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.screens import WCAG, barriers, patient

pytestmark = pytest.mark.browser
PAGES = ["/gaya/", "/gaya/publik/", "/gaya/konfirmasi/", "/gaya/galat/404/", "/meja/nowhere/"]
RULES = (*WCAG, "wcag21a", "wcag21aa", "best-practice")


DRAWN = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(
() => document.fonts.ready.then(() => done()))))"""
"""What is drawn asks for its fonts, which may be a moment after all else was loaded."""


def visit(chromium: Any, url: str, width: int, **options: Any) -> Any:
    context = chromium.new_context(viewport={"width": width, "height": 740}, **options)
    page = patient(context).new_page()
    page.problems = []
    page.asked = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.on(
        "console",
        lambda m: m.type == "error" and "404" not in m.text and page.problems.append(m.text),
    )
    page.goto(url)
    return page


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["id", "en"])
def test_axe_finds_nothing_and_nothing_overflows(
    chromium: Any, face: str, url: str, width: int, language: str
) -> None:
    page = visit(chromium, f"{face}{url}?b={language}", width, bypass_csp=True)
    assert barriers(page, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.problems == []
    page.context.close()


@pytest.mark.parametrize("url", ["/gaya/publik/", "/"])
def test_a_dark_room_is_readable_too(chromium: Any, face: str, url: str) -> None:
    page = visit(chromium, f"{face}{url}", 360, bypass_csp=True, color_scheme="dark")
    assert barriers(page, RULES) == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(26, 23, 20)"
    if "publik" in url:
        page.get_by_role("button", name="Lanjut").click()
        page.locator(".govuk-error-summary").wait_for()
        assert barriers(page, RULES) == []
    page.context.close()


@pytest.mark.parametrize("url", PAGES)
def test_four_times_enlarged_nothing_needs_two_directions_of_scrolling(
    chromium: Any, face: str, url: str
) -> None:
    page = visit(chromium, f"{face}{url}", 320)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


@pytest.mark.parametrize("url", PAGES)
def test_bigger_letters_alone_cut_nothing_off(chromium: Any, face: str, url: str) -> None:
    page = visit(chromium, f"{face}{url}", 360, bypass_csp=True)
    page.add_style_tag(content="html { font-size: 200% !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.context.close()


def test_the_policy_is_not_broken_and_only_our_own_font_is_fetched(
    chromium: Any, face: str
) -> None:
    for url in PAGES:
        page = visit(chromium, f"{face}{url}", 1280)
        page.evaluate(DRAWN)
        assert page.problems == []
        assert all(address.startswith((face, "data:")) for address in page.asked)
        fonts = {a.rsplit("/", 1)[1] for a in page.asked if ".woff" in a}
        staff = url in ("/gaya/", "/gaya/konfirmasi/", "/meja/nowhere/")
        assert fonts == ({"plus-jakarta-sans-latin-wght-normal.woff2"} if staff else set())
        used = page.evaluate(
            "[...document.querySelectorAll('*')].filter(e => "
            "getComputedStyle(e).fontFamily.includes('GDS')).length"
        )
        assert used == 0
        page.context.close()


def test_a_public_page_asks_for_six_things_at_most(chromium: Any, face: str) -> None:
    page = visit(chromium, f"{face}/", 360)
    assert len([a for a in page.asked if not a.startswith("data:")]) <= 6
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_on_public_pages_suit_a_shaking_hand(
    chromium: Any, face: str, width: int
) -> None:
    page = visit(chromium, f"{face}/gaya/publik/", width)
    small = page.evaluate(
        """() => [...document.querySelectorAll('main .govuk-button, .rk-choice, .rk-big,'
        + '.rk-num, [data-ruang=exit], main .govuk-input, main .govuk-select')].filter(
        e => e.getBoundingClientRect().height < 44).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert small == []
    page.context.close()


@pytest.mark.parametrize(
    ("language", "said"),
    [("id", "Senin, 23 November 2026"), ("en", "Monday, 23 November 2026")],
)
def test_a_chosen_day_is_said_in_the_language_of_the_page(
    chromium: Any, face: str, language: str, said: str
) -> None:
    page = visit(chromium, f"{face}/gaya/?b={language}", 360, locale="de-DE")
    field = page.locator("input[type=date]")
    below = field.locator("xpath=following-sibling::output")
    assert below.inner_text() == ""
    field.fill("2026-11-23")
    assert below.inner_text() == said
    assert below.get_attribute("for") == field.get_attribute("id")
    field.fill("")
    assert below.inner_text() == ""
    assert page.problems == []
    page.context.close()


def test_the_sticky_bar_never_hides_what_has_the_keyboard(chromium: Any, face: str) -> None:
    page = visit(chromium, f"{face}/gaya/publik/", 360)
    page.keyboard.press("Tab")
    for _ in range(40):
        page.keyboard.press("Tab")
        hidden = page.evaluate(
            """() => { const e = document.activeElement;
            if (e.closest('.rk-top, .govuk-skip-link') || e === document.body) return false;
            const bar = document.querySelector('.rk-top').getBoundingClientRect().bottom;
            return e.getBoundingClientRect().bottom <= bar; }"""
        )
        assert not hidden
    page.context.close()


def test_the_skip_link_comes_first_and_then_the_exit(chromium: Any, face: str) -> None:
    page = visit(chromium, f"{face}/gaya/publik/", 360)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "govuk-skip-link"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.ruang") == "exit"
    page.context.close()


@pytest.mark.parametrize("url", ["/gaya/", "/gaya/publik/"])
def test_forced_colours_keep_the_shapes(chromium: Any, face: str, url: str) -> None:
    page = visit(chromium, f"{face}{url}", 1280, forced_colors="active")
    lost = page.evaluate(
        """() => [...document.querySelectorAll('.rk-risk--high, .rk-clock')].filter(e => {
        const s = getComputedStyle(e, '::before');
        return s.maskImage === 'none' || s.backgroundColor === 'rgba(0, 0, 0, 0)'; }).length"""
    )
    assert lost == 0
    page.context.close()


def test_on_paper_there_are_no_bars_and_buttons(chromium: Any, face: str) -> None:
    for url in ("/gaya/", "/gaya/publik/"):
        page = visit(chromium, f"{face}{url}", 1280)
        page.emulate_media(media="print")
        shown = page.evaluate(
            """() => [...document.querySelectorAll('.rk-top, .rk-bar, .govuk-button, .rk-foot')]
            .filter(e => e.getBoundingClientRect().height > 0).length"""
        )
        assert shown == 0
        page.context.close()


# --- staff.js -------------------------------------------------------------------------------


@pytest.fixture
def staff(chromium: Any, face: str) -> Iterator[Any]:
    page = visit(chromium, f"{face}/staf/", 1280)
    yield page
    assert page.problems == []
    page.context.close()


@pytest.mark.parametrize("swap", ["outerHTML", "outerMorph", "innerHTML"])
def test_the_keyboard_stays_on_its_button_when_the_list_changes(
    staff: Any, face: str, swap: str
) -> None:
    staff.goto(f"{face}/staf/?swap={swap}")
    staff.get_by_role("button", name="B").focus()
    before = staff.locator("#list p").first.inner_text()
    staff.evaluate("htmx.trigger(document.body, 'change-it')")
    staff.locator("#list p").first.filter(has_not_text=before).wait_for()
    staff.locator("button[value=b]:focus").wait_for()
    staff.wait_for_timeout(50)
    assert staff.evaluate("document.activeElement.value") == "b", "and it stays there"


def test_a_list_that_changes_takes_the_keyboard_from_nobody(staff: Any) -> None:
    staff.get_by_label("Catatan").fill("xyz")
    before = staff.locator("#list p").inner_text()
    staff.evaluate("htmx.trigger(document.body, 'change-it')")
    staff.locator("#list p").filter(has_not_text=before).wait_for()
    assert staff.evaluate("document.activeElement.id") == "note"
    assert staff.get_by_label("Catatan").input_value() == "xyz"


def test_a_form_is_sent_once_with_its_button(staff: Any) -> None:
    from tests.web import gallery

    gallery.seen.clear()
    gallery.go_on.clear()
    said = staff.evaluate(
        """() => new Promise(done => {
        const button = document.querySelector('button[name=go]');
        button.click(); button.click();
        setTimeout(() => { button.click(); done([button.disabled, button.textContent]) }, 20);
        })"""
    )
    gallery.go_on.set()
    assert said == [True, "Mengirim…"]
    staff.wait_for_url("**/staf/lambat/")
    assert [(sent["x"], sent["go"]) for sent in gallery.seen] == [("1", "1")]


def test_letters_are_counted(staff: Any) -> None:
    note = staff.get_by_label("Catatan")
    note.fill("ab😀")
    assert staff.locator(".rk-count").inner_text() == "Sisa 2"
    note.fill("abcdefg")
    assert staff.locator(".rk-count.is-over").inner_text() == "Lebih 2"


def test_when_live_updates_stop_a_strip_says_of_when_the_page_is(staff: Any) -> None:
    strip = staff.locator("[data-ruang=stale]")
    assert strip.is_hidden()
    staff.clock.set_fixed_time("2026-11-23T04:59:59Z")  # no minute passes meanwhile
    staff.evaluate("document.dispatchEvent(new Event('ruang:fresh'))")
    staff.evaluate("document.dispatchEvent(new Event('ruang:stale'))")
    assert strip.is_visible()
    said = staff.evaluate("document.querySelector('[data-ruang=stale]').textContent")
    now = staff.evaluate("new Date().toTimeString().slice(0, 5).replace(':', '.')")
    assert said == f"Data pukul {now}. Menyambung lagi…"
    staff.evaluate("document.dispatchEvent(new Event('ruang:fresh'))")
    assert strip.is_hidden()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("javascript", [True, False])
def test_the_menu_opens_without_javascript_and_closes_with_escape(
    chromium: Any, face: str, width: int, javascript: bool
) -> None:
    page = visit(chromium, f"{face}/gaya/", width, java_script_enabled=javascript)
    summary = page.locator(".rk-drop:visible > summary")
    summary.click()
    button = page.locator(".rk-drop[open]").get_by_role("button", name="Keluar")
    assert button.is_visible()
    if javascript:
        page.keyboard.press("Escape")
        assert button.is_hidden()
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.context.close()
