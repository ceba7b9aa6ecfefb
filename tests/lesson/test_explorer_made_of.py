"""A chosen number of the explorer: what it is made of is lit, and nothing else.

Numbers of all kinds are chosen. The names of the lit ones are compared with those
of the formula, and from their values the number is computed again.
"""

import re
from pathlib import Path

import explorer_parts
import numpy as np
import pytest
from explorer_parts import GATED, IDS, PLAIN, TARGETS, WORDS, T, parts_of, value
from networks import NAMES
from page_checks import AXE, AXE_TAGS, open_browser

from rnn_src.explorer import explore
from rnn_src.lstm import LSTM
from rnn_src.mistakes import random_case
from rnn_src.model import VanillaRNN
from tools.sphinx_ext.look import sheet

GROUND = "body { background: var(--book-ground); color: var(--book-text) }"
COLOURS = ["color-contrast", "link-in-text-block"]  # all that a theme changes
ASK_AXE = """async ([theme, runOnly]) => {
  document.documentElement.dataset.theme = theme;
  return (await axe.run({ runOnly, resultTypes: ["violations"] })).violations;
}"""
COLLECT = Path(explorer_parts.__file__).with_name("explorer_lit.js")
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta '
    'name="viewport" content="width=device-width"><title>x</title><body>'
    "<main><h1>x</h1>{}</main>"
)


@pytest.fixture(scope="module")
def plain():
    case = random_case(np.random.default_rng(0), T=T, H=3, V=4, scale=1.0)
    return explore(case.parameters, IDS, TARGETS, WORDS, case.h0, pieces=True)


@pytest.fixture(scope="module")
def gated():
    rng = np.random.default_rng(0)
    model = LSTM(4, 3, rng, scale=1.0)
    model.vector[:] += rng.normal(0, 0.3, model.vector.shape)
    return explore(model, IDS, TARGETS, WORDS, rng.normal(size=(2, 3)))


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def once(browser):
    """A page for all tests: to make one takes longer than to open an address in it."""
    return browser.new_page(has_touch=True)


@pytest.fixture
def opened(browser, once, tmp_path):
    def open_page(shown, **options):
        file = tmp_path / "page.html"
        file.write_text(PAGE.format(shown._repr_html_()), "utf8")
        page = browser.new_page(**options) if options else once
        page.goto(file.as_uri())
        return page

    return open_page


@pytest.mark.parametrize(("which", "kinds"), [("plain", PLAIN), ("gated", GATED)])
def test_what_is_lit_is_what_the_number_is_made_of(request, opened, which, kinds):
    page = opened(request.getfixturevalue(which))
    numbers = page.evaluate(COLLECT.read_text(), [0, 2, T - 1, T, 7, 2 * T - 1])
    told = {re.sub(r"\d+", "", number["name"].partition("[")[0]) for number in numbers}
    assert told >= {kind.removeprefix("start ") for kind in kinds}
    assert told > {"dL/dWx", "dL/dWh", "dL/dWy", "dL/dby"}
    for number in numbers:
        names, again, picture = parts_of(number, kinds)
        lit = dict(number["lit"])
        assert sorted(name for name, _ in number["lit"]) == sorted(names), number
        assert set(number["picture"]) == picture, number
        assert number["chosen"] == [True], number
        if names:
            found = again(*(value(lit[name]) for name in names))
            assert found == pytest.approx(value(number["value"]), abs=0.02), number


def test_a_cut_lights_nothing(opened, plain):
    page = opened(plain)
    page.locator("#place").fill("8")
    page.locator("#k").select_option("2")
    page.locator("#numbers td[data-row='2']").first.click()
    assert page.locator("output").inner_text().endswith("0, the piece ends here")
    assert page.locator(".lit").count() == 0


def test_a_large_network_lights_the_sum_in_place_of_its_weights(opened):
    model = VanillaRNN(26, 64, np.random.default_rng(0))
    letters = [chr(97 + i) for i in range(26)]
    page = opened(explore(model, np.arange(6), np.arange(1, 7), letters))
    page.locator("#numbers td[data-row='1']").nth(2).click()
    names = page.locator(".single").all_inner_texts()
    assert [name.split()[0] for name in names] == ["Wx[2][a]", "bh[2]", "(Wh"]
    assert page.locator("#numbers td.lit").count() == 64
    assert page.locator("#more table").count() == 0


@pytest.mark.parametrize("how", ["click", "tap", "press"])
def test_the_mark_stays_when_the_reader_goes_on(opened, plain, how):
    page = opened(plain)
    cell = page.locator("#numbers td[data-row='2'][data-column='1']")
    if how == "press":
        page.locator("#numbers td[data-row]").first.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowRight")
    else:
        getattr(cell, how)()
    page.locator("#legend").click()
    for before, after in (("h1[1] = tanh(", "h2[1] = tanh("),):
        assert page.locator("output").inner_text().startswith(before)
        page.locator("#on").click()
        assert page.locator("output").inner_text().startswith(after)
    assert cell.get_attribute("aria-selected") == "true"
    width = cell.evaluate("one => getComputedStyle(one).outlineWidth")
    style = cell.evaluate("one => getComputedStyle(one).outlineStyle")
    assert (width, style) == ("3px", "solid")
    assert page.locator("[aria-selected=true]").count() == 1


@pytest.mark.parametrize("which", ["plain", "gated"])
def test_axe_finds_nothing(request, opened, which):
    page = opened(request.getfixturevalue(which))
    page.add_style_tag(content=sheet() + GROUND)
    page.evaluate(AXE.read_text("utf8"))
    for place, gradient in ((1, ""), (7, "Wh")):
        page.locator("#place").fill(str(place))
        if gradient:
            page.locator(f"[data-gradient={gradient}]").click()
        page.locator("#numbers td[data-row='2']").first.click()
        for theme, rules in (("light", AXE_TAGS), ("dark", COLOURS)):
            assert page.evaluate(ASK_AXE, [theme, rules]) == [], theme


def test_nine_states_fit_the_column(browser, opened):
    model = VanillaRNN(4, 6, np.random.default_rng(1), scale=0.4)
    ids = np.arange(9) % 4
    page = opened(explore(model, ids[:-1], ids[1:], WORDS, pieces=True))
    page.locator("main").evaluate("one => { one.style.width = '720px' }")
    for place in (0, 15):
        page.locator("#place").fill(str(place))
        wide = page.locator("#picture")
        assert wide.evaluate("one => one.scrollWidth <= one.clientWidth")
        assert wide.evaluate(
            "one => { const edge = one.getBoundingClientRect();"
            "return [...one.querySelectorAll('text, rect')].every((part) => {"
            "const box = part.getBoundingClientRect();"
            "return box.left >= edge.left && box.right <= edge.right }) }"
        )


def test_a_phone_pins_the_names_and_fades_where_it_goes_on(opened):
    model = VanillaRNN(4, 8, np.random.default_rng(1), scale=0.4)
    shown = explore(model, [0, 1], [1, 2], WORDS)
    page = opened(shown, viewport={"width": 390, "height": 800})
    wide = page.locator("#numbers")
    head = wide.locator("th[scope=row]").first
    left = head.bounding_box()["x"]
    assert "on" in wide.get_attribute("class").split()
    wide.evaluate("one => { one.scrollLeft = one.scrollWidth }")
    page.wait_for_function(
        "() => !document.querySelector('rnn-explorer').part('numbers')"
        ".classList.contains('on')"
    )
    assert head.bounding_box()["x"] == pytest.approx(left, abs=3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_every_parameter_has_its_gradient(opened, plain):
    assert opened(plain).locator("[data-gradient]").count() == len(NAMES)
