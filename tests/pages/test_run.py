"""The book runs in its own pages: in a real browser, from a server on this machine.

Every other host is refused. What a reader does is done here with the buttons that a
reader has.
"""

import json
from contextlib import contextmanager

import pytest
from page_checks import (
    ARGUMENTS,
    Visit,
    barriers,
    colours,
    errors,
    open_browser,
    too_wide,
    visit,
)
from playwright.sync_api import expect
from reader_answers import ANSWERS
from solutions import blocks_of, check_of, page_of

from rnn_exercises.registry import all_exercises, chapters, exercise
from tools.notebooks import code_cells, in_pages, read
from tools.serve import served

BOOT = 120_000  # ms, on a machine that has other work
VERDICT = ".run-output .exercise-panel strong"
#: In place of an answer that takes no end.
ENDLESS = "while True:\n    pass"


@pytest.fixture(scope="module")
def browser():
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    arguments = [one for one in ARGUMENTS if "resolver" not in one]
    with open_browser(*arguments, rules) as opened:
        yield opened


@pytest.fixture(scope="module")
def address(html):
    with served(html) as found:
        yield found


class Reader:
    """A page that is open, or is in a frame, and what a reader does there."""

    def __init__(self, opened):
        self.visit, self.page = opened, opened.page
        close = "all => all.forEach(one => one.open = false)"  # which a visit opens
        self.page.locator("details").evaluate_all(close)

    def exercise(self, name: str):
        """The cell of an exercise, with its editor open."""
        return self.cell(f".solve-{name}")

    def cell(self, selector: str):
        box = self.page.locator(selector)
        box.evaluate(
            "box => { for (let one = box; one; one = one.parentElement)"
            " { if (one.tagName === 'DETAILS') one.open = true;"
            " one.classList.remove('toggle-hidden'); }"
            " for (const one of box.querySelectorAll('details')) one.open = true; }"
        )
        start = box.locator(".run-start")
        if start.is_visible():
            start.click()
        box.locator(".run-bar").wait_for()
        return box

    def run(self, box, source: str | None = None):
        """Run a cell, changed or not, and wait for its end."""
        if source is not None:
            box.locator("textarea").fill(source)
        self.idle(box).click()
        self.ended(box)

    def idle(self, box):
        """The button that runs a cell, when nothing does."""
        go = box.locator(".run-bar > button:first-child:enabled")
        go.wait_for()
        return go

    def ended(self, box):
        self.idle(box)
        sure = box.get_by_role("button", name="Run it")
        if sure.count():  # it takes long
            sure.click()
            self.idle(box)

    def verdict(self, box) -> str:
        """What the panel says first, or all that is shown in its place."""
        panel = box.locator(VERDICT)
        if panel.count():
            return panel.first.inner_text()
        return f"{box.locator('.run-output').inner_text()} {self.status(box)}"

    def status(self, box) -> str:
        return box.locator(".run-status").inner_text()


@contextmanager
def reading(browser, address, page: str, **settings):
    with visit(browser, f"{address}{page}.html", **settings) as opened:
        opened.page.set_default_timeout(BOOT)
        yield Reader(opened)


def first_wrong(number: str) -> tuple[str, str, str]:
    """A wrong answer to an exercise of a chapter, as code, and what it deserves."""
    for one in ANSWERS.values():
        known = {mistake.name: mistake for mistake in exercise(one.name).mistakes}
        if one.name.startswith(number) and one.mistakes and one.mistakes[0] in known:
            return one.name, one.cell, known[one.mistakes[0]].message
    raise AssertionError(f"chapter {number} has no wrong answer with a name")


def judge_all(reader, number):
    """Starters are not attempted, solutions right, and a wrong answer has its name."""
    complaints = []
    sources = [cell.source for cell in code_cells(read(page_of(number)))]
    for block in blocks_of(number):
        box = reader.exercise(block.name)
        reader.run(box)
        if "not attempted yet" not in (found := reader.verdict(box)):
            complaints.append(f"the starter of {block.name}: {found}")
        (solution,) = (one for one in block.solutions if check_of(one.source))
        box = reader.cell(f".run-{sources.index(solution.source)}")
        reader.ended(box)
        if f"{block.name}: right" != (found := reader.verdict(box)):
            complaints.append(f"the solution of {block.name}: {found}")
    name, code, message = first_wrong(number)
    box = reader.exercise(name)
    reader.run(box, f'{code}\n\ncheck("{name}", answer)')
    if message.split("`")[0] not in box.locator(".run-output").inner_text():
        complaints.append(f"a wrong answer to {name}: {reader.verdict(box)}")
    return "\n\n".join(complaints + errors(reader.visit))


NUMBERS = [number for number in chapters() if page_of(number) in in_pages()]
#: Python starts for ten seconds: pages, each in a frame, take one worker in turn.
ONE_WORKER = """
if (top !== self) self.Worker = function (url, options) {
  return top.python ??= new top.Worker(url, options);
}"""
FRAME = """
document.body.innerHTML = '<iframe name="page" width="1280" height="900">'"""


class TestOneAfterTheOther:
    """Pages that are read where Python runs already."""

    @pytest.fixture(scope="class")
    @classmethod
    def desk(cls, browser, address):
        with visit(browser, f"{address}404.html") as opened:
            opened.page.set_default_timeout(BOOT)
            opened.page.add_init_script(ONE_WORKER)
            opened.page.evaluate(FRAME)
            yield opened

    @pytest.fixture
    def read(self, desk, address):
        """Open a page in the frame."""

        def opened(page: str, width: int = 1280, theme: str = "light") -> Reader:
            desk.errors.clear()
            desk.page.emulate_media(color_scheme=theme)
            resize = "(frame, width) => { frame.width = width; }"
            desk.page.locator("iframe").evaluate(resize, width)
            frame = desk.page.frame("page")
            frame.goto(f"{address}{page}.html")
            return Reader(Visit(frame, theme, desk.requests, desk.errors))

        return opened

    @pytest.mark.parametrize("number", NUMBERS)
    def test_every_exercise_is_judged_on_its_page(self, read, number):
        assert not judge_all(read(page_of(number).stem), number)

    def test_a_figure_is_drawn_in_place_of_the_printed_one(self, read):
        reader = read("03-how-wrong-is-it", theme="dark")
        printed = ".cell:has(> .cell_output img)"
        box = reader.page.locator(printed).first
        number = box.get_attribute("class").split("run-")[1].split()[0]
        box = reader.cell(f".run-{number}")
        reader.ended(box)
        picture = box.locator(".run-output img")
        assert picture.evaluate("one => one.naturalWidth") > 300
        assert len(picture.get_attribute("alt").split()) > 8
        assert "Figure 3.1" in box.locator(".run-output figcaption").inner_text()
        assert not box.locator(".cell_output:not(.run-output) img").is_visible()
        assert not reader.visit.errors

    def test_an_open_editor_keeps_nobody_out(self, desk, read):
        reader = read("02-the-forward-pass")
        reader.run(reader.exercise("02-shapes"))
        reader.run(reader.cell(".run-2"))
        assert not barriers(reader.visit)
        desk.page.emulate_media(color_scheme="dark")
        expect(reader.page.locator("html")).to_have_attribute("data-theme", "dark")
        assert not colours(reader.visit)

    def test_a_reader_trains_by_hand(self, read):
        reader = read("08-training-one-step-at-a-time", width=390)
        box = reader.page.locator(".run-play")
        box.get_by_role("button", name="Train it by hand").click()
        said = box.get_by_role("status")
        expect(said).to_contain_text("After 0 updates: a loss of 16.", timeout=BOOT)
        box.get_by_role("slider").press("ArrowRight")
        expect(box).to_contain_text("Learning rate 0.13")
        box.get_by_role("button", name="One update").click()
        expect(said).to_contain_text("After 1 updates", timeout=BOOT)
        box.get_by_role("button", name="100 epochs").click()
        expect(said).to_contain_text("9 of 9 right", timeout=BOOT)
        frame = reader.page.frame_locator(".run-play iframe")
        expect(frame.locator("#says")).to_contain_text("Most likely next: how")
        assert not too_wide(reader.visit)
        assert not barriers(reader.visit)
        assert not reader.visit.errors


class TestUse:
    """One reader, who does what readers do."""

    @pytest.fixture(scope="class")
    @classmethod
    def reader(cls, browser, address):
        with reading(browser, address, "02-the-forward-pass", width=390) as reader:
            yield reader

    def test_on_a_phone_wrong_then_a_hint_then_right(self, reader):
        box = reader.exercise("02-shapes")
        assert not too_wide(reader.visit)
        fields = box.locator(".run-fields input")
        right = exercise("02-shapes").right()
        for place, value in enumerate(right):
            fields.nth(place).fill(str(value))
        fields.first.fill(str(right[0][::-1]))
        reader.run(box)
        assert "a known mistake" in reader.verdict(box)
        box.get_by_role("button", name="Hint").click()
        focused = reader.page.evaluate("document.activeElement.textContent")
        assert focused == "Hint 1"
        fields.first.fill(str(right[0]))
        reader.run(box)
        assert reader.verdict(box) == "02-shapes: right"
        assert not too_wide(reader.visit)

    def test_what_an_answer_prints_and_raises_is_shown_with_its_line(self, reader):
        box = reader.exercise("02-step")
        reader.run(box, "print('so far')\nnumbers = []\nnumbers[3]")
        shown = box.locator(".run-output").inner_text()
        assert "so far" in shown and "line 3" in shown and "IndexError" in shown
        assert "numbers[3]" in shown

    def test_reset_gives_the_printed_page_back(self, reader):
        box = reader.page.locator(".cell:has(.cell_output pre):not([class*=solve-])")
        number = box.first.get_attribute("class").split("run-")[1].split()[0]
        box = reader.cell(f".run-{number}")
        reader.run(box, "print('changed')")
        assert box.locator(".cell_output:visible").inner_text().strip() == "changed"
        box.get_by_role("button", name="Reset").click()
        assert not box.locator(".run-output").is_visible()
        assert box.locator(".cell_output:visible").count() == 1

    def test_an_endless_loop_is_stopped_and_the_page_goes_on(self, reader):
        box = reader.exercise("02-step")
        box.locator("textarea").fill(ENDLESS)
        box.get_by_role("button", name="Check").click()
        expect(box.locator(".run-bar")).to_contain_text("stops at 30 s")
        box.get_by_role("button", name="Stop").click()
        assert reader.status(box) == "Stopped."
        reader.run(box, "print(matvec([[2.0]], [3.0]))\n")
        assert "[6.0]" in box.locator(".run-output").inner_text()

    def test_by_keyboard_alone(self, reader):
        box = reader.exercise("02-step")
        area = box.locator("textarea")
        area.fill("6 * 7")
        area.press("Control+Enter")
        reader.ended(box)
        assert box.locator(".run-output").inner_text().strip() == "42"
        area.press("Escape")
        focused = reader.page.evaluate("document.activeElement.textContent")
        assert focused == "Check"

    def test_html_of_an_answer_reaches_neither_page_nor_storage(self, reader):
        box = reader.exercise("02-step")
        shows = "class Bad:\n    _repr_html_ = lambda self: {!r}\n\n\nBad()"
        for html in (
            "<img src=x onerror='document.title = 1'>",
            "<script>parent.document.title = localStorage.length</script>",
        ):
            reader.run(box, shows.format(html))
        reader.page.wait_for_timeout(300)
        assert "forward pass" in reader.page.title()
        reader.run(box, "import js\n[js.fetch, js.localStorage, js.document]")
        assert "AttributeError" in box.locator(".run-output").inner_text()
        reader.visit.errors.clear()  # the browser says what it has refused

    def test_a_reload_brings_answers_back(self, reader):
        box = reader.exercise("02-zeros")
        box.locator("textarea").fill("my_even_network = 3")
        reader.page.reload()
        assert "✓" in reader.page.locator(".solve-02-shapes").evaluate(
            "box => getComputedStyle(box.firstElementChild.lastElementChild, '::after')"
            ".content"
        )
        start = reader.page.locator(".solve-02-zeros .run-start")
        assert start.inner_text() == "Go on with your answer"
        box = reader.exercise("02-zeros")
        assert box.locator("textarea").input_value() == "my_even_network = 3"

    def test_an_answer_to_another_version_is_offered_not_run(self, reader):
        kept = json.dumps({"source": "old = 1", "version": "another", "when": 1})
        reader.page.evaluate(
            "kept => localStorage.setItem('rnn-by-hand:answer:02-bug', kept)", kept
        )
        box = reader.exercise("02-bug")
        assert "older version" in reader.status(box)
        assert "..." in box.locator("textarea").input_value()
        box.get_by_role("button", name="Show it").click()
        assert box.locator("textarea").input_value() == "old = 1"

    def test_the_list_knows_what_is_solved_and_saves_it(self, reader, address):
        page = reader.page
        page.goto(f"{address}exercises.html")
        progress = page.locator("#run-progress")
        expect(progress).to_contain_text(f"1 of {len(all_exercises())} solved")
        expect(progress.get_by_role("link")).to_contain_text("02-bug")
        with page.expect_download() as download:
            progress.get_by_role("button", name="Save").click()
        saved = json.loads(download.value.path().read_text("utf8"))
        assert saved["solved"] == ["02-shapes"]
        assert saved["answers"]["02-zeros"]["source"] == "my_even_network = 3"
        page.evaluate("localStorage.clear()")
        other = json.dumps({"solved": ["01-pairs", "02-shapes"]})
        page.locator("input[type=file]").set_input_files(
            {"name": "progress.json", "mimeType": "text/json", "buffer": other.encode()}
        )
        expect(progress).to_contain_text("2 of")


def test_predictions_are_covered_where_the_reader_wants_it(browser, address):
    with reading(browser, address, "03-how-wrong-is-it") as reader:
        covered = reader.page.locator(".run-covered")
        assert covered.count() == 0
        reader.page.locator("#predict-switch").check()
        many = covered.count()
        assert many >= 3
        reader.page.locator(".run-look").first.click()
        assert covered.count() == many - 1
        reader.page.reload()
        assert covered.count() == many


def test_a_page_opened_from_a_file_says_how_to_serve_it(browser, html):
    with visit(browser, (html / "02-the-forward-pass.html").as_uri()) as opened:
        opened.page.locator(".solve-02-shapes .run-start").click()
        said = opened.page.locator(".solve-02-shapes .run-status")
        expect(said).to_contain_text("python3 -m http.server")
        assert not opened.errors


def test_a_browser_that_keeps_nothing_is_heard_of(browser, address):
    with reading(browser, address, "02-the-forward-pass") as reader:
        reader.page.evaluate(
            "void (Storage.prototype.setItem = () => { throw new Error('full'); })"
        )
        box = reader.exercise("02-zeros")
        box.locator("textarea").fill("my_even_network = 3")
        assert "keeps nothing" in reader.status(box)


def test_another_tab_loses_nothing_without_a_word(browser, address):
    with reading(browser, address, "02-the-forward-pass") as reader:
        box = reader.exercise("02-zeros")
        box.locator("textarea").fill("mine = 1")
        other = reader.page.context.new_page()
        other.goto(reader.page.url)
        other.locator(".solve-02-zeros .run-start").click()
        other.locator(".solve-02-zeros textarea").fill("mine = 2")
        expect(box.locator(".run-status")).to_contain_text("Another tab")
        assert box.locator("textarea").input_value() == "mine = 1"
