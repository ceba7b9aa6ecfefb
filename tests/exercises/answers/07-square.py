#% wrong | nudged down | the-other-side
def answer(epsilon):
    return 6 - epsilon, 6
