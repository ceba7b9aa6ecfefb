#% wrong | h_2 alone is without the past | h-without-a
t = math.tanh(1)
answer = ([1, 0], [t, 0], [0, 2 + t], [0, math.tanh(2)])

#% wrong | no tanh anywhere | never-tanh
answer = ([1, 0], [1, 0], [0, 3], [0, 3])

#% wrong | the past is missing in a_2, and so in h_2 | past-forgotten
answer = ([1, 0], [math.tanh(1), 0], [0, 2], [0, math.tanh(2)])

#% wrong | h_1 is not swapped in a_2, and h_2 is right | not-swapped
t = math.tanh(1)
answer = ([1, 0], [t, 0], [t, 2], [0, math.tanh(2 + t)])
