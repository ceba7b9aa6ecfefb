#% wrong | the initial state is missing from the states, not from the count | without-h0
answer = ((20, 16, 64), (20, 16, 26), (26, 320), (20, 16, 64), (16, 64), (64, 26), 21 * 16 * 64)

#% wrong | the shapes are right, the count lacks a step | size-without-h0
answer = ((21, 16, 64), (20, 16, 26), (26, 320), (20, 16, 64), (16, 64), (64, 26), 20 * 16 * 64)

#% wrong | sequences first, everywhere | batch-first
answer = ((16, 21, 64), (16, 20, 26), (26, 320), (16, 20, 64), (16, 64), (64, 26), 21 * 16 * 64)

#% right | lists and NumPy's integers
answer = [[21, 16, 64], np.array([20, 16, 26]), (26, 16 * 20), [20, 16, 64], (16, 64), (64, 26), np.prod([21, 16, 64])]
