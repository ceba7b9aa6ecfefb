#% right | floats and a capital letter
answer = (6.0, 7.0, 321, "B")

#% wrong | half of them in each round | half-in-each-round
answer = (6, 7, 192, "b")

#% wrong | one round a step, for one of the two | one-after-the-other
answer = (6, 99, 321, "b")
