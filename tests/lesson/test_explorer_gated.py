"""The explorer of an LSTM: the cell's path, and every number on it."""

import json
import re
from pathlib import Path

import explorer_parts
import numpy as np
import pytest
from bs4 import BeautifulSoup
from page_checks import open_browser

from rnn_src.explorer import explore, gated_trace
from rnn_src.lstm import LSTM

WORDS = ("a", "b", "c", "<d>")
PAGE = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta '
    'name="viewport" content="width=device-width"><title>x</title><body>'
    "<main><h1>x</h1>{}</main>"
)
SAID = Path(explorer_parts.__file__).with_name("explorer_said.js")
NUMBER = re.compile(r"(?<![\w\[])\u2212?\d+\.\d+(?:e\u2212?\d+)?")
IDS, TARGETS = np.array([0, 3, 1, 1, 2]), np.array([3, 1, 1, 2, 0])


@pytest.fixture(scope="module")
def model():
    rng = np.random.default_rng(0)
    made = LSTM(4, 3, rng, scale=1.0)
    made.vector[:] += rng.normal(0, 0.3, made.vector.shape)
    return made


@pytest.fixture(scope="module")
def state0():
    return np.random.default_rng(1).normal(size=(2, 3))


@pytest.fixture(scope="module")
def found(model, state0):
    return gated_trace(model, IDS, TARGETS, state0)


def test_the_forward_pass_is_that_of_the_model(found, model, state0):
    hidden, logits = model.forward(IDS[:, np.newaxis], state0[:, np.newaxis])
    assert found.h == pytest.approx(hidden[:, 0], abs=1e-12)
    assert found.z == pytest.approx(logits[:, 0], abs=1e-12)
    assert np.tanh(found.a[:, 6:9]) == pytest.approx(found.g, abs=1e-12)
    before = np.concatenate([found.c0[np.newaxis], found.c[:-1]])
    assert found.f * before + found.i * found.g == pytest.approx(found.c, abs=1e-12)
    assert found.losses.sum() == pytest.approx(model.bptt(TARGETS[:, np.newaxis]))


@pytest.mark.equation("eq-lstm-dh", "eq-lstm-dc", "eq-lstm-dgates", "eq-lstm-start")
def test_the_backward_pass_is_that_of_the_model(found, model, state0):
    model.forward(IDS[:, np.newaxis], state0[:, np.newaxis])
    model.bptt(TARGETS[:, np.newaxis])
    (run,) = found.runs
    assert np.array([run.dh0, run.dc0]) == pytest.approx(model.dh0[:, 0], abs=1e-12)
    assert run.da.sum(axis=0) == pytest.approx(model.gradients["b"], abs=1e-12)
    for name, sizes in run.sizes.items():
        assert sizes[0] == pytest.approx(np.linalg.norm(model.gradients[name]))
    assert run.dc == pytest.approx(run.from_h + run.later_c, abs=1e-12)
    assert run.later_c[:-1] == pytest.approx(run.dc[1:] * found.f[1:], abs=1e-12)
    assert not run.later_c[-1].any() and not run.later[-1].any()


def test_what_does_not_fit_is_refused(model):
    with pytest.raises(ValueError, match=r"ids has shape \(5,\), targets \(4,\)"):
        explore(model, IDS, TARGETS[:4], WORDS)
    with pytest.raises(ValueError, match="words has length 2; expected 4"):
        explore(model, IDS, TARGETS, ("a", "b"))


def test_a_page_without_a_script_has_a_figure_and_a_table(model, found):
    html = explore(model, IDS, TARGETS, WORDS)._repr_html_()
    soup = BeautifulSoup(html, "html.parser")
    assert len(soup.select("tbody tr")) == 5
    data = json.loads(soup.select_one("script").string)
    assert {"i", "f", "g", "o", "c", "c0"} < set(data) and len(data["runs"]) == 1
    assert len(html.encode()) < 60_000


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture
def page(browser, model, state0, tmp_path):
    file = tmp_path / "page.html"
    shown = explore(model, IDS, TARGETS, WORDS, state0)
    file.write_text(PAGE.format(shown._repr_html_()), "utf8")
    made = browser.new_page(viewport={"width": 390, "height": 800})
    made.goto(file.as_uri())
    return made


def numbers_in(text):
    return [float(n.replace("\u2212", "-")) for n in NUMBER.findall(text)]


def test_every_number_says_how_it_is_made(page):
    complaints, told = [], 0
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for place in range(10):
        page.locator("#place").fill(str(place))
        for name, shown, text in page.evaluate(SAID.read_text("utf8")):
            number = numbers_in(shown)
            assert name in text or name.startswith("dL/da"), (name, text)
            assert "undefined" not in text and "NaN" not in text
            assert number[0] in numbers_in(text) or (
                text.endswith("no later step") and number == [0]
            ), (number, text)
            told += 1
    # there 8 rows of 3 and 2 of 4; back 10 rows of 3, 1 of 4, 1 of 12, two at the start
    assert told == 5 * (24 + 8) + 5 * (30 + 4 + 12) + 6
    assert not complaints
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_cells_path_and_its_gradient_are_drawn(page, found):
    page.locator("#place").fill("9")  # backward, step 1
    labels = page.locator("#picture text").all_text_contents()
    assert {"c0", "c5"} <= set(labels)
    (run,) = found.runs
    for later in (run.dc0, *run.later_c[:-1], *run.from_h):
        assert f"{np.linalg.norm(later):.3f}" in labels
    says = page.locator("#says").inner_text()
    assert f"{np.linalg.norm(run.later_c[0]):.3f} from the next cell" in says
    assert page.locator("#lengths th button").all_inner_texts() == [
        f"dL/d{name}" for name in ("Wx", "Wh", "Wy", "b", "by")
    ]
