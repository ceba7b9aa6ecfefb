#% right | by numbers of places
def my_pairs(ids):
    if len(ids) < 2:
        raise ValueError("no pair")
    return [[ids[k - 1], ids[k]] for k in range(1, len(ids))]


answer = my_pairs

#% wrong | looks each word up by its first place
def my_pairs(ids):
    if len(ids) < 2:
        raise ValueError("no pair")
    return [(i, ids[ids.index(i) + 1]) for i in ids[:-1]]


answer = my_pairs

#% wrong | the id 0 counts as no word
def my_pairs(ids):
    if len(ids) < 2:
        raise ValueError("no pair")
    return [(i, j) for i, j in zip(ids, ids[1:]) if i and j]


answer = my_pairs

#% wrong | twelve words at most
def my_pairs(ids):
    if len(ids) < 2:
        raise ValueError("no pair")
    return list(zip(ids, ids[1:12]))


answer = my_pairs

#% wrong | each pair once
def my_pairs(ids):
    if len(ids) < 2:
        raise ValueError("no pair")
    return list(dict.fromkeys(zip(ids, ids[1:])))


answer = my_pairs
