#% right | with the losses of the run, which the text rounds
answer = tuple(np.exp(-history.losses_per_sequence[epoch - 1] / 6) for epoch in (10, 100)) + ("b",)

#% right | five decimals
answer = (0.99857, 0.9999, "B")

#% wrong | a power of 2 | another-base
answer = (2 ** (-0.0086 / 6), 2 ** (-0.0006 / 6), "b")

#% wrong | what is left for the other letters | the-loss-itself
answer = (1 - np.exp(-0.0086 / 6), 1 - np.exp(-0.0006 / 6), "b")
