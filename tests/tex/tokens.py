"""TeX as tokens, and where they can be split."""

import re

TOKEN = re.compile(
    r"\\(?:text|mathrm|mathbf|begin|end)\{[^}]+\}|\\mathsf\s+T|\\(?:hat|tilde)\s+[a-z]"
    r"|\\\\(?:\[[\d.]+\w+\])?|\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|[^\s\\]"
)
# Sizes of brackets and small spaces; a \quad separates formulas.
LAYOUT = {r"\,", r"\;", r"\!", r"\ ", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr"}
SPACES = {r"\quad", r"\qquad", r"\Longrightarrow"}
RELATIONS = {"=", r"\approx", r"\le", r"\ge", "<", ">", r"\leftarrow", r"\ne"}
STYLES = {r"\dfrac": r"\frac", r"\tfrac": r"\frac"}
TRANSPOSED = r"\mathsf T"


class Refused(ValueError):
    """A formula that cannot be read, or has no value where it is."""


class Unknown(Refused):
    """A name without a value."""


def tokens(tex: str) -> list[str]:
    """What the TeX consists of, without what only moves it on the page."""
    spelled = tex.replace("{}", "").replace(r"\mathsf{T}", TRANSPOSED)
    found = [re.sub(r"\s+", " ", token) for token in TOKEN.findall(spelled)]
    return [STYLES.get(token, token) for token in found if token not in LAYOUT]


def text(found: list[str]) -> str:
    """Tokens as TeX again, all in the same spelling."""
    joined = "".join(f"{t} " if re.fullmatch(r"\\[A-Za-z]+", t) else t for t in found)
    return re.sub(r" (?=[^A-Za-z])", "", joined).strip()


def split(found: list[str], at: set[str]) -> tuple[list[list[str]], list[str]]:
    """The pieces between separators that are in no bracket; the separators."""
    pieces, between, depth = [[]], [], 0
    for token in found:
        depth += token in "([{" or token.startswith(r"\begin")
        depth -= token in ")]}" or token.startswith(r"\end")
        if depth == 0 and (token in at or token[:2] in at):
            pieces.append([])
            between.append(token)
        else:
            pieces[-1].append(token)
    return pieces, between


def cells(body: list[str]) -> list[list[list[str]]]:
    """The rows of a block, each split at its &."""
    return [split(row, {"&"})[0] for row in split(body, {r"\\"})[0] if row]


def aligned(found: list[str]) -> list[list[str]]:
    """The formulas of an aligned block; one whose left is empty goes on."""
    formulas, current = {}, {}
    for number, row in enumerate(cells(found[1:-1])):
        for place in range(0, len(row), 2):
            if row[place]:
                current[place] = number, place
            formula = formulas.setdefault(current.get(place), [])
            formula += sum(row[place : place + 2], [])
    return [formula for formula in formulas.values() if formula]
