#% wrong | an even guess | an-even-guess
answer = ("no", 1)

#% wrong | all predictions are counted | all-predictions
answer = ("no", 156)

#% right | NumPy's number
answer = ("No", np.int64(26))
