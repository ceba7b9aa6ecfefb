#% right | rounded to two decimals
answer = (
    [[0.64, 1.28], [0, 1]],
    [[1, 2], [0, 0.36]],
    [[0.64, 3.28], [0, 0.36]],
    [[0.64, 1.74], [0, 0.36]],
    (0.64, 3.28),
)

#% wrong | the states are exchanged | states-exchanged
answer = (
    [[1, 2], [0, 0.36]],
    [[0.64, 1.28], [0, 1]],
    [[0.64, 1.7408], [0, 0.36]],
    [[0.64, 3.28], [0, 0.36]],
    (0.64, 1.7408),
)

#% wrong | dh0 follows from the product in the wrong order | other-order
answer = (
    [[0.64, 1.28], [0, 1]],
    [[1, 2], [0, 0.36]],
    [[0.64, 1.7408], [0, 0.36]],
    [[0.64, 3.28], [0, 0.36]],
    (0.64, 1.7408),
)

#% wrong | only dh0 is in the wrong order | dh0-in-the-wrong-order
answer = (
    [[0.64, 1.28], [0, 1]],
    [[1, 2], [0, 0.36]],
    [[0.64, 3.28], [0, 0.36]],
    [[0.64, 1.7408], [0, 0.36]],
    (0.64, 1.7408),
)
