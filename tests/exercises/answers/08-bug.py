#% right | new rows are put into the matrices
def answer(parameters, gradients, lr):
    for name, values in vars(parameters).items():
        slopes = getattr(gradients, name)
        for k in range(len(values)):
            if isinstance(values[k], list):
                values[k] = [w - lr * g for w, g in zip(values[k], slopes[k])]
            else:
                values[k] -= lr * slopes[k]
    return parameters


#% wrong | only the last row moves
def answer(parameters, gradients, lr):
    for row, slopes in zip(all_rows(parameters), all_rows(gradients)):
        pass
    row[:] = [weight - lr * slope for weight, slope in zip(row, slopes)]


#% wrong | the biases alone move | biases-only
def answer(parameters, gradients, lr):
    for name in ("bh", "by"):
        row, slopes = getattr(parameters, name), getattr(gradients, name)
        row[:] = [weight - lr * slope for weight, slope in zip(row, slopes)]


#% wrong | slopes cut to the range from -5 to 5
def answer(parameters, gradients, lr):
    for row, slopes in zip(all_rows(parameters), all_rows(gradients)):
        row[:] = [w - lr * max(-5, min(5, g)) for w, g in zip(row, slopes)]


#% wrong | the slopes are looked up by the row's values
def answer(parameters, gradients, lr):
    rows, slopes = list(all_rows(parameters)), list(all_rows(gradients))
    old = [list(row) for row in rows]
    for row, before in zip(rows, old):
        found = slopes[old.index(before)]
        row[:] = [w - lr * g for w, g in zip(before, found)]
