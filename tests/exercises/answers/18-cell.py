#% wrong | times the gate | gate-for-sigmoid-prime
answer = (-0.1, -0.09, -0.18, 0)

#% wrong | without the output gate | output-gate-missing
answer = (0.2, 0.18, 0.036, 0)
