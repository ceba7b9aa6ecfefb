"""Terms and symbols say what they mean: at a mouse, the keyboard, a finger."""

import json

import pytest
from bs4 import BeautifulSoup
from page_checks import (
    AXE,
    AXE_TAGS,
    barriers,
    colours,
    errors,
    open_browser,
    visit,
)
from parsed import parts
from small_books import NOTEBOOK, build

from tools.layout import BOOK
from tools.sphinx_ext.meanings import words_of

TEXT = (
    NOTEBOOK
    + """# A page about softmax

In code `softmax`, **softmax** in bold; a softmaximum. The softmax of logits is one, and
softmaxes are many. An exploding gradient is no gradient of $W_h$, nor of $W_h$ again.

## The logits

Of logits and $W_h$ and $h_t$, and $W_h x$, and of the steps $t$. Gradients!

```{code-cell}
1
```
"""
)
GLOSSARY = """# Glossary

```{glossary}
exploding gradient
  A gradient that grows.

gradient
  How the {term}`loss <softmax>` changes, times $\\eta$.

logits
  Scores.

softmax
  A function of {term}`logits`.

step
  One word.
```
"""
NOTATION = """# Notation

| symbol | in code | shape | meaning |
|---|---|---|---|
| $h_t = \\tanh(a_t)$ | `h` | (H,) | hidden state |
| $i, j$ | | | places |

| symbol | in code | shape | from | to |
|---|---|---|---|---|
| $W_h$ | `Wh` | (H, H) | state | sum |
"""
MORE = {"glossary": GLOSSARY, "notation": NOTATION}
# The checks of a page lose the focus, and so close the box.
ASK_AXE_OF_THE_BOX = """async (runOnly) =>
  (await axe.run(".meaning:popover-open", { runOnly })).violations"""
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    done = build(folder, TEXT, MORE)
    assert done.returncode == 0, done.log
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


def soup_of(html, name: str = "index") -> BeautifulSoup:
    text = (html / f"{name}.html").read_text("utf8")
    return BeautifulSoup(text, "html.parser")


def named(link) -> str:
    formula = link.select_one("annotation")
    return formula.text if formula else link.text


def test_the_first_use_is_linked(small):
    found = [named(link) for link in soup_of(small).select("a.meant")]
    first = ["softmax", "logits", "exploding gradient", "gradient", "W_h"]
    assert found == [*first, "W_h", "h_t"]


def test_each_link_has_its_box_and_its_place(small):
    soup = soup_of(small)
    for link in soup.select("a.meant"):
        (box,) = soup.select(f"[id='{link['aria-describedby']}']")
        assert box["role"] == "tooltip" and box.has_attr("popover")
        page, _, name = link["href"].partition("#")
        assert soup_of(small, page.removesuffix(".html")).select_one(f"[id='{name}']")
    texts = {box["id"]: box for box in soup.select(".meaning")}
    assert texts["of-term-softmax"].text.strip() == "A function of logits."
    assert texts["of-term-gradient"].select(".katex")
    assert not soup.select(".meaning a")
    rows = {box.text.strip() for name, box in texts.items() if "symbol" in name}
    assert rows == {
        "hidden state; in code h; shape (H,)",
        "from state to sum; in code Wh; shape (H, H)",
    }


def test_a_link_of_the_glossary_has_its_meaning(small):
    links = soup_of(small, "glossary").select("dd a.meant")
    assert [link["href"] for link in links] == ["#term-softmax", "#term-logits"]


def test_no_search_finds_the_boxes(small):
    index = (small / "searchindex.js").read_text("utf8")
    found = json.loads(index.partition("(")[2].rpartition(")")[0])
    assert found["terms"]["grow"] == found["docnames"].index("glossary")
    assert found["terms"]["mani"] == found["docnames"].index("index")


def test_of_two_terms_the_longer_is_found():
    pattern = words_of(["gradient", "exploding gradient", "loss", "bias"])
    found = [
        match[0] for match in pattern.finditer("Exploding gradients, losses, biased")
    ]
    assert found == ["Exploding gradients", "losses"]


class TestReader:
    """What a reader does."""

    @pytest.fixture
    def page(self, browser, small):
        with visit(browser, (small / "index.html").as_uri()) as opened:
            yield opened.page
            assert errors(opened) == []

    @pytest.fixture
    def link(self, page):
        return page.locator("a.meant", has_text="logits")

    @pytest.fixture
    def box(self, page):
        return page.locator("#of-term-logits")

    def test_a_mouse_shows_it_and_may_go_into_it(self, page, link, box):
        assert not box.is_visible()
        link.hover()
        box.wait_for(state="visible")
        box.hover()
        page.wait_for_timeout(500)
        assert box.is_visible()
        page.mouse.move(5, 5)
        box.wait_for(state="hidden")

    def test_the_keyboard_shows_it_and_escape_closes_it(self, page, link, box):
        link.focus()
        box.wait_for(state="visible")
        assert box.inner_text().strip() == "Scores."
        page.keyboard.press("Escape")
        assert not box.is_visible()
        page.keyboard.press("Tab")
        assert page.locator(".meaning:popover-open").count() == 1
        page.keyboard.press("Shift+Tab")
        assert box.is_visible()
        page.keyboard.press("Enter")
        page.wait_for_url("**/glossary.html#term-logits")

    def test_it_lies_beside_its_word_and_in_the_window(self, page, link, box):
        for top in (0, 10_000):
            page.evaluate("top => scrollTo(0, top)", top)
            link.focus()
            word, frame = link.bounding_box(), box.bounding_box()
            below = frame["y"] - word["y"] - word["height"]
            above = word["y"] - frame["y"] - frame["height"]
            assert -1 <= max(above, below) <= 12
            assert frame["x"] >= 0 and frame["x"] + frame["width"] <= 1280

    def test_an_open_box_keeps_nobody_out(self, browser, small):
        for theme, check in (("light", barriers), ("dark", colours)):
            with visit(browser, (small / "index.html").as_uri(), theme) as opened:
                opened.page.locator("a.meant").first.focus()
                opened.page.evaluate(AXE.read_text("utf8"))
                assert opened.page.evaluate(ASK_AXE_OF_THE_BOX, AXE_TAGS) == [], theme
                assert not check(opened)

    def test_the_first_tap_shows_and_the_second_goes(self, browser, small):
        page = browser.new_page(viewport=PHONE, has_touch=True, is_mobile=True)
        page.goto((small / "index.html").as_uri())
        link = page.locator("a.meant", has_text="logits")
        link.tap()
        page.locator("#of-term-logits").wait_for(state="visible")
        page.locator("article h1").tap()
        page.locator("#of-term-logits").wait_for(state="hidden")
        link.tap()
        assert page.url.endswith("index.html")
        link.tap()
        page.wait_for_url("**/glossary.html#term-logits")
        page.close()


def test_chapters_link_to_the_glossary(html):
    """A chapter has links, and not so many that they are in the way."""
    for page in sorted(BOOK.glob("[01]*-*.md")):
        links = parts(html, page.stem, "meant").select("a.meant")
        words = [link for link in links if not link.select(".katex")]
        assert 5 <= len(words) <= 45, (page.stem, len(words))
        assert len(links) <= 90, (page.stem, len(links))
