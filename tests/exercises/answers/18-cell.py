#% wrong | times the gate | gate-for-sigmoid-prime
answer = (-0.1, -0.04, -0.08, 0)

#% wrong | without the output gate | output-gate-missing
answer = (0.2, 0.08, 0.096, 0)
