"""Every page of the built book, opened in a real browser, from files.

The checks are in page_checks.py; test_page_checks.py shows that each can fail.
"""

import re
from functools import cache
from urllib.parse import quote

import pytest
from page_checks import (
    CHECKS,
    barriers,
    colours,
    errors,
    open_browser,
    outside,
    too_wide,
    visit,
)
from playwright.sync_api import expect
from sphinx_external_toc.parsing import parse_toc_yaml

from rnn_exercises.registry import exercise
from tools.layout import ROOT

OF_SPHINX = {"genindex", "search", "404"}
PAGES = sorted({*parse_toc_yaml(ROOT / "_toc.yml"), *OF_SPHINX})
OF_EACH_KIND = ("index", "08-training-one-step-at-a-time", "exercises", "api", "search")
PHONE, SMALL_PHONE = 390, 320


@pytest.fixture(scope="module")
def browser():
    # Not for the session: while Playwright runs, nothing else in the process
    # may start an event loop.
    with open_browser() as opened:
        yield opened


def test_every_built_page_is_visited(html):
    """The pages are named before the book is built; none may be forgotten."""
    assert {page.stem for page in html.glob("*.html")} == set(PAGES)


class EveryPage:
    """What is asked of a page in each of the settings below."""

    width = 1280

    @pytest.fixture(scope="class", params=PAGES)
    @classmethod
    def opened(cls, request, browser, html):
        url = (html / f"{request.param}.html").as_uri()
        with visit(browser, url, width=cls.width) as page:
            yield page

    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
    def test_page(self, opened, check):
        complaints = check(opened)
        assert not complaints, "\n".join(complaints)


class TestLight(EveryPage):
    def test_dark(self, opened):
        """Where the system turns dark, the page follows, and can be read."""
        opened.page.emulate_media(color_scheme="dark")
        expect(opened.page.locator("html")).to_have_attribute("data-theme", "dark")
        complaints = colours(opened)
        assert not complaints, "\n".join(complaints)


class TestDark:
    """A page of each kind that is dark from the beginning, as all can turn."""

    @pytest.mark.parametrize("page", OF_EACH_KIND)
    def test_page(self, browser, html, page):
        with visit(browser, (html / f"{page}.html").as_uri(), "dark") as opened:
            complaints = [found for check in CHECKS for found in check(opened)]
        assert not complaints, "\n".join(complaints)


class TestPhone(EveryPage):
    width = PHONE

    def test_small_phone(self, opened):
        """At 320 px a page of 1280 px stands enlarged four times (WCAG)."""
        size = opened.page.viewport_size
        opened.page.set_viewport_size({**size, "width": SMALL_PHONE})
        complaints = too_wide(opened)
        opened.page.set_viewport_size(size)
        assert not complaints, "\n".join(complaints)


class TestUse:
    """What a reader does on a page."""

    @pytest.mark.parametrize("theme", ["light", "dark"])
    def test_colours_are_there_before_the_scripts(self, browser, html, theme):
        with browser.new_context(color_scheme=theme) as context:
            page = context.new_page()
            page.route(re.compile(r"\.js(\?|$)"), lambda route: route.abort())
            page.goto((html / "api-words.html").as_uri())
            assert page.locator("html").get_attribute("data-theme") == theme
            ground = page.locator("body").evaluate(
                "e => getComputedStyle(e).backgroundColor"
            )
        red = int(re.search(r"\d+", ground)[0])
        assert (red < 128) == (theme == "dark"), ground

    def test_search_finds_pages_that_exist(self, browser, html):
        url = (html / "search.html").as_uri() + "?q=softmax"
        with visit(browser, url) as opened:
            opened.page.locator("#search-results li a").first.wait_for()
            opened.page.locator(".search-summary", has_text="found").wait_for()
            targets = opened.page.locator("#search-results li a").evaluate_all(
                "links => links.map(link => link.getAttribute('href'))"
            )
            assert errors(opened) == outside(opened) == []
        assert targets
        for target in targets:
            assert (html / target.partition("#")[0]).is_file()

    @pytest.fixture(scope="class")
    @classmethod
    def symbols(cls, browser, html):
        """What the search lists for a query: the texts, and where each leads."""

        @cache
        def found(query: str) -> list[tuple[str, str]]:
            address = f"{(html / 'search.html').as_uri()}?q={quote(query)}"
            with visit(browser, address, width=PHONE) as opened:
                items = opened.page.locator("#symbol-results li")
                items.first.wait_for()
                assert errors(opened) == outside(opened) == []
                symbols = items.evaluate_all(
                    "all => all.map(one => [one.innerText,"
                    " one.querySelector('a').getAttribute('href')])"
                )
                assert not barriers(opened)
                return symbols

        return found

    @pytest.mark.parametrize(
        "query", ["dWh", "1 - h^2", "1 - h ** 2", "BPTT", "tanh", "W_h^T"]
    )
    def test_search_finds_symbols(self, symbols, html, query):
        page, _, fragment = symbols(query)[0][1].partition("#")
        assert f'id="{fragment}"' in (html / page).read_text("utf8")

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("1 - h^2", "1 - h ** 2"),
            ("W_h^T", r"W_h^{\mathsf T}"),
            ("1 - h^2", "1-H^2"),
        ],
    )
    def test_a_symbol_is_found_however_it_is_written(self, symbols, one, other):
        assert symbols(one) == symbols(other)

    def test_search_for_nonsense_finds_no_symbols(self, browser, html):
        address = (html / "search.html").as_uri() + "?q=%2B%2Bqxz"
        with visit(browser, address) as opened:
            opened.page.locator(".search-summary").first.wait_for()
            assert not opened.page.locator("#symbol-results").count()

    def test_hints_open_one_inside_the_other(self, browser, html):
        name = "06-through-tanh-to-the-inputs"
        page = browser.new_page(
            viewport={"width": PHONE, "height": 844},
            has_touch=True,
            java_script_enabled=False,
        )
        page.goto((html / f"{name}.html").as_uri())
        hints = exercise("06-tanh").hints
        box = page.locator("[id='ex-06-tanh'] + details.hint")
        first, second = (box.get_by_text(hint, exact=True) for hint in hints[:2])
        assert not first.is_visible()
        box.locator("summary").first.tap()
        assert first.is_visible() and not second.is_visible()
        box.locator("summary").nth(1).tap()
        assert second.is_visible()
        page.close()

    def test_printed_solutions_stand_at_the_end(self, browser, html):
        name = "06-through-tanh-to-the-inputs"
        with visit(browser, (html / f"{name}.html").as_uri()) as opened:
            page = opened.page
            order = (
                "() => [...document.querySelectorAll('div.exercise, "
                "div.solution')].map(e => e.id)"
            )
            before = page.evaluate(order)
            page.evaluate("dispatchEvent(new Event('beforeprint'))")
            printed = page.evaluate(order)
            count = sum("solution" in name for name in before)
            assert count >= 6 and printed != before
            assert sorted(printed) == sorted(before)
            assert all("solution" in name for name in printed[-count:])
            page.evaluate("dispatchEvent(new Event('afterprint'))")
            assert page.evaluate(order) == before
            assert not page.locator("#printed-solutions").count()

    def test_a_printed_sheet_says_what_it_is_a_part_of(self, browser, html):
        with visit(browser, (html / "05-the-output-layer.html").as_uri()) as opened:
            rules = opened.page.evaluate(
                "() => [...document.styleSheets].filter(sheet => !sheet.href)"
                ".flatMap(sheet => [...sheet.cssRules]).map(rule => rule.cssText)"
            )
        (head,) = [rule for rule in rules if rule.startswith("@page")]
        assert 'content: "5. The output layer' in head and "counter(page)" in head

    def test_tab_reaches_the_skip_link_and_the_search(self, browser, html):
        with visit(browser, (html / "index.html").as_uri()) as opened:
            keyboard = opened.page.keyboard
            keyboard.press("Tab")
            assert focus(opened.page, "#pst-skip-link, #pst-skip-link *")
            assert tab_to(
                opened.page,
                "button.search-button, button.search-button__button",
                presses=10,
            )
            keyboard.press("Enter")
            opened.page.locator("#pst-search-dialog").wait_for()

    def test_skip_link_leads_to_the_text(self, browser, html):
        with visit(browser, (html / "index.html").as_uri()) as opened:
            opened.page.keyboard.press("Tab")
            opened.page.keyboard.press("Enter")
            opened.page.wait_for_url("**#main-content")

    @pytest.fixture(scope="class")
    @classmethod
    def untouched(cls, browser, html):
        """A chapter as it comes, with all that is closed."""
        page = browser.new_page()
        page.goto((html / "06-through-tanh-to-the-inputs.html").as_uri())
        yield page
        page.close()

    def test_enter_opens_a_solution(self, untouched):
        solution = untouched.locator(".solution.dropdown").first
        content = solution.locator("section").first
        assert not content.is_visible()
        solution.locator(".toggle-button").focus()
        untouched.keyboard.press("Shift+Tab")
        assert tab_to(untouched, ".solution button", presses=1)
        for shown in (True, False):
            untouched.keyboard.press("Enter")
            content.wait_for(state="visible" if shown else "hidden")

    def test_a_click_anywhere_on_its_title_opens_a_solution(self, untouched):
        solution = untouched.locator(".solution.dropdown").nth(1)
        title = solution.locator(".admonition-title").first
        assert "Exercise 6.2" in title.inner_text()
        width = title.bounding_box()["width"]
        for place, shown in ((0.2, True), (0.5, False), (0.97, True)):
            title.click(position={"x": place * width, "y": 15})
            state = "visible" if shown else "hidden"
            solution.locator("section").first.wait_for(state=state)
        assert "#" not in untouched.url

    def test_the_bar_of_folded_code_is_small(self, untouched):
        bar = untouched.locator("details.hide > summary").first
        assert bar.inner_text().strip() == "Show the code"
        box = bar.bounding_box()
        assert box["height"] <= 32 and box["width"] <= 200
        bar.click()
        assert bar.inner_text().strip() == "Hide the code"


def focus(page, selector: str) -> bool:
    """Whether the keyboard is at an element that `selector` describes."""
    return page.evaluate("s => document.activeElement.matches(s)", selector)


def tab_to(page, selector: str, presses: int) -> bool:
    """Press Tab until the keyboard is there, at most so many times."""
    for _ in range(presses):
        page.keyboard.press("Tab")
        if focus(page, selector):
            return True
    return False
