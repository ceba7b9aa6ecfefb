#% right | Ng's ratio of two norms
def answer(loss, parameters, gradients):
    import numpy as np
    from rnn_src.gradcheck import numeric_gradient

    numeric, wrong = numeric_gradient(loss, parameters), []
    for name in parameters:
        a, n = np.array(gradients[name]), np.array(numeric[name])
        size = np.linalg.norm(a) + np.linalg.norm(n)
        if size and np.linalg.norm(a - n) / size > 1e-7:
            wrong.append(name)
    return wrong


#% right | allclose
def answer(loss, parameters, gradients):
    import numpy as np
    from rnn_src.gradcheck import numeric_gradient

    numeric = numeric_gradient(loss, parameters)
    return [n for n in parameters if not np.allclose(gradients[n], numeric[n])]


#% right | the tolerances of torch.autograd.gradcheck
def answer(loss, parameters, gradients):
    import numpy as np
    from rnn_src.gradcheck import numeric_gradient

    numeric = numeric_gradient(loss, parameters)
    return {n for n in parameters if not np.allclose(gradients[n], numeric[n], 1e-3, 1e-5)}


#% right | entry by entry, with a floor of 1e-8, as an iterator
def answer(loss, parameters, gradients):
    def is_wrong(row, slopes):
        for i, kept in enumerate(row):
            row[i] = kept + 1e-5
            above = loss()
            row[i] = kept - 1e-5
            below = loss()
            row[i] = kept
            slope = (above - below) / 2e-5
            if abs(slope - slopes[i]) / max(1e-8, abs(slope) + abs(slopes[i])) > 1e-4:
                return True
        return False

    for name in parameters:
        values, slopes = parameters[name], gradients[name]
        if not isinstance(values[0], list):
            values, slopes = [values], [slopes]
        if any([is_wrong(*pair) for pair in zip(values, slopes)]):
            yield name


#% right | the lists of the parameters are replaced while they are nudged
def answer(loss, parameters, gradients):
    import numpy as np

    wrong = []
    for name in list(parameters):
        kept = parameters[name]
        flat, slopes = np.array(kept), np.zeros(np.shape(kept))
        for place in np.ndindex(*flat.shape):
            losses = []
            for sign in (1, -1):
                moved = flat.copy()
                moved[place] += sign * 1e-5
                parameters[name] = moved.tolist()
                losses.append(loss())
            slopes[place] = (losses[0] - losses[1]) / 2e-5
        parameters[name] = kept
        a = np.array(gradients[name])
        if abs(a - slopes).max() > 1e-5 * max(abs(a).max(), abs(slopes).max()):
            wrong.append(name)
    return wrong


#% wrong | one side, a tiny nudge | one-side
def answer(loss, parameters, gradients):
    wrong, start = [], loss()
    for name in parameters:
        values, slopes = parameters[name], gradients[name]
        if not isinstance(values[0], list):
            values, slopes = [values], [slopes]
        apart = largest = 0
        for row, row_slopes in zip(values, slopes):
            for i, kept in enumerate(row):
                row[i] = kept + 1e-6
                slope = (loss() - start) / 1e-6
                row[i] = kept
                apart = max(apart, abs(slope - row_slopes[i]))
                largest = max(largest, abs(slope), abs(row_slopes[i]))
        if apart > 1e-4 * largest:
            wrong.append(name)
    return wrong


#% wrong | an absolute threshold of 1e-3 | absolute
def answer(loss, parameters, gradients):
    import numpy as np
    from rnn_src.gradcheck import numeric_gradient

    numeric = numeric_gradient(loss, parameters)
    return [n for n in parameters if np.abs(np.array(gradients[n]) - numeric[n]).max() > 1e-3]


#% wrong | an absolute threshold of 1e-6 | absolute
def answer(loss, parameters, gradients):
    import numpy as np
    from rnn_src.gradcheck import numeric_gradient

    numeric = numeric_gradient(loss, parameters)
    return [n for n in parameters if np.abs(np.array(gradients[n]) - numeric[n]).max() > 1e-6]


#% wrong | nudged and put back by adding and subtracting | left-changed
def answer(loss, parameters, gradients):
    wrong = []
    for name in parameters:
        values, slopes = parameters[name], gradients[name]
        if not isinstance(values[0], list):
            values, slopes = [values], [slopes]
        apart = largest = 0
        for row, row_slopes in zip(values, slopes):
            for i in range(len(row)):
                row[i] += 1e-5
                above = loss()
                row[i] -= 2e-5
                below = loss()
                row[i] += 1e-5
                slope = (above - below) / 2e-5
                apart = max(apart, abs(slope - row_slopes[i]))
                largest = max(largest, abs(slope), abs(row_slopes[i]))
        if apart > 1e-6 * largest:
            wrong.append(name)
    return wrong


#% wrong | names in lists of their own
def answer(loss, parameters, gradients):
    return [[name] for name in parameters]


#% wrong | only the first rows are compared | one-entry
def answer(loss, parameters, gradients):
    import numpy as np
    from rnn_src.gradcheck import numeric_gradient

    numeric, wrong = numeric_gradient(loss, parameters), []
    for name in parameters:
        a, n = np.array(gradients[name])[:2], np.array(numeric[name])[:2]
        if abs(a - n).max() > 1e-6 * max(abs(a).max(), abs(n).max()):
            wrong.append(name)
    return wrong
