#% right | an array
answer = np.array([0, 0, 3, 3, 3])

#% wrong | two counts that no run gives | not-what-a-run-gives
answer = (0, 1, 3, 2, 3)
