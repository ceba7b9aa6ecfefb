"""The exercises of the book and those of the package are the same ones."""

import ast
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from solutions import blocks_of, check_of, notebook_of

from rnn_exercises import check, registry
from rnn_exercises.knowing import MESSAGES
from rnn_exercises.registry import all_exercises, chapters, exercise, of_chapter
from rnn_exercises.showing import NOT_ATTEMPTED, RIGHT, Verdict
from tools.exercises import CONTENTS, Block, blocks, contents, contents_of
from tools.notebooks import chapters as book_chapters
from tools.notebooks import code_cells, numbered_chapters, reference_of
from tools.plain import number_of

numbers = pytest.mark.parametrize("number", chapters())
KINDS = {"code", "predict", "derive", "bug", "experiment", "project"}
FOLDED = {"source_hidden": True}
LEAST = 4  # exercises of a chapter
IN_ALL = 60
PARTS = {
    part: [int(name[:2]) for name in names]
    for part, names in numbered_chapters().items()
}


def checked(cells) -> list[ast.Call]:
    return [call for cell in cells if (call := check_of(cell.source))]


def keywords(call: ast.Call) -> dict[str, object]:
    return {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}


def test_the_package_has_the_titles_of_the_book():
    assert CONTENTS.read_text("utf8") == contents(), "run `make reference`"


def test_every_exercise_of_the_book_is_asked():
    for name in registry.entries():
        assert exercise(name) is exercise(f"ex-{name}")
    assert len(all_exercises()) >= IN_ALL


@pytest.mark.parametrize(
    "chapter",
    [page for page in book_chapters() if number_of(page)],
    ids=lambda page: page.stem[:2],
)
def test_every_chapter_has_its_exercises(chapter):
    assert len(of_chapter(chapter.stem[:2])) >= LEAST


@pytest.mark.parametrize("part", PARTS)
def test_every_part_has_a_project_that_ends_a_chapter(part):
    asked = [[*of_chapter(f"{number:02d}").values()] for number in PARTS[part]]
    kinds = [[one.kind for one in exercises] for exercises in asked]
    assert sum(kinds, []).count("project") == 1
    assert any(last == "project" for *_, last in kinds)


@numbers
def test_a_chapter_asks_in_several_ways(number):
    kinds = {one.kind for one in of_chapter(number).values()}
    assert len(kinds) >= 3 and kinds <= KINDS


@numbers
def test_they_grow_in_difficulty(number):
    entries = registry.entries()
    difficulties = [entries[name].difficulty for name in of_chapter(number)]
    assert difficulties == sorted(difficulties)


@pytest.mark.parametrize(
    "question", ["Do it.", "*Difficulty 4 of 3, about 5 minutes.*", ""]
)
def test_a_question_without_its_difficulty_is_refused(question):
    with pytest.raises(ValueError, match="06-one has 0 lines of the form"):
        contents_of([Block(label="ex-06-one", title="One", question=question)])


def test_an_exercise_that_no_page_has_is_refused(monkeypatch):
    """And so is a second one of a name."""
    of_chapter("06")
    monkeypatch.setattr(registry, "_asked", dict(registry._asked))
    fields = dict(kind="code", answers="a", right=float, hints=("one.", "two."))
    registry.ask("06-none", **fields)
    with pytest.raises(ValueError, match="no page has the exercise '06-none'; .*make"):
        registry.of_chapter.__wrapped__("06")
    with pytest.raises(ValueError, match="two exercises '06-none'"):
        registry.ask("06-none", **fields)


@numbers
def test_the_starter_asks_and_the_solution_answers(number):
    for block in blocks_of(number):
        (starter,) = checked(block.starters)
        (solution,) = checked(block.solutions)
        for call in (starter, solution):
            assert ast.literal_eval(call.args[0]) == block.name
        assert ast.unparse(starter.args[1]) == ast.unparse(solution.args[1])
        # The solution of the book is not the reader's.
        assert keywords(starter) == {} and keywords(solution) == {"record": False}
        assert block.reasoning.strip(), block.name


@numbers
def test_the_starter_is_no_attempt(number):
    """Run by itself, since the reference shows what it was."""
    for block in blocks_of(number):
        (cell,) = (cell for cell in block.starters if check_of(cell.source))
        tree, space = ast.parse(cell.source), {}
        exec(compile(ast.Module(tree.body[:-1], []), "starter", "exec"), space)
        answer = eval(ast.unparse(check_of(cell.source).args[1]), space)
        assert check(block.name, answer).kind == NOT_ATTEMPTED, block.name


@numbers
def test_what_a_reader_writes_is_named_my(number):
    """So that no starter overwrites what the chapter goes on to use."""
    for block, cell in ((b, cell) for b in blocks_of(number) for cell in b.starters):
        one, tree = exercise(block.name), ast.parse(cell.source)
        assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
        functions = {
            node.name: [argument.arg for argument in node.args.args]
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
        }
        made = set(functions) | {
            node.id
            for node in ast.walk(ast.Module(assigned, []))
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        assert made and all(name.startswith("my_") for name in made), block.name
        if one.arguments:
            answer = ast.unparse(check_of(cell.source).args[1])
            assert functions[answer] == list(one.arguments), block.name


@numbers
def test_the_solution_is_folded_in_jupyterlab(number):
    """There a folded cell shows its first line, and text its whole self."""
    for block in blocks_of(number):
        for cell in block.solutions:
            assert cell.metadata.get("jupyter") == FOLDED, cell.source
            assert cell.source.startswith("# "), cell.source
        assert block.between.strip() == "", "move it before the first code cell"


@numbers
def test_the_book_shows_the_verdicts(number):
    """Of each starter "not attempted", of each solution "right", no more."""
    (path,) = (path for path in book_chapters() if path.stem[:2] == number)
    shown = {}
    for cell in code_cells(nbformat.read(reference_of(path), as_version=4)):
        call = check_of(cell.source)
        if call:
            name = ast.literal_eval(call.args[0])
            (text,) = (output.data["text/plain"] for output in cell.outputs)
            shown.setdefault(name, []).append(text)
    kinds = (NOT_ATTEMPTED, RIGHT)
    assert shown == {
        name: [str(Verdict(kind, name=name)) for kind in kinds]
        for name in of_chapter(number)
    }


@numbers
def test_hints_and_messages(number):
    for one in of_chapter(number).values():
        messages = [wrong.message for wrong in one.mistakes]
        names = [wrong.name for wrong in one.mistakes]
        texts = [*one.hints, *messages]
        assert all("  " not in text and text.strip() == text and text for text in texts)
        assert all(text[-1] in ".?:)" for text in one.hints) and len(one.hints) >= 2
        assert len(set(messages)) == len(messages), "two mistakes with one message"
        assert len(set(names)) == len(names), "two mistakes of one name"
        for name in (one.name, *names):
            assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert not re.search(
            r"\b(simply|obviously|just|easy|of course)\b|!(?!=)", " ".join(texts)
        )


#: The name of an equation, as only the sources have it; TeX; a role of MyST.
RAW = re.compile(r"\b(eq|step|ex)-[a-z]|\$|\{(eq|ref)\}|\\")


def test_no_text_for_readers_has_a_raw_label():
    """A hint is not a page: it is shown as it is written."""
    for text in (
        "see eq-total-dh.",
        "By step-sum.",
        "{eq}`eq-dh`",
        "is $h_t$",
        r"\frac{dL}{dh}",
    ):
        assert RAW.search(text)
    texts = [*MESSAGES.values()]
    for one in all_exercises():
        texts += [*one.hints, *(wrong.message for wrong in one.mistakes)]
    assert not list(filter(RAW.search, texts))


QUESTION = (
    "```{exercise-start} One\n:label: ex-06-one\n```\nDo.\n```{exercise-end}\n```"
)
SOLUTION = "```{solution-start} ex-06-one\n:class: dropdown\n```\nSo."
END = "```{solution-end}\n```"


def test_a_chapter_is_cut_at_its_marks():
    cells = [
        new_markdown_cell(f"## Exercises\n\n{QUESTION}"),
        new_code_cell("start"),
        new_markdown_cell(SOLUTION),
        new_code_cell("solve"),
        new_markdown_cell(END + "\n\n" + QUESTION.replace("one", "two")),
        new_code_cell("second"),
    ]
    one, two = blocks(new_notebook(cells=cells))
    assert (one.name, one.title, one.question.strip(), one.reasoning.strip()) == (
        "06-one",
        "One",
        "Do.",
        "So.",
    )
    assert [cell.source for cell in one.starters] == ["start"]
    assert [cell.source for cell in one.solutions] == ["solve"]
    assert [cell.source for cell in two.starters] == ["second"]
    assert two.name == "06-two" and two.solutions == []
    cells.insert(4, new_markdown_cell("more"))
    assert blocks(new_notebook(cells=cells))[0].between == "more"


def test_a_solution_at_the_wrong_place_is_seen():
    cells = [new_markdown_cell(QUESTION + "\n\n" + SOLUTION.replace("one", "two"))]
    with pytest.raises(
        ValueError, match="'ex-06-two' follows the exercise 'ex-06-one'"
    ):
        blocks(new_notebook(cells=cells))


def test_a_chapter_in_the_book_is_read_whole():
    assert len(blocks(notebook_of("06"))) >= LEAST
