"""A network in a file: NumPy's npz, without pickle.

Nothing in such a file is run when it is read. The file alone makes the network
again; it can carry the words or characters that its ids stand for, and what the
rule of descent remembers, so that training goes on as if it had not stopped.
"""

import io
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import numpy as np

from rnn_src.descent import RULES
from rnn_src.lstm import LSTM
from rnn_src.model import VanillaRNN
from rnn_src.network import RecurrentNetwork, Rule

FORMAT = 1  # of the file; any other is refused
#: The kind of network, by the names of its parameters.
#:
#: :meta hide-value:
MODELS = {frozenset(kind.shapes): kind for kind in (VanillaRNN, LSTM)}


def save(
    path: str | os.PathLike,
    model: RecurrentNetwork,
    vocabulary: Sequence[str] | None = None,
    rule: Rule | None = None,
) -> None:
    """Write a network to a file; an older one is replaced as a whole.

    Parameters
    ----------
    path : where to write, with its ending
        If it is a link, the file that it leads to is replaced.
    model : VanillaRNN or LSTM
    vocabulary : V different strings, optional
        The word or character of each id.
    rule : Momentum or Adam, optional
        With its settings, and what it remembers of this network.

    Raises
    ------
    ValueError
        If a parameter is not finite, the vocabulary does not fit, or the rule is
        not one of `RULES`, or that of another network.
    OSError
        If the file cannot be written.
    """
    arrays = dict(type(model).from_parameters(model.parameters).parameters)
    if vocabulary is not None:
        words = checked_vocabulary(vocabulary, model.vocab_size)
        arrays["vocabulary"] = as_bytes(words)
    if rule is not None:
        arrays |= rule_arrays(rule)
        check_memory(rule, model.vector)
    path = Path(path).resolve()
    # Written beside the path, then moved there: an old file is kept if this fails.
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        unfinished = Path(beside) / path.name
        with open(unfinished, "wb") as file:
            np.savez(file, format=np.array(FORMAT), **arrays)
        if path.exists():
            shutil.copymode(path, unfinished)
        os.replace(unfinished, path)


def load(
    path: str | os.PathLike, vocabulary: Sequence[str] | None = None
) -> tuple[RecurrentNetwork, list[str] | None, Rule | None]:
    """The network of a file that `save` wrote, exact to the bit.

    Parameters
    ----------
    path
    vocabulary : sequence of str, optional
        The one in which your data are written; another one in the file is an error.

    Returns
    -------
    model : of the kind that was saved
    vocabulary : list of str, or None if the file has none
    rule : Momentum or Adam, or None if the file has none
        It goes on where it was.

    Raises
    ------
    ValueError
        If the file is damaged, of another format, does not hold a network, or holds
        one with another vocabulary than yours.
    OSError
        If it cannot be read.
    """
    arrays = read_arrays(path)
    try:
        rule = made_rule(arrays)
        words = arrays.pop("vocabulary", None)
        model = MODELS.get(frozenset(arrays), VanillaRNN).from_parameters(arrays)
        if words is not None:
            words = checked_vocabulary(json.loads(words.tobytes()), model.vocab_size)
        if rule is not None:
            check_memory(rule, model.vector)
    except (ValueError, TypeError, RecursionError) as error:
        raise ValueError(
            f"{path} does not hold a network; expected one that save wrote: {error}"
        ) from error
    if vocabulary is not None:
        same_vocabulary(path, words or [], list(vocabulary))
    return model, words, rule


def same_vocabulary(path: str | os.PathLike, words: list, expected: list) -> None:
    """Refuse a network whose ids mean something else than those of your data."""
    if words != expected:
        pairs = zip_longest(words, expected)
        place, (one, other) = next((i, p) for i, p in enumerate(pairs) if p[0] != p[1])
        raise ValueError(
            f"{path} has a vocabulary of {len(words)}, your data one of "
            f"{len(expected)}: id {place} is {one!r} there and {other!r} in yours; "
            "expected the same: encode your data with the vocabulary of the file"
        )


def as_bytes(content: object) -> np.ndarray:
    """What JSON can write, as an array: NumPy's own text would lose a final 0."""
    return np.frombuffer(json.dumps(content).encode(), np.uint8)


def rule_arrays(rule: Rule) -> dict[str, np.ndarray]:
    """The name and the settings of a rule, and the arrays that it remembers."""
    name = type(rule).__name__
    if name not in RULES or vars(rule).keys() != vars(RULES[name]()).keys():
        raise ValueError(f"rule is of type {name}; expected {' or '.join(RULES)}")
    settings = {key: value for key, value in vars(rule).items() if key != "state"}
    remembered = {f"rule.{key}": array for key, array in rule.state.items()}
    return {"rule": as_bytes([name, settings])} | remembered


def made_rule(arrays: dict[str, np.ndarray]) -> Rule | None:
    """The rule of a file, whose arrays are taken out; None if it has none."""
    encoded = arrays.pop("rule", None)
    names = [name for name in arrays if name.startswith("rule.")]
    state = {name.removeprefix("rule."): arrays.pop(name) for name in names}
    if encoded is None:
        return None
    try:
        name, settings = json.loads(encoded.tobytes())
        rule = RULES[name](**settings)
    except (KeyError, TypeError) as error:
        raise ValueError(f"rule is damaged: {error!r}") from error
    rule.state.update(state)
    return rule


def check_memory(rule: Rule, vector: np.ndarray) -> None:
    """Refuse a rule that remembers what it cannot of a network with this vector."""
    if not rule.state:
        return
    fresh = type(rule)()
    fresh(np.zeros_like(vector))
    if rule.state.keys() != fresh.state.keys():
        found, expected = (", ".join(one.state) for one in (rule, fresh))
        raise ValueError(f"rule remembers {found}; expected {expected}, or nothing")
    for name, like in fresh.state.items():
        array = np.asarray(rule.state[name])
        whole = array.dtype.kind == like.dtype.kind == "i"  # 32 bits in the browser
        if array.shape != like.shape or not (whole or array.dtype == like.dtype):
            raise ValueError(
                f"rule.{name} has shape {array.shape} and dtype {array.dtype}; "
                f"expected {like.shape} and {like.dtype}: a rule belongs to one network"
            )
        lowest = {"s": 0, "n": 1}.get(name, -np.inf)
        if not (np.isfinite(array) & (array >= lowest)).all():
            raise ValueError(
                f"rule.{name} has entries that no training leaves; expected finite "
                f"numbers, at least {lowest}"
            )


def read_arrays(path: str | os.PathLike) -> dict[str, np.ndarray]:
    """The arrays of a file of this format; a ValueError if it is damaged."""
    content = Path(path).read_bytes()
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            # A member that is not an array comes as bytes.
            found = {name: np.asarray(file[name]) for name in file.files}
    except Exception as error:  # damage can make the readers raise anything
        raise ValueError(
            f"{path} is damaged, or not a file that save wrote; "
            "expected an npz file without pickle"
        ) from error
    version = found.pop("format", None)
    whole_number = version is not None and version.dtype.kind == "i"
    if not whole_number or version.shape != () or version != FORMAT:
        raise ValueError(f"{path} has format {version!r}; expected {FORMAT}")
    return found


def checked_vocabulary(words: Sequence[str], vocab_size: int) -> list[str]:
    """The vocabulary as a list; a ValueError unless it has V different strings."""
    words = list(words)
    if not all(isinstance(word, str) for word in words):
        raise ValueError("vocabulary holds something else than text; expected strings")
    if len(words) != vocab_size or len(set(words)) != vocab_size:
        raise ValueError(
            f"vocabulary has {len(words)} entries, {len(set(words))} of them "
            f"different; expected {vocab_size}, one for each id"
        )
    return words
