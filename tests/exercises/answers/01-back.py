#% right | entry by entry
def my_word_of(vector, vocabulary):
    if len(vector) != len(vocabulary):
        raise ValueError("wrong length")
    if any(entry not in (0, 1) for entry in vector) or sum(vector) != 1:
        raise ValueError("not one-hot")
    return [word for word, entry in zip(vocabulary, vector) if entry == 1][0]


answer = my_word_of

#% wrong | counts the ones alone: [0, 1, 5] gets a word | not-refused
def my_word_of(vector, vocabulary):
    if len(vector) != len(vocabulary) or vector.count(1) != 1:
        raise ValueError("not one-hot")
    return vocabulary[vector.index(1)]


answer = my_word_of

#% wrong | looks at the sum and for a 1: [1, 0.5, -0.5] would pass | not-refused
def my_word_of(vector, vocabulary):
    if len(vector) != len(vocabulary) or sum(vector) != 1:
        raise ValueError("not one-hot")
    return vocabulary[vector.index(max(vector))]


answer = my_word_of

#% wrong | looks at the Euclidean length | not-refused
def my_word_of(vector, vocabulary):
    if len(vector) != len(vocabulary) or sum(v * v for v in vector) != 1:
        raise ValueError("not one-hot")
    return vocabulary[vector.index(max(vector))]


answer = my_word_of

#% wrong | accepts a vector with a 0 too many | not-refused
def my_word_of(vector, vocabulary):
    if sorted(vector) != [0] * (len(vector) - 1) + [1] or vector.index(1) >= len(
        vocabulary
    ):
        raise ValueError("not one-hot")
    return vocabulary[vector.index(1)]


answer = my_word_of

#% wrong | sorts the vocabulary | sorted-first
def my_word_of(vector, vocabulary):
    if sorted(vector) != [0] * (len(vocabulary) - 1) + [1]:
        raise ValueError("not one-hot")
    return sorted(vocabulary)[vector.index(1)]


answer = my_word_of

#% wrong | sum and squares, of which both are 1 for other vectors as well
def my_word(vector, vocabulary):
    if len(vector) != len(vocabulary) or abs(sum(vector) - 1) > 1e-9:
        raise ValueError("no one-hot vector")
    if abs(sum(entry * entry for entry in vector) - 1) > 1e-9:
        raise ValueError("no one-hot vector")
    return vocabulary[list(vector).index(max(vector))]
answer = my_word
