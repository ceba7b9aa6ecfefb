"""The first page: its network is the package's, and takes any sentence."""

import math
import random
import re
from collections import Counter

import numpy as np
import pytest
from page_checks import barriers, errors, open_browser, too_wide, visit
from playwright.sync_api import expect

from rnn_src.explorer import explore, trace
from rnn_src.explorer.page import as_data
from rnn_src.model import VanillaRNN
from rnn_src.parameters import NAMES, SHAPES
from tools.layout import BOOK

SCRIPTS = BOOK / "first"
DEFAULT = "tea is hot ice is cold"
SENTENCES = (
    DEFAULT,
    "a b",
    "to be or not to be",
    "no no no yes no no yes no",
    "the quick brown fox jumps over a dog",
)
RATE, UPDATES = 0.1, 200
# A network, looked at after some updates, with the parameters that it has then.
LOOK = """([text, updates]) => {
  const { words, ids, targets } = ownSentence.read(text);
  const began = ownNetwork.start(words.length);
  let w = began;
  for (let n = 0; n < updates; n++) w = ownNetwork.update(w, ids, targets);
  return { began, now: w, seen: ownNetwork.look(w, ids, targets, words) };
}"""


@pytest.fixture(scope="module")
def browser():
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def page(browser):
    """An empty page with the scripts that reckon."""
    opened = browser.new_page()
    for name in ("network.js", "sentence.js"):
        opened.add_script_tag(path=SCRIPTS / name)
    yield opened
    opened.close()


def close(found, expected):
    return np.shape(found) == np.shape(expected) and np.allclose(
        found, expected, rtol=0, atol=1e-9
    )


def arrays(parameters):
    """As numbers with decimals: JSON writes 0.0 as 0."""
    return {name: np.array(one, float) for name, one in parameters.items()}


def trained(began, ids, targets, updates):
    """The package's network after some updates, from the same numbers."""
    model = VanillaRNN.from_parameters(arrays(began))
    x, y = (np.array(one)[:, np.newaxis] for one in (ids, targets))
    for _ in range(updates):
        model.forward(x)
        model.bptt(y)
        model.step(RATE)
    return model


@pytest.mark.parametrize("updates", [0, 1, 7, UPDATES])
@pytest.mark.parametrize("text", SENTENCES)
def test_every_number_is_the_packages(page, text, updates):
    found = page.evaluate(LOOK, [text, updates])
    seen = found["seen"]
    model = trained(found["began"], seen["ids"], seen["targets"], updates)
    for name in NAMES:
        assert close(found["now"][name], model.parameters[name]), name
    right = trace(model.parameters, seen["ids"], seen["targets"])
    (run,), expected = seen["runs"], vars(right.runs[-1])
    for name in seen.keys() - {"names", "words", "runs"}:
        assert close(seen[name], getattr(right, name)), name
    for name in run.keys() - {"sizes", "lost"}:
        assert close(run[name], expected[name]), name
    for name in NAMES:
        assert close(run["sizes"][name], expected["sizes"][name]), name
        assert close(run["lost"][name], expected["lost"][name]), name


def test_the_explorer_gets_all_that_it_shows(page):
    """The same names as in what Python writes for it, or it would show nothing."""
    found = page.evaluate(LOOK, [DEFAULT, 3])
    seen, now = found["seen"], arrays(found["now"])
    data = as_data(explore(now, seen["ids"], seen["targets"], seen["words"]))
    assert seen.keys() == data.keys()
    assert seen["runs"][0].keys() == data["runs"][0].keys()
    assert tuple(seen["names"]) == data["names"]
    assert tuple(seen["words"]) == data["words"]


def test_it_starts_where_the_cell_of_the_page_starts(page):
    began = page.evaluate(LOOK, [DEFAULT, 0])["began"]
    sizes = {"H": 6, "V": 5}
    k = iter(range(1, 1000))
    for name, axes in SHAPES.items():
        shape = tuple(sizes[axis] for axis in axes)
        drawn = len(shape) == 2
        count = math.prod(shape) if drawn else 0
        values = [0.5 * math.sin(next(k) ** 2) for _ in range(count)]
        assert close(
            began[name], np.reshape(values, shape) if drawn else [0] * shape[0]
        )
    assert "np.sin(np.arange(1, " in (BOOK / "index.md").read_text("utf8")


def read(page, text):
    return page.evaluate("text => ownSentence.read(text)", text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tea is hot", "tea is hot"),
        ("Tea IS Hot.", "tea is hot"),
        ("  tea\tis\n hot ", "tea is hot"),
        ("“To be — or not to be?”", "to be or not to be"),
        ("don't stop, don't", "don't stop don't"),
        ("well-kept (things)...", "well-kept things"),
        ("café cafe\u0301 noir", "café café noir"),
        ("чай горячий лёд холодный", "чай горячий лёд холодный"),
        ("שלום עולם", "\u2068שלום\u2069 \u2068עולם\u2069"),
        ("tea 🙂 👨‍👩‍👧 !", "tea 🙂 👨‍👩‍👧"),
        ("2 + 2 is 4", "2 + 2 is 4"),
        ("<b>x</b> & y", "<b>x</b> y"),
        ("Donaudampfschifffahrt macht froh", "donaudampfs… macht froh"),
        ("Donaudampfschiff Donaudampfer", "donaudampfs… donaudampfer"),
        ("a b a b a b a b", "a b a b a b a b"),
        ("x" * 5000 + " y", "x" * 11 + "… y"),
        ("constructor __proto__ length", "constructor proto length"),
    ],
)
def test_a_sentence_becomes_words(page, text, words):
    found = read(page, text)
    ids = [*found["ids"], found["targets"][-1]]
    assert " ".join(found["words"][i] for i in ids) == words
    assert found["targets"][:-1] == found["ids"][1:]
    assert sorted(set(ids)) == list(range(len(found["words"])))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Type a sentence"),
        (" ... — !? \u200b", "Type a sentence"),
        ("tea", "No word follows"),
        ("tea!", "No word follows"),
        ("tea tea tea", "the same word each time"),
        ("Tea tea", "the same word each time"),
        ("1 2 3 4 5 6 7 8 9", "9 words are too many: leave out 1."),
        ("word " * 4000, "4000 words are too many: leave out 3992."),
    ],
)
def test_what_is_no_sentence_gets_one(page, text, said):
    found = read(page, text)
    assert found.keys() == {"refused"}
    assert said in found["refused"] and found["refused"].endswith(".")


def test_what_it_costs_to_know_less(page):
    """The losses of an even guess, and of a table of what follows each word."""
    rng = random.Random(0)
    for _ in range(50):
        text = " ".join(rng.choices("abcd", k=rng.randint(2, 8)))
        found = read(page, text)
        if "refused" in found:
            continue
        pairs = Counter(zip(text.split()[:-1], text.split()[1:], strict=True))
        starts = Counter(text.split()[:-1])
        floor = -sum(n * math.log(n / starts[one]) for (one, _), n in pairs.items())
        assert found["floor"] == pytest.approx(floor, abs=1e-12)
        even = len(found["ids"]) * math.log(len(found["words"]))
        assert found["even"] == pytest.approx(even)


def test_it_learns_what_readers_type(page):
    """Sentences of eight words with many repeats are the hardest."""
    rng = random.Random(1)
    texts = [" ".join(rng.choices("abcd", k=8)) for _ in range(12)]
    texts += [*SENTENCES, "x x x x x x x y", "row row row your boat"]
    for text in texts:
        p = page.evaluate(LOOK, [text, UPDATES])["seen"]
        assert np.argmax(p["p"], axis=1).tolist() == p["targets"], text


class Panel:
    """The first page of the book, and what a reader does there."""

    def __init__(self, page):
        self.page = page
        self.text = page.get_by_label("Your sentence")
        self.train = page.locator(".own-sentence button")
        self.slider = page.locator(".own-sentence input[type=range]")
        self.about, self.said = (
            page.locator(f".own-sentence {name}") for name in ("form p", ".own-said")
        )

    def learned(self):
        """Wait until it is trained, which takes seconds of the page's own clock."""
        self.page.clock.fast_forward(1000 * UPDATES)
        expect(self.slider).to_have_value(str(UPDATES))
        expect(self.train).to_have_text("Train")

    def column(self, number):
        cells = self.page.locator(f".own-seen td:nth-child({number})")
        return [
            text.split("\u2068")[-1].strip("\u2069 ✓")
            for text in cells.all_inner_texts()
        ]

    def explorer(self):
        """The numbers that the explorer shows."""
        return self.page.evaluate("document.querySelector('rnn-explorer').d")

    def same(self):
        """Whether the explorer shows the network that the panel says it is."""
        text, updates = self.text.input_value(), int(self.slider.input_value())
        seen = self.page.evaluate(LOOK, [text, updates])["seen"]
        return seen == self.explorer()


@pytest.fixture(scope="module")
def first(browser):
    opened = browser.new_page()
    opened.clock.install()
    yield opened
    opened.close()


@pytest.fixture(params=["reduce", "no-preference"])
def panel(request, first, html):
    """For readers who want no movement, and for those who do not mind."""
    first.emulate_media(reduced_motion=request.param)
    first.goto((html / "index.html").as_uri())
    return Panel(first)


def test_it_learns_before_the_readers_eyes(panel):
    assert panel.column(1) == ["tea", "is", "hot", "ice", "is"]
    assert panel.slider.input_value() == "0" and panel.same()
    panel.train.click()
    panel.learned()
    assert panel.column(3) == panel.column(2) == ["is", "hot", "ice", "is", "cold"]
    expect(panel.said).to_contain_text("All 5 right. No machine without memory")
    assert panel.same()
    panel.slider.fill("7")
    assert panel.same()


def test_it_reads_what_is_typed(panel):
    panel.slider.fill("50")
    panel.text.fill("Чай, чай и ещё чай!")
    assert panel.column(1) == ["чай", "чай", "и", "ещё"]
    assert panel.slider.input_value() == "0" and panel.same()
    expect(panel.about).to_have_text(
        "5 words, 3 of them different. The network has 81 numbers to train."
    )
    panel.text.press("Enter")
    panel.learned()
    assert panel.column(3) == panel.column(2)


def test_what_is_no_sentence_leaves_the_network_as_it_is(panel):
    panel.text.fill("tea")
    expect(panel.about).to_have_text("No word follows the first one. Type another.")
    expect(panel.text).to_have_attribute("aria-invalid", "true")
    expect(panel.train).to_be_disabled()
    panel.text.press("Enter")
    assert panel.column(1) == ["tea", "is", "hot", "ice", "is"]
    panel.text.fill("tea time")
    expect(panel.train).to_be_enabled()
    panel.slider.fill(str(UPDATES))
    expect(panel.said).to_contain_text("Repeat a word")


def test_training_can_be_stopped_and_goes_on_from_there(browser, html):
    with browser.new_context() as context:
        opened = context.new_page()
        opened.clock.install(time=0)
        opened.goto((html / "index.html").as_uri())
        opened.clock.pause_at(3600)  # from here on time goes when the test says so
        panel, explorer = Panel(opened), opened.locator("rnn-explorer")
        panel.train.click()
        opened.clock.run_for(1000)
        now = int(panel.slider.input_value())
        assert 0 < now < UPDATES
        expect(explorer).to_have_attribute("aria-busy", "true")
        panel.train.click()
        opened.clock.run_for(1000)
        assert int(panel.slider.input_value()) == now
        expect(explorer).to_have_attribute("aria-busy", "false")
        panel.train.click()
        opened.clock.run_for(200)
        assert now < int(panel.slider.input_value()) < UPDATES


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_any_sentence_has_room(browser, html, width):
    with visit(browser, (html / "index.html").as_uri(), width=width) as opened:
        panel = Panel(opened.page)
        for text in (
            f"{'x' * 40} is {'y' * 40}",
            "שלום עולם שלום טוב",
            "a b a c a d a e",
        ):
            panel.text.fill(text)
            panel.slider.fill(str(UPDATES))
            assert too_wide(opened) == errors(opened) == [], text
            if width == 1280:
                assert barriers(opened) == [], text


def test_nothing_has_to_come_before_it_is_there(browser, html):
    """It would move the text below, on a slow line."""
    with browser.new_context() as context:
        opened = context.new_page()
        opened.route(re.compile(r"\.js(\?|$)"), lambda route: route.abort())
        opened.goto((html / "index.html").as_uri())
        panel = Panel(opened)
        panel.slider.fill(str(UPDATES))
        assert panel.column(3) == panel.column(2)


def test_without_scripts_the_page_shows_what_was_learned(browser, html):
    with browser.new_context(java_script_enabled=False) as context:
        opened = context.new_page()
        opened.goto((html / "index.html").as_uri())
        assert "JavaScript" in opened.locator(".own-sentence").inner_text()
        expect(opened.locator("rnn-explorer svg")).to_be_visible()
        rows = opened.locator("rnn-explorer tbody tr").all_inner_texts()
    for row, words in zip(
        rows, ["tea is is", "is hot hot", "hot ice ice"], strict=False
    ):
        assert row.split()[1:4] == words.split()


def test_who_has_answers_here_goes_on(browser, html):
    with browser.new_context() as context:
        opened = context.new_page()
        opened.goto((html / "index.html").as_uri())
        second = opened.locator(".first-buttons a").nth(1)
        assert second.get_attribute("href") == "refresher.html"
        opened.evaluate("localStorage.setItem('rnn-by-hand:answer:01-by-hand', '{}')")
        opened.reload()
        expect(second).to_have_text("Go on where you were")
        assert second.get_attribute("href") == "exercises.html#run-progress"
