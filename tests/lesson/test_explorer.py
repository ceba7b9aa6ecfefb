"""The explorer: its numbers are the network's, and a reader can get at them."""

import json
import re
from pathlib import Path

import explorer_parts
import numpy as np
import pytest
from bs4 import BeautifulSoup
from networks import NAMES
from page_checks import open_browser

from rnn_src.explorer import explore, trace
from rnn_src.explorer.data import as_data
from rnn_src.explorer.page import script
from rnn_src.mistakes import MISTAKES, random_case, right_gradients
from rnn_src.model import VanillaRNN
from rnn_src.palette import BLUE, ORANGE, channels

WORDS = ("a", "b", "c", "<d>")
SAID = Path(explorer_parts.__file__).with_name("explorer_said.js")
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta '
    'name="viewport" content="width=device-width"><title>x</title><body>'
    "<main><h1>x</h1>{}</main>"
)


@pytest.fixture(scope="module")
def case():
    return random_case(np.random.default_rng(0), T=5, H=3, V=4, scale=1.0)


@pytest.fixture(scope="module")
def shown(case):
    return explore(case.parameters, case.ids, case.targets, WORDS, case.h0, pieces=True)


def test_the_way_there_is_the_networks(case):
    found = trace(case.parameters, case.ids, case.targets, case.h0)
    model = VanillaRNN.from_parameters(case.parameters)
    hidden, logits = model.forward(case.ids[:, np.newaxis], case.h0[np.newaxis])
    assert found.h == pytest.approx(hidden[:, 0], abs=1e-12)
    assert found.z == pytest.approx(logits[:, 0], abs=1e-12)
    assert np.tanh(found.a) == pytest.approx(found.h, abs=1e-12)
    assert found.p.sum(axis=1) == pytest.approx(1)
    assert found.losses.sum() == pytest.approx(model.bptt(case.targets[:, np.newaxis]))


def gradients_of(found, run, case):
    before = np.concatenate([case.h0[np.newaxis], found.h[:-1]])
    x = np.eye(4)[case.ids]
    return {
        "Wx": run.da.T @ x,
        "Wh": run.da.T @ before,
        "Wy": found.dz.T @ found.h,
        "bh": run.da.sum(axis=0),
        "by": found.dz.sum(axis=0),
    }


def test_the_way_back_is_that_of_bptt_and_of_single_steps(case):
    found = trace(case.parameters, case.ids, case.targets, case.h0)
    for run, expected in (
        (found.runs[-1], right_gradients(case)),
        (found.runs[0], MISTAKES["one-step-only"].gradients(case)),
    ):
        for name, values in gradients_of(found, run, case).items():
            assert values == pytest.approx(expected[name], abs=1e-12)
            assert run.sizes[name][0] == pytest.approx(np.linalg.norm(expected[name]))
    assert set(found.runs[-1].lost.values()) == {0.0}
    lost = found.runs[0].lost
    right = right_gradients(case)["Wh"]
    wrong = MISTAKES["one-step-only"].gradients(case)["Wh"]
    assert lost["Wh"] == pytest.approx(
        np.linalg.norm(right - wrong) / np.linalg.norm(right)
    )
    assert lost["Wy"] == lost["by"] == 0


def test_pieces_are_cut_where_they_end(case):
    run = trace(case.parameters, case.ids, case.targets, case.h0).runs[1]
    assert run.k == 2
    assert [bool(np.any(later)) for later in run.later] == [
        True,
        False,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"words": ("a", "b")}, "words has length 2; expected 4"),
        ({"targets": np.zeros(3, int)}, r"ids has shape \(5,\), targets \(3,\)"),
        ({"ids": np.array([0, 1, 2, 3, 4])}, "4"),
    ],
)
def test_what_does_not_fit_is_refused(case, change, sentence):
    fitting = {
        "parameters": case.parameters,
        "ids": case.ids,
        "targets": case.targets,
        "words": WORDS,
        "h0": case.h0,
    }
    with pytest.raises(ValueError, match=sentence):
        explore(**fitting | change)


def test_a_page_without_a_script_has_a_figure_and_a_table(shown):
    html = shown._repr_html_()
    soup = BeautifulSoup(html, "html.parser")
    assert "5 steps" in soup.select_one("svg")["aria-label"]
    cells = [
        [cell.text for cell in row.select("td")] for row in soup.select("tbody tr")
    ]
    assert len(cells) == 5 and all(len(row) == 7 for row in cells)
    found = shown.trace
    assert [row[5] for row in cells] == [f"{loss:.3f}" for loss in found.losses]
    assert len(html.encode()) < 60_000
    data = json.loads(soup.select_one("script").string)
    assert data["h"][2][1] == pytest.approx(found.h[2][1], rel=1e-3)


def test_without_the_way_back_nothing_of_it_is_there(case):
    html = explore(
        case.parameters, case.ids, case.targets, WORDS, backward=False
    )._repr_html_()
    data = json.loads(BeautifulSoup(html, "html.parser").script.string)
    assert (
        data["runs"] == []
        and "own" not in data
        and "dL/dh" not in BeautifulSoup(html, "html.parser").table.text
    )


def test_the_script_asks_nobody_and_moves_nothing():
    assert not re.search(r"https?:|fetch\(|import |transition|animation", script())


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(shown, tmp_path_factory):
    file = tmp_path_factory.mktemp("explorer") / "page.html"
    file.write_text(PAGE.format(shown._repr_html_()), "utf8")
    return file.as_uri()


@pytest.fixture(scope="module")
def once(browser):
    """A page for all tests: to make one takes longer than to open an address in it."""
    return browser.new_page()


@pytest.fixture
def page(once, address):
    once.goto(address)
    return once


def test_its_colours_are_those_of_the_figures(page, shown):
    """Above zero orange, below zero blue: the nearer to zero, the more is mixed in."""
    found = shown.trace
    for row, values in ((2, found.h[0]), (3, found.z[0])):
        grounds = page.locator(f"td[data-row='{row}']").evaluate_all(
            "all => all.map(one => getComputedStyle(one).backgroundColor)"
        )
        for ground, value in zip(grounds, values, strict=True):
            red, green, blue = channels(ORANGE if value > 0 else BLUE)
            assert ground.startswith(f"rgba({red}, {green}, {blue}, ")


def test_keys_walk_there_and_back(page, shown):
    says = page.locator("#says")
    assert says.inner_text().startswith("Forward, step 1 of 5: reads")
    page.locator("#place").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    assert says.inner_text().startswith("Backward, step 5 of 5.")
    assert "Nothing comes after it" in says.inner_text()
    page.keyboard.press("End")
    assert says.inner_text().startswith("Backward, step 1 of 5.")
    assert page.locator("#on").is_disabled()
    page.locator("#back").press("Enter")
    assert says.inner_text().startswith("Backward, step 2 of 5.")


def test_arrow_keys_reach_every_number_and_each_says_how_it_is_made(page, shown):
    cell = page.locator("td[data-row='0'][data-column='0']")
    cell.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    note = page.locator("output").inner_text().replace("\u00a0", " ")
    found = shown.trace
    made = [found.from_word[0, 1], found.from_past[0, 1], found.bh[1], found.a[0, 1]]
    assert note.startswith("a1[1] = Wx[1][")
    assert numbers_in(note.replace(" \u2212 ", " + \u2212"))[:4] == pytest.approx(
        made, abs=1e-3
    )
    assert page.locator("td[data-row][tabindex='0']").count() == 1


def numbers_in(text):
    """The numbers with decimals in a text of the explorer."""
    return [
        float(number.replace("\u2212", "-"))
        for number in re.findall(r"(?<![\w\[])\u2212?\d+\.\d+(?:e\u2212?\d+)?", text)
    ]


def test_every_number_says_how_it_is_made(page, shown):
    """H and V differ here, so each row has its own number of columns."""
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    told = 0
    for place in range(10):
        page.locator("#place").fill(str(place))
        if place >= 5:
            page.locator(f"[data-gradient={NAMES[place - 5]}]").click()
        for name, cell, text in page.evaluate(SAID.read_text("utf8")):
            number = numbers_in(cell)
            assert name.partition("[")[0] in text, (name, text)
            assert "undefined" not in text and "NaN" not in text
            assert (
                text.endswith("no later step")
                and number == [0]
                or number[0] in numbers_in(text)
            ), (number, text)
            told += 1
    # there 3 rows of 3 and 2 of 4; back 4 of 3 and 1 of 4, and dL/dh0
    assert told == 5 * (9 + 8) + 5 * (12 + 4) + 3 + (12 + 9 + 12 + 3 + 4)
    assert not complaints


def test_the_sums_are_written_out(page, shown):
    """The products that a note shows come to the number that it shows."""
    for place, row, start in (
        (1, 3, "z2["),
        (7, 1, "What h3[1] gets from its"),
        (7, 2, "What h3[1] gets from later"),
        (9, 5, "dL/dh0[1]: column 1"),
    ):
        page.locator("#place").fill(str(place))
        page.locator(f"#numbers td[data-row='{row}'][data-column='1']").focus()
        note = page.locator("output").inner_text()
        assert note.startswith(start)
        *_, products, total = note.split(" = ")
        python = products.replace("\u00a0", " ").replace("\u2212", "-")
        python = python.replace("\u00b7", "*")
        assert eval(python) == pytest.approx(numbers_in(total)[0], abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_a_gradient_in_numbers_is_the_gradient(page, shown, case, name):
    page.locator("#place").fill("9")
    page.locator(f"[data-gradient={name}]").click()
    cells = page.locator("#entries td[data-row]").all_inner_texts()
    found = [number for text in cells for number in numbers_in(text)]
    right = right_gradients(case)[name]
    assert found == pytest.approx(right.ravel(), abs=6e-4)
    page.locator("#place").fill("4")  # there: nothing is added up
    assert page.locator("#sums").is_hidden()


def test_a_large_network_comes_without_its_weights():
    model = VanillaRNN(26, 64, np.random.default_rng(0))
    html = explore(
        model, np.arange(6), np.arange(1, 7), [chr(65 + i) for i in range(26)]
    )._repr_html_()
    data = json.loads(BeautifulSoup(html, "html.parser").script.string)
    assert "Wh" not in data and "Wy" not in data
    assert len(html.encode()) < 76_000


def test_a_cut_is_told_and_its_loss_too(page, shown):
    page.locator("#place").fill("8")  # backward, step 2
    page.locator("#k").select_option("2")
    assert "what later steps say is cut off" in page.locator("#says").inner_text()
    page.locator("#place").fill("9")
    lost = [f"{shown.trace.runs[1].lost[name]:.0%}" for name in NAMES]
    sizes = [f"{shown.trace.runs[1].sizes[name][0]:.3f}" for name in NAMES]
    heads, *rows = (
        row.locator("th, td").all_inner_texts()
        for row in page.locator("#lengths tr").all()
    )
    assert heads[1:] == [f"dL/d{name}" for name in NAMES]
    assert rows == [
        ["length so far", *sizes],
        [
            "in pieces of 2, missing at the end",
            *(one.replace("%", " %") for one in lost),
        ],
    ]


def test_other_numbers_are_shown_in_place(page, shown, case):
    """Step, chosen number and focus stay; of two explorers one changes."""
    page.evaluate(
        "html => { document.querySelector('main').append("
        "document.createRange().createContextualFragment(html)) }",
        shown._repr_html_(),
    )
    show = (
        "([which, data]) => document.querySelectorAll('rnn-explorer')[which].show(data)"
    )
    first, second = (page.locator("rnn-explorer").nth(i) for i in (0, 1))
    for one in (first, second):
        one.locator("#place").fill("1")
        one.locator("#numbers td[data-row='2'][data-column='1']").focus()
    before = second.locator("output").inner_text()
    other = {name: -value for name, value in case.parameters.items()}
    changed = explore(other, case.ids, case.targets, WORDS, case.h0, pieces=True)
    page.evaluate(show, [1, as_data(changed)])
    after = second.locator("output").inner_text()
    live = [one.locator("output").get_attribute("aria-live") for one in (first, second)]
    assert live == ["polite", "off"]  # what a page feeds is not read aloud
    assert first.locator("output").inner_text() == before != after
    assert after.startswith("h2[1] = tanh(")
    assert numbers_in(after)[-1] == pytest.approx(changed.trace.h[1, 1], abs=6e-4)
    assert second.locator("td[data-row]:focus").get_attribute("data-row") == "2"
    shorter = explore(other, case.ids[:1], case.targets[:1], WORDS, backward=False)
    page.evaluate(show, [1, as_data(shorter)])
    says = second.locator("#says").inner_text()
    assert says.startswith("Forward, step 1 of 1: reads")
    assert second.locator("#on").is_disabled()


def test_an_element_without_numbers_waits_for_them(page, shown):
    page.evaluate(
        "data => { const one = document.createElement('rnn-explorer');"
        "document.querySelector('main').replaceChildren(one); one.show(data) }",
        as_data(shown),
    )
    assert page.locator("#says").inner_text().startswith("Forward, step 1 of 5")


def test_a_finger_on_a_small_screen(browser, address):
    page = browser.new_page(viewport={"width": 390, "height": 700}, has_touch=True)
    page.goto(address)
    page.locator("#on").tap()
    page.locator("td[data-row='2']").first.tap()
    assert page.locator("output").inner_text().startswith("h2[0] = tanh(")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for _ in range(3):
        page.locator("#on").tap()
    box = page.locator("#picture rect.now").bounding_box()  # of step 5
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390


def test_without_scripts_the_table_stands_there(browser, address):
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    assert page.locator("table").is_visible()
    assert page.locator("svg").is_visible()
