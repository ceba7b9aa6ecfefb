"""The lists beside the text: where the reader is, and where the exercises are."""

import pytest
from page_checks import open_browser

LONG, LAPTOP = "14-vanishing-and-exploding", {"width": 1280, "height": 640}
SHOWN = """(selector) => {
  const entry = document.querySelector(selector).getBoundingClientRect();
  const list = document.querySelector(selector).closest("[id$=sidebar]");
  const frame = list.getBoundingClientRect();
  return entry.top >= frame.top - 1 && entry.bottom <= frame.bottom + 1;
}"""
# The mark comes 100 ms after the last scroll.
SCROLL = """async (top) => {
  const before = scrollY;
  const marked = new Promise((done) =>
    addEventListener("scroll", () => setTimeout(done, 110), { once: true }));
  scrollTo({ top, behavior: "instant" });
  if (scrollY !== before) await marked;
}"""
READING, EXERCISES = (
    f"#pst-page-toc-nav {one}" for one in ("a.active", "a[href='#exercises']")
)
MOST_BROKEN = 0.1  # of the titles of the book


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(browser, html):
    """The page for all tests: each says itself to what place it scrolls."""
    opened = browser.new_page(viewport=LAPTOP)
    opened.goto((html / f"{LONG}.html").as_uri())
    return opened


def places(page) -> list[int]:
    """How far down each section of the page begins."""
    return page.locator("article h2").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top + scrollY)"
    )


def read_at(page, place: float) -> str:
    """The entry that is marked when the reader has come to that place."""
    page.evaluate(SCROLL, place)
    assert page.evaluate(SHOWN, READING) and page.evaluate(SHOWN, EXERCISES)
    return page.locator(READING).inner_text()


def test_the_list_follows_the_reading_down_and_up(page):
    starts = places(page)
    down = [read_at(page, start + 5) for start in starts]
    up = [read_at(page, start + 5) for start in reversed(starts)]
    assert down == up[::-1]
    assert len(set(down)) == len(starts) > 6


def test_a_section_is_marked_in_its_middle_on_the_way_up(page):
    """The theme leaves the mark at the section that comes after."""
    second, third = places(page)[1:3]
    name = read_at(page, third - 700)
    read_at(page, third + 5)
    assert read_at(page, third - 700) == name
    assert third - second > 800


def test_the_page_stays_where_it_is(page):
    page.evaluate("scrollTo({top: 4000, behavior: 'instant'})")
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 4000


def test_the_current_page_is_in_view_wherever_the_list_was(page):
    page.evaluate("sessionStorage.setItem('sidebar-scroll-top', 0)")
    page.locator("#pst-primary-sidebar").evaluate("list => { list.scrollTop = 0; }")
    page.reload()
    assert page.evaluate(SHOWN, "#pst-primary-sidebar a.current")


def test_most_titles_of_the_book_have_one_line(page):
    heights = page.locator(".bd-docs-nav li > a:visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    broken = sum(height > 1.5 * min(heights) for height in heights)
    assert len(heights) > 20 and broken <= MOST_BROKEN * len(heights)
