#% right | lists for shapes
answer = ([80, 30], [80, 20], 4080, 4710)

#% wrong | rows and columns exchanged
answer = ((30, 80), (20, 80), 4080, 4710)

#% wrong | one gate | one-gate
answer = ((20, 30), (20, 20), 1020, 1650)

#% wrong | no bias in either layer | biases-forgotten
answer = ((80, 30), (80, 20), 4000, 4600)

#% wrong | no bias in the gates | biases-forgotten
answer = ((80, 30), (80, 20), 4000, 4630)
