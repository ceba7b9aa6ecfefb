#% right | through two starts
def my_combine(first, second):
    def both(h):
        for a, b in (first, second):
            h = a * h + b
        return h

    return np.array([both(1.0) - both(0.0), both(0.0)])


answer = my_combine

#% wrong | the second b is multiplied too | both-b-multiplied
def my_combine(first, second):
    return first[0] * second[0], second[0] * (first[1] + second[1])


answer = my_combine

#% wrong | divides by the first a
def my_combine(first, second):
    return first[0] * second[0], second[0] * first[1] * first[0] / first[0] + second[1]


answer = my_combine
