#% right | counted with the table
def my_pendulum(n):
    there = list(range(n))
    text = there + there[-2::-1]
    table = BigramTable([text], n)
    right = sum(table.predict(word) == target for word, target in next_word_pairs(text))
    return len(text) - 1, right, table.loss(text)
answer = my_pendulum

#% wrong | ln 2 for each question | one-letter-too-many
answer = lambda n: (2 * n - 2, n, (2 * n - 2) * math.log(2))

#% wrong | each doubt counts one: the floor in bits | log2
answer = lambda n: (2 * n - 2, n, 2 * (n - 2))

#% wrong | two letters have no special case | ends-forgotten
answer = lambda n: (2 * n - 2, n - 2, 2 * (n - 2) * math.log(2))

#% wrong | right for 26 letters
answer = lambda n: (50, 26, 48 * math.log(2))
