"""The equations are true: each is read from its TeX and tried on numbers.

Every labelled equation is proved in a world of random values, in which the
derivatives are found by nudging; the network of the worlds agrees with the
package. What repeats an equation in text, in a table or in the notation is
proved like it, or is a part of what was proved.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from tex import small_worlds as small
from tex import worlds as net
from tex.pages import Formula, displayed, inline, rows
from tex.parse import parsed
from tex.prove import TOLERANCE, Differs, prove, prove_all
from tex.read import read
from tex.slips import slips
from tex.tokens import Refused, Unknown, split, text, tokens

from tools.layout import BOOK
from tools.notebooks import pages

# Where the formulas of a page are tried: in the first world that knows them.
WORLDS = {
    "01-words-to-vectors": [small.algebra],
    "02-the-forward-pass": [small.algebra, small.number, net.through_time],
    "03-how-wrong-is-it": [small.prediction, small.two_answers, net.through_time],
    "04-the-loss-and-the-softmax": [net.one_step, small.temperature],
    "05-the-output-layer": [net.one_step, small.dot_product, small.algebra],
    "06-through-tanh-to-the-inputs": [net.one_step, small.number],
    "07-trust-but-check": [small.cube, small.nudge, net.one_step],
    "08-training-one-step-at-a-time": [small.descent, net.one_step],
    "09-what-one-step-cannot-see": [net.lag, net.one_step, small.directions],
    "10-unrolling": [small.one_unit, net.through_time],
    "11-layers": [net.rows, net.batch, net.one_row, small.square, small.descent],
    "12-the-alphabet": [small.temperature],
    "13-a-museum-of-bugs": [small.descent_along_d],
    "14-vanishing-and-exploding": [
        net.through_time,
        small.directions,
        small.square,
    ],
    "15-long-streams": [net.pieces, small.truncation],
    "17-a-text-of-your-own": [small.counts, small.rules],
    "18-gates": [net.gated, small.number],
    "19-the-same-in-pytorch": [small.shards],
    "notation": [net.through_time, net.one_row, small.descent],
    "refresher": [
        small.one_path,
        small.two_paths,
        small.two_variables,
        small.weights_times_vector,
        small.sum_of_vectors,
        small.entry_by_entry,
        small.square,
    ],
    "spectral-radius": [
        net.through_time,
        small.eigenvector,
        small.eigenvalues,
        small.square,
    ],
}
# Labelled equations that need a world of their own.
OWN = {
    "step-best-answer": small.best_answer,
    "eq-perplexity": small.total_loss,
    "step-cosine": small.directions,
    "step-pendulum-floor": small.pendulum,
    "step-one-unit": small.doubling,
    "step-one-unit-product": small.doubling,
    "step-dh0-by-product": net.lag,
    "step-not-normal": small.shear,
    "eq-clip-value": small.clipping_by_value,
    "eq-clip-norm": small.clipping_by_norm,
    "eq-adam": small.step_of_adam,
    "eq-mixed": small.mixed_counts,
}
# Labelled equations that no numbers can prove, and why.
UNPROVED = {
    "step-matrix-norm": "a maximum over all vectors: it defines the norm",
    "step-refresher-derivative": "a limit: it defines the derivative",
}
# Labelled equations in which a slip of the pen changes no number, and why.
SILENT = {
    "step-column": "a term of the sum over j is zero, but for j = k",
    "step-dby-index": "a factor of 1",
    "step-single-step-column": "a product that is zero",
    "step-pendulum-floor": "a bound, and a term that is zero",
    "step-jacobian-bound": "bounds",
    "eq-relative-error": "the larger of two, each the largest of its kind",
    "step-refresher-matvec": "factors of 1 and 0",
}
# Formulas in text that no world knows, and why.
EXAMPLES = {
    (
        "05-the-output-layer",
        r"\frac{dL}{dh} = 1 \cdot (-s) + (-1) \cdot s = -2s",
    ): "the numbers of an exercise",
    ("05-the-output-layer", "W_y[0][0] = c"): "two weights share a number",
    ("05-the-output-layer", "W_y[2][1] = c - 0.9"): "two weights share a number",
    (
        "05-the-output-layer",
        r"\frac{dL}{dc} = \frac{dL}{dW_y[0][0]} + \frac{dL}{dW_y[2][1]}",
    ): "the same",
    (
        "06-through-tanh-to-the-inputs",
        r"\frac{dL}{da[k]}\, x^{\mathsf T}",
    ): "a row of eq-dWx",
    ("07-trust-but-check", r"\frac{dL}{dz_2} = p_2 - 1_y"): "a target without a step",
    (
        "08-training-one-step-at-a-time",
        r"-\eta \bigl(\frac{dL}{dw}\bigr)^2",
    ): "a term of step-first-order",
    ("09-what-one-step-cannot-see", r"h_t = \tanh(W_x x_t + b_h)"): "without W_h",
    (
        "10-unrolling",
        r"\frac{dL}{dh_t} = W_h^{\mathsf T} \frac{dL}{da_{t+1}}",
    ): "without a loss at step t",
    (
        "11-layers",
        r"\frac{dL}{da_t} W_h",
    ): "a term of eq-rows-da, as step t hands it on",
    ("11-layers", "a_t = W_x x_t + b_1 + W_h h_{t-1} + b_2"): "two biases",
    (
        "18-gates",
        r"\frac{dL}{dc_t}\, f_t",
    ): "a term of eq-lstm-dc, as step t hands it on",
    ("18-gates", "u_t = W_x x_t + b_x"): "a GRU",
    ("18-gates", "m_t = W_h h_{t-1} + b_h"): "a GRU",
}
# What is guarded in text and in tables: derivatives and transposes; of what has
# sides also the three matrices, and on the page of the notation all.
DERIVATIVE = r"\\frac\{(d[^}]|\\partial)|\\mathsf|\\mathbf\{d"
GUARDED = re.compile(rf"{DERIVATIVE}|W_[xhy]")
SETTING = re.compile(r"[^=]*=\s*(-?[\d.]+|\([^=]*,[^=]*\))")  # h = 0, h = (0, 0.8)
SYMBOLS = {"name", "sub", "index", "derivative", "transposed"}

world = cache(lambda make: make())
LABELLED = [formula for page in pages() for formula in displayed(page)]
PROVED = [formula for formula in LABELLED if formula.label not in UNPROVED]


def proved_in(formula: Formula):
    """The first world of its page that knows the names in it; there it is true."""
    own = OWN.get(formula.label)
    unknown = []
    for make in [own] if own else WORLDS.get(formula.page, []):
        try:
            prove(formula.tex, world(make))
        except Unknown as reason:
            unknown.append(f"{reason} ({make.__name__})")
        except (Refused, Differs) as wrong:
            raise type(wrong)(f"{formula}: {wrong}") from None
        else:
            return world(make)
    reasons = "; ".join(unknown) or "its page has no world"
    raise Unknown(f"{formula}: {reasons}; add a world, or list it in EXAMPLES")


def spelled(tex: str) -> str:
    """A formula in the one spelling, without what aligns it."""
    return text([t for t in tokens(tex) if t != "&" and not t.startswith("\\\\")])


def is_example(formula: Formula) -> bool:
    return any(
        page == formula.page and spelled(tex) == spelled(formula.tex)
        for page, tex in EXAMPLES
    )


def has_sides(formula: Formula) -> bool:
    sides, _ = split(tokens(formula.tex), set(TOLERANCE))
    return len(sides) > 1 and all(sides)


def repetitions(page: Path) -> list[Formula]:
    """The equations in the text and the tables of a page that are guarded."""
    return rows(page) + [
        formula
        for formula in inline(page)
        if has_sides(formula)
        and (GUARDED.search(formula.tex) or page.stem == "notation")
        and not SETTING.fullmatch(formula.tex)
    ]


def fragments(page: Path) -> list[Formula]:
    """What in a text has no sides, and is more than a symbol."""
    return [
        formula
        for formula in inline(page)
        if re.search(DERIVATIVE, formula.tex)
        and not has_sides(formula)
        and parsed(tokens(formula.tex))[0] not in SYMBOLS
    ]


def complaints(page: Path) -> list[str]:
    """What is wrong with the equations of a page."""
    claimed = displayed(page) + repetitions(page)
    found = []
    for formula in claimed:
        if formula.label not in UNPROVED and not is_example(formula):
            try:
                proved_in(formula)
            except (Refused, Differs) as wrong:
                found.append(str(wrong))
    sources = {spelled(formula.tex) for formula in LABELLED + claimed}
    return found + [
        f"{formula}: is a part of no equation that is proved"
        for formula in fragments(page)
        if not is_example(formula)
        and not any(spelled(formula.tex) in source for source in sources)
    ]


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_the_equations_of_a_page_are_true(page):
    if found := complaints(page):
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize("formula", PROVED, ids=lambda formula: formula.label)
def test_a_slip_of_the_pen_is_noticed(formula):
    where = proved_in(formula)
    noticed, silent = 0, []
    for slip, wrong in slips(read(formula.tex, frozenset(where.functions))):
        try:
            prove_all(wrong, where)
        except Differs:
            noticed += 1
        except Refused:
            pass
        else:
            silent.append(slip)
    assert noticed, f"{formula}: no slip changes a number"
    listed = formula.label in SILENT
    assert bool(silent) == listed, f"{formula}: unnoticed {silent}, in SILENT: {listed}"


@pytest.mark.parametrize("label", UNPROVED)
def test_what_cannot_be_proved_is_in_the_book_and_refused(label):
    (formula,) = [formula for formula in LABELLED if formula.label == label]
    with pytest.raises(Refused):
        proved_in(formula)


@pytest.mark.parametrize(("page", "tex"), EXAMPLES)
def test_an_example_is_in_the_book_and_not_proved(page, tex):
    formulas = [
        formula
        for formula in inline(BOOK / f"{page}.md")
        if spelled(formula.tex) == spelled(tex)
    ]
    assert formulas, f"book/{page}.md has no ${tex}$ any more: take it from EXAMPLES"
    for formula in formulas:
        with pytest.raises((Refused, Differs)):
            proved_in(formula)


@pytest.mark.parametrize(
    ("name", "right", "wrong", "place"),
    [
        ("04-the-loss-and-the-softmax", "&= p[j] - [j = y]", "&= [j = y] - p[j]", 1),
        ("05-the-output-layer", "h^{\\mathsf T}\n$$", "h_{t-1}^{\\mathsf T}\n$$", 0),
        (
            "05-the-output-layer",
            r"\, h^{\mathsf T}$ |",
            r"\, h_{t-1}^{\mathsf T}$ |",
            0,
        ),
        ("05-the-output-layer", "W_y[i][l]\n$$", "W_y[l][i]\n$$", 1),
        ("06-through-tanh-to-the-inputs", r"| $W_h^{\mathsf T} ", "| $W_h ", 0),
        ("10-unrolling", "{da_{t+1}}\n$$", "{da_t}\n$$", 1),
        ("10-unrolling", "dL}{da_{t+1}}$, from right", "dL}{da_t}$, from right", 1),
        (
            "11-layers",
            r"| $\mathbf{dZ}\, W_y$ |",
            r"| $\mathbf{dZ}\, W_y^{\mathsf T}$ |",
            0,
        ),
        ("18-gates", "dc_{t+1}}\\, f_{t+1}\n$$", "dc_{t+1}}\\, f_t\n$$", 1),
        ("18-gates", "{dc_t}\\, c_{t-1}", "{dc_t}\\, c_t", 2),
        ("notation", "W_h h_{t-1} + b_h$ | `a`", "W_h h_t + b_h$ | `a`", 0),
        ("refresher", r"W^{\mathsf T} \frac{dL}{dz}$ |", r"W \frac{dL}{dz}$ |", 0),
    ],
)
def test_a_wrong_formula_is_named_with_its_line(name, right, wrong, place, tmp_path):
    """`place`: how many lines before what is changed the formula begins."""
    text = (BOOK / f"{name}.md").read_text("utf8")
    before, found, after = text.partition(right)
    assert found and right not in after
    page = tmp_path / f"{name}.md"
    page.write_text(before + wrong + after, "utf8")
    complaint, *others = complaints(page)
    assert not others
    line = before.count("\n") + 1 - place
    assert f"book/{name}.md, line {line}, " in complaint, complaint
