"""public.js in a real browser: leaving, sending steps, and what stays when the network goes."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from ruang.web.chrome import PLAIN
from tests.screens import patient, press, until
from tests.web import gallery

pytestmark = pytest.mark.browser
WEATHER = "<title>Cuaca</title><p>Cerah</p>"
UNSENT = "Belum terkirim. Sinyal terputus. Tekan Kirim lagi, atau telepon 129."


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    gallery.seen.clear()
    yield
    gallery.trouble.update(status=0, carries=0)


def opened(chromium: Any, **options: Any) -> Any:
    context = chromium.new_context(viewport={"width": 360, "height": 740}, **options)
    patient(context)
    context.route(
        f"{PLAIN.exit_url}**",
        lambda route: route.fulfill(body=WEATHER, content_type="text/html"),
    )
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on("console", lambda m: m.type == "error" and page.problems.append(m.text))
    return page


@pytest.fixture
def page(chromium: Any, face: str) -> Iterator[Any]:
    page = opened(chromium)
    page.goto(f"{face}/")
    yield page
    page.context.close()


@pytest.fixture
def step(page: Any) -> Any:
    page.get_by_role("button", name="Lapor").click()
    page.get_by_role("heading", name="Langkah 1").wait_for()
    return page


@pytest.fixture
def held() -> Iterator[Any]:
    """Requests that get no answer until the test lets them go."""

    class Held(list[Any]):
        def keep(self, route: Any) -> None:
            self.append(route)

        def first(self, page: Any) -> Any:
            """The first of them, once it has come."""
            return until(page, lambda: self)[0]

    routes = Held()
    yield routes
    for route in routes:
        with suppress(Exception):
            route.abort()


# --- leaving --------------------------------------------------------------------------------


@pytest.mark.parametrize("javascript", [True, False])
def test_the_exit_leaves_with_and_without_javascript(
    chromium: Any, face: str, javascript: bool
) -> None:
    page = opened(chromium, java_script_enabled=javascript)
    page.goto(f"{face}/gaya/publik/")
    page.locator("[data-ruang=exit]").click()
    page.wait_for_url(PLAIN.exit_url)
    assert page.get_by_text("Cerah").is_visible()
    page.context.close()


def test_the_exit_takes_the_page_off_the_back_list(page: Any, face: str) -> None:
    page.goto(f"{face}/gaya/publik/")
    page.locator("[data-ruang=exit]").click()
    page.wait_for_url(PLAIN.exit_url)
    page.go_back()
    page.wait_for_url(f"{face}/")


def test_the_exit_covers_at_once_and_does_not_wait_for_the_network(
    step: Any, held: Any
) -> None:
    step.get_by_label("Kata").fill("semangka")
    step.context.unroute_all()
    step.context.route(f"{PLAIN.exit_url}**", held.keep)
    shown = step.evaluate(
        """() => { let told = 0;
        document.addEventListener('ruang:leave', () => { told += 1; });
        document.querySelector('[data-ruang=exit]').click();
        const cover = document.querySelector('.rk-cover').getBoundingClientRect();
        return [told, document.body.innerText, document.body.children.length,
            document.querySelectorAll('input, textarea, audio').length,
            cover.top, cover.left, cover.width, cover.height]; }"""
    )
    assert shown == [1, "Memuat…", 1, 0, 0, 0, 360, 740]


def test_the_exit_lets_go_of_the_microphone_and_of_sound(step: Any, held: Any) -> None:
    step.context.unroute_all()
    step.context.route(f"{PLAIN.exit_url}**", held.keep)
    stopped = step.evaluate(
        """() => { const stopped = [], audio = document.createElement('audio');
        audio.pause = () => stopped.push('sound');
        Object.defineProperty(audio, 'srcObject', {
            get: () => ({getTracks: () => [{stop: () => stopped.push('microphone')}]}),
            set: () => {}});
        document.querySelector('main').append(audio);
        document.querySelector('[data-ruang=exit]').click();
        return stopped; }"""
    )
    assert stopped == ["sound", "microphone"]


def test_shift_three_times_leaves_and_says_how_many_more(step: Any) -> None:
    said = step.locator("[data-ruang=say]")
    step.keyboard.press("Shift")
    assert said.inner_text() == "Shift, tekan 2 kali lagi"
    step.keyboard.press("Shift")
    assert said.inner_text() == "Shift, tekan 1 kali lagi"
    step.keyboard.press("Shift", delay=1)
    step.wait_for_url(PLAIN.exit_url)


def test_typing_capitals_never_leaves(step: Any) -> None:
    field = step.get_by_label("Kata")
    field.focus()
    for letter in "ABCDE":
        step.keyboard.down("Shift")
        step.keyboard.press(letter)
        step.keyboard.up("Shift")
    assert field.input_value() == "ABCDE"


def test_three_slow_shifts_do_not_leave(step: Any) -> None:
    step.evaluate("window.past = 0; const now = Date.now; Date.now = () => now() + window.past")
    for _ in range(4):
        step.keyboard.press("Shift")
        step.evaluate("window.past += 5001")
    assert step.get_by_role("heading", name="Langkah 1").is_visible()


def test_going_elsewhere_wipes_the_page_and_back_shows_no_answer(step: Any, face: str) -> None:
    step.get_by_label("Kata").fill("semangka")
    step.locator("#away").click()
    step.wait_for_url(f"{face}/gaya/publik/")
    step.go_back()
    step.get_by_role("heading", name="Anda tidak sendiri").wait_for()
    assert "semangka" not in step.content()


def test_a_page_out_of_the_cache_is_loaded_anew(step: Any) -> None:
    step.evaluate("window.old = true")
    step.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    step.get_by_role("heading", name="Anda tidak sendiri").wait_for()
    assert step.evaluate("window.old") is None


def test_closing_wipes_and_replaces(page: Any, face: str) -> None:
    page.goto(f"{face}/gaya/publik/")
    page.locator("[data-ruang=leave]").click()
    page.wait_for_url(f"{face}/")
    page.go_back()
    page.wait_for_url(f"{face}/")


# --- sending a step -------------------------------------------------------------------------


def test_steps_go_by_without_a_trace_in_the_history(step: Any, face: str) -> None:
    before = step.evaluate("history.length")
    for number in (2, 3, 4):
        step.get_by_role("button", name="Lanjut").click()
        step.get_by_role("heading", name=f"Langkah {number}").wait_for()
    assert step.evaluate("history.length") == before
    assert step.url == f"{face}/"
    assert step.title() == "Layanan Kota Serang"
    assert step.problems == []


def test_the_pressed_button_travels_along_and_enter_presses_the_first(step: Any) -> None:
    step.get_by_role("button", name="Kembali").click()
    step.get_by_role("heading", name="Langkah 0").wait_for()
    assert step.locator("#pressed").inner_text() == "kembali"
    step.get_by_label("Kata").fill("dua kata")
    step.get_by_role("button", name="Lanjut").focus()
    step.keyboard.press("Enter")
    step.get_by_role("heading", name="Langkah 1").wait_for()
    assert step.locator("#pressed").inner_text() == "lanjut"
    assert step.locator("#got").inner_text() == "dua kata"


def test_the_new_page_is_at_its_top_and_its_heading_has_the_keyboard(step: Any) -> None:
    step.get_by_label("Kata").fill("x")
    step.evaluate("scrollTo(0, 500)")
    step.get_by_role("button", name="Lanjut").click()
    step.get_by_role("heading", name="Langkah 2").wait_for()
    assert step.evaluate("scrollY") == 0
    assert step.evaluate("document.activeElement.textContent") == "Langkah 2"


def test_mistakes_get_the_keyboard_first_and_lead_to_their_field(page: Any, face: str) -> None:
    page.goto(f"{face}/gaya/publik/")
    entries = page.evaluate("history.length")
    page.get_by_role("button", name="Lanjut").click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.evaluate("document.activeElement.dataset.ruang") == "errors"
    page.locator(".govuk-error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "id_safe_0"
    assert page.evaluate("history.length") == entries
    assert "#" not in page.url


def test_the_language_button_keeps_what_was_typed_and_changes_the_whole_page(step: Any) -> None:
    step.get_by_label("Kata").fill("tidak hilang")
    step.get_by_role("button", name="English").click()
    step.get_by_role("link", name="Quick exit").wait_for()
    assert step.evaluate("document.documentElement.lang") == "en"
    assert step.get_by_label("Kata").input_value() == "tidak hilang"
    assert step.get_by_role("button", name="Bahasa Indonesia").is_visible()
    step.get_by_role("button", name="Bahasa Indonesia").click()
    step.get_by_role("link", name="Keluar cepat").wait_for()
    step.locator("[data-ruang=exit]").click()
    step.wait_for_url(PLAIN.exit_url)


def test_a_file_travels_and_an_empty_file_field_does_not(step: Any, tmp_path: Path) -> None:
    photo = tmp_path / "foto.jpg"
    photo.write_bytes(b"x" * 300_000)
    step.get_by_label("Berkas").set_input_files(photo)
    step.get_by_role("button", name="Lanjut").click()
    step.get_by_role("heading", name="Langkah 2").wait_for()
    assert gallery.seen[-1]["files"] == {"file": 300_000}
    step.get_by_role("button", name="Lanjut").click()
    step.get_by_role("heading", name="Langkah 3").wait_for()
    assert gallery.seen[-1]["files"] == {}


def test_two_presses_send_once(step: Any, held: Any) -> None:
    gallery.seen.clear()
    step.route("**/langkah/", held.keep)
    step.get_by_role("button", name="Lanjut").click()
    sending = step.get_by_role("button", name="Mengirim…")
    sending.wait_for()
    assert sending.is_disabled()
    step.evaluate("document.forms[0].requestSubmit()")
    step.evaluate("document.forms[0].requestSubmit()")
    held.first(step).continue_()
    step.get_by_role("heading", name="Langkah 2").wait_for()
    assert len(held) == len(gallery.seen) == 1


def standing(page: Any) -> None:
    """Let the page's time stand still but where a test has it go on."""
    page.clock.install(time="2026-11-23T03:00:00Z")
    page.clock.pause_at("2026-11-23T04:00:00Z")


def test_after_four_seconds_it_says_that_it_is_still_trying(step: Any, held: Any) -> None:
    step.route("**/langkah/", held.keep)
    standing(step)
    step.get_by_role("button", name="Lanjut").click()
    step.clock.run_for(3900)
    assert step.get_by_text("Masih mencoba.").count() == 0
    step.clock.run_for(200)
    assert step.get_by_text("Masih mencoba. Jangan tutup halaman ini.").is_visible()


def test_a_network_that_is_gone_costs_nothing_typed_and_sending_again_works(step: Any) -> None:
    step.get_by_label("Kata").fill("tetap ada")
    step.context.set_offline(True)
    step.get_by_role("button", name="Lanjut").click()
    step.get_by_text(UNSENT).wait_for()
    assert step.get_by_label("Kata").input_value() == "tetap ada"
    assert step.get_by_role("alert").inner_text() == UNSENT
    assert step.get_by_role("button", name="Lanjut").is_enabled()
    step.context.set_offline(False)
    step.get_by_role("button", name="Lanjut").click()
    step.get_by_role("heading", name="Langkah 2").wait_for()
    assert step.locator("#got").inner_text() == "tetap ada"
    assert step.get_by_text(UNSENT).count() == 0


def test_a_connection_that_stalls_is_given_up_after_ninety_seconds(
    step: Any, held: Any
) -> None:
    step.get_by_label("Kata").fill("tetap ada")
    step.route("**/langkah/", held.keep)
    standing(step)
    step.get_by_role("button", name="Lanjut").click()
    step.clock.run_for(89_000)
    assert step.get_by_text(UNSENT).count() == 0
    step.clock.run_for(2_000)
    assert step.get_by_text(UNSENT).is_visible()
    assert step.get_by_label("Kata").input_value() == "tetap ada"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (500, UNSENT),
        (502, UNSENT),
        (503, UNSENT),
        (413, "Berkas ini terlalu besar (paling besar 25 MB). Laporan Anda tetap aman."),
    ],
)
def test_a_server_in_trouble_costs_nothing_typed(step: Any, status: int, words: str) -> None:
    step.get_by_label("Kata").fill("tetap ada")
    gallery.trouble["status"] = status
    step.get_by_role("button", name="Lanjut").click()
    step.get_by_text(words).wait_for()
    assert step.get_by_label("Kata").input_value() == "tetap ada"
    gallery.trouble["status"] = 0
    step.get_by_role("button", name="Lanjut").click()
    step.get_by_role("heading", name="Langkah 2").wait_for()


def test_a_page_that_says_not_saved_and_carries_the_form_on_is_shown(step: Any) -> None:
    gallery.trouble.update(status=503, carries=1)
    step.get_by_role("button", name="Lanjut").click()
    step.get_by_role("heading", name="Langkah 99").wait_for()
    assert step.get_by_text(UNSENT).count() == 0


def test_leaving_while_sending_stops_the_sending(step: Any, held: Any) -> None:
    step.route("**/langkah/", held.keep)
    lost: list[str] = []
    step.on("requestfailed", lambda request: lost.append(request.url))
    step.get_by_role("button", name="Lanjut").click()
    step.get_by_role("button", name="Mengirim…").wait_for()
    step.locator("[data-ruang=exit]").click()
    step.wait_for_url(PLAIN.exit_url)
    until(step, lambda: any(url.endswith("/langkah/") for url in lost))


def test_without_javascript_the_same_form_works(chromium: Any, face: str) -> None:
    page = opened(chromium, java_script_enabled=False)
    page.goto(f"{face}/")
    press(page, "main [name=mulai]")
    page.get_by_label("Kata").fill("halo")
    press(page, "button:text-is('English')")
    assert page.get_by_label("Kata").input_value() == "halo"
    assert page.get_by_role("link", name="Quick exit").is_visible()
    press(page, "main [name=lanjut]")
    assert page.locator("#got").inner_text() == "halo"
    assert page.get_by_role("heading", name="Langkah 2").is_visible()
    page.context.close()


def test_an_old_phone_without_form_data_sends_plainly(chromium: Any, face: str) -> None:
    page = opened(chromium)
    page.add_init_script("delete window.FormData")
    page.goto(f"{face}/")
    page.get_by_role("button", name="Lapor").click()
    page.wait_for_url(f"{face}/langkah/")
    assert page.get_by_role("heading", name="Langkah 1").is_visible()
    page.context.close()


def test_the_script_leaves_no_globals_and_keeps_nothing(page: Any, face: str) -> None:
    page.route("**/public.js", lambda route: route.fulfill(body=""))
    page.goto(f"{face}/")
    plain = set(page.evaluate("Object.keys(window)"))
    page.unroute("**/public.js")
    page.goto(f"{face}/?b=id")
    page.get_by_role("button", name="Lapor").click()
    page.get_by_role("heading", name="Langkah 1").wait_for()
    ours = set(page.evaluate("Object.keys(window)")) - plain
    assert ours == set()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [
        0,
        0,
        "",
    ]


def test_the_script_is_small_and_speaks_no_words_of_its_own() -> None:
    text = Path("ruang/web/static/ruang/public.js").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 300
    for newer in ("=>", "`", "const ", "let ", "async ", "?.", "class "):
        code = "\n".join(
            line for line in text.splitlines() if not line.strip().startswith("/*")
        )
        assert newer not in code, f"{newer!r} is too new for old phones"
