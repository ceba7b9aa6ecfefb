#% right | one long vector
def answer(gradients, limit):
    row = np.concatenate([g.ravel() for g in gradients])
    factor = limit / (np.sqrt(row @ row) + 1e-6)
    return factor if factor < 1 else 1


#% wrong | no millionth | without-the-millionth
def answer(gradients, limit):
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    return 1.0 if norm <= limit else limit / norm


#% wrong | lengthens short ones | never-one
def answer(gradients, limit):
    return limit / (np.sqrt(sum((g**2).sum() for g in gradients)) + 1e-6)


#% wrong | adds the norms | norms-added
def answer(gradients, limit):
    norm = sum(np.linalg.norm(g) for g in gradients)
    return min(1.0, limit / (norm + 1e-6))


#% wrong | nothing is ever clipped
def answer(gradients, limit):
    return 1.0

#% wrong | as the sentence had it | left-alone-below-the-limit
def answer(gradients, limit):
    norm = np.sqrt(sum((g**2).sum() for g in gradients))
    return limit / (norm + 1e-6) if norm > limit else 1.0
