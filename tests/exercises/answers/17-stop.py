#% right | a loop that counts
def answer(losses, patience):
    best, since = 0, 0
    for epoch, loss in enumerate(losses):
        if loss < losses[best]:
            best, since = epoch, 0
        elif epoch:
            since += 1
        if since == patience:
            return best, epoch
    return best, len(losses) - 1
