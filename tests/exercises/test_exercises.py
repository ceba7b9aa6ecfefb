"""The exercises of the book and those of the package are the same ones."""

import ast
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from solutions import block_of, blocks_of, check_of, notebook_of

from rnn_exercises import check
from rnn_exercises.exercise import FunctionExercise
from rnn_exercises.generic import GENERIC
from rnn_exercises.registry import all_exercises, chapters, exercise, of_chapter
from rnn_exercises.verdict import NOT_ATTEMPTED, RIGHT, Verdict
from tools.exercises import blocks
from tools.notebooks import chapters as book_chapters
from tools.notebooks import code_cells, numbered_chapters, reference_of

numbers = pytest.mark.parametrize("number", chapters())
exercises = pytest.mark.parametrize("one", all_exercises(), ids=lambda one: one.name)
EFFORT = re.compile(r"\*Difficulty (\d) of 3, about (\d+) minutes\.\*")
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


@numbers
def test_book_and_package_have_the_same_exercises(number):
    found = {block.name: block.title for block in blocks_of(number)}
    known = {name: one.title for name, one in of_chapter(number).items()}
    assert list(found.items()) == list(known.items())
    assert len(known) >= LEAST


def test_every_chapter_has_its_exercises():
    assert [int(number) for number in chapters()] == sum(PARTS.values(), [])
    assert len(all_exercises()) >= IN_ALL


@pytest.mark.parametrize("part", PARTS)
def test_every_part_ends_with_a_project(part):
    kinds = {
        int(one.chapter): one.kind
        for one in all_exercises()
        if int(one.chapter) in PARTS[part]
    }  # the last of each chapter
    assert kinds[PARTS[part][-1]] == "project"


@numbers
def test_a_chapter_asks_in_several_ways(number):
    assert len({one.kind for one in of_chapter(number).values()}) >= 3


@numbers
def test_they_grow_in_difficulty(number):
    difficulties = [one.difficulty for one in of_chapter(number).values()]
    assert difficulties == sorted(difficulties)


@exercises
def test_the_question_tells_difficulty_and_minutes(one):
    found = EFFORT.findall(block_of(one.name).question)
    assert found == [(str(one.difficulty), str(one.minutes))]


@exercises
def test_the_starter_asks_and_the_solution_answers(one):
    block = block_of(one.name)
    (starter,) = checked(block.starters)
    (solution,) = checked(block.solutions)
    for call in (starter, solution):
        assert ast.literal_eval(call.args[0]) == one.name
    assert ast.unparse(starter.args[1]) == ast.unparse(solution.args[1])
    # The solution of the book is not the reader's.
    assert keywords(starter) == {} and keywords(solution) == {"record": False}
    assert block.reasoning.strip()


@exercises
def test_the_starter_is_no_attempt(one):
    """Run by itself, since the reference shows what it was."""
    (cell,) = (cell for cell in block_of(one.name).starters if check_of(cell.source))
    tree, space = ast.parse(cell.source), {}
    exec(compile(ast.Module(tree.body[:-1], []), "starter", "exec"), space)
    answer = eval(ast.unparse(check_of(cell.source).args[1]), space)
    assert check(one.name, answer).kind == NOT_ATTEMPTED


@exercises
def test_what_a_reader_writes_is_named_my(one):
    """So that no starter overwrites what the chapter goes on to use."""
    for cell in block_of(one.name).starters:
        tree = ast.parse(cell.source)
        made = {
            node.id
            for node in ast.walk(
                ast.Module([n for n in tree.body if isinstance(n, ast.Assign)], [])
            )
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        made |= {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert made and all(name.startswith("my_") for name in made)
        if isinstance(one, FunctionExercise):
            (node,) = (
                n
                for n in tree.body
                if isinstance(n, ast.FunctionDef)
                and n.name == ast.unparse(check_of(cell.source).args[1])
            )
            assert [a.arg for a in node.args.args] == list(one.arguments)


@exercises
def test_the_solution_is_folded_in_jupyterlab(one):
    """There a folded cell shows its first line, and text its whole self."""
    block = block_of(one.name)
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
    assert shown == {
        name: [str(Verdict(name, NOT_ATTEMPTED)), str(Verdict(name, RIGHT))]
        for name in of_chapter(number)
    }


@numbers
def test_hints_and_texts(number):
    for one in of_chapter(number).values():
        texts = [
            *one.hints,
            *(wrong.told for wrong in one.mistakes),
            *one.equivalent.values(),
        ]
        assert all("  " not in text and text.strip() == text and text for text in texts)
        assert all(text[-1] in ".?:)" for text in one.hints)
        told = [wrong.told for wrong in one.mistakes]
        assert len(set(told)) == len(told), "two mistakes with one text"
        assert all(
            re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", wrong.name)
            for wrong in one.mistakes
        )
        assert not re.search(
            r"\b(simply|obviously|just|easy|of course)\b|!(?!=)", " ".join(texts)
        )


#: The name of an equation, as only the sources have it; TeX; a role of MyST.
RAW = re.compile(r"\b(eq|step|ex)-[a-z]|\$|\{(eq|ref)\}|\\")


def test_no_text_for_readers_has_a_raw_label():
    """A hint is no page: what stands there is what is read."""
    for text in (
        "see eq-total-dh.",
        "By step-sum.",
        "{eq}`eq-dh`",
        "is $h_t$",
        r"\frac{dL}{dh}",
    ):
        assert RAW.search(text)
    texts = [text for _, text in GENERIC.values()]
    for one in all_exercises():
        texts += [*one.hints, *(wrong.told for wrong in one.mistakes)]
    assert not list(filter(RAW.search, texts))


def test_every_reference_to_an_exercise_finds_it():
    for one in all_exercises():
        assert exercise(f"ex-{one.name}") is one


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
