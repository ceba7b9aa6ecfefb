#% right | every slope in a dict, zip and enumerate
def my_update(loss, rows, lr):
    slopes = {}
    for j, row in enumerate(rows):
        for i, old in enumerate(row):
            ends = []
            for sign in (1, -1):
                row[i] = old + sign * 1e-4
                ends.append(loss())
            row[i] = old
            slopes[j, i] = (ends[0] - ends[1]) / 2e-4
    for (j, i), slope in slopes.items():
        rows[j][i] -= lr * slope
    return rows
answer = my_update

#% right | the slope of the page, with rows that are replaced in place
def my_update(loss, rows, lr):
    def slope(row, i, nudge=0.0001):
        kept = row[i]
        row[i] = kept + nudge
        above = loss()
        row[i] = kept - nudge
        below = loss()
        row[i] = kept
        return (above - below) / (2 * nudge)
    slopes = [[slope(row, i) for i in range(len(row))] for row in rows]
    for row, ds in zip(rows, slopes):
        row[:] = [w - lr * d for w, d in zip(row, ds)]
answer = my_update

#% wrong | new lists instead of the rows, changed | nothing-moves
def my_update(loss, rows, lr):
    def slope(row, i, nudge=0.0001):
        kept = row[i]
        row[i] = kept + nudge
        above = loss()
        row[i] = kept - nudge
        below = loss()
        row[i] = kept
        return (above - below) / (2 * nudge)
    slopes = [[slope(row, i) for i in range(len(row))] for row in rows]
    for j, ds in enumerate(slopes):
        rows[j] = [w - lr * d for w, d in zip(rows[j], ds)]
answer = my_update

#% wrong | each number moves before the next is nudged | one-after-the-other
def my_update(loss, rows, lr):
    for row in rows:
        for i in range(len(row)):
            kept = row[i]
            row[i] = kept + 1e-4
            above = loss()
            row[i] = kept - 1e-4
            below = loss()
            row[i] = kept - lr * (above - below) / 2e-4
answer = my_update

#% wrong | nudged up only | one-side
def my_update(loss, rows, lr):
    slopes, now = [], loss()
    for row in rows:
        for i in range(len(row)):
            kept = row[i]
            row[i] += 1e-4
            slopes.append((loss() - now) / 1e-4)
            row[i] = kept
    for row in rows:
        for i in range(len(row)):
            row[i] -= lr * slopes.pop(0)
answer = my_update

#% wrong | the nudge is left in
def my_update(loss, rows, lr):
    slopes = []
    for row in rows:
        for i in range(len(row)):
            row[i] += 1e-4
            above = loss()
            row[i] -= 2e-4
            slopes.append((above - loss()) / 2e-4)
    for row in rows:
        for i in range(len(row)):
            row[i] -= lr * slopes.pop(0)
answer = my_update

#% wrong | slopes kept under the place of the first row that is equal
def my_update(loss, rows, lr):
    slopes = {}
    for row in rows:
        for i in range(len(row)):
            kept = row[i]
            row[i] = kept + 1e-4
            above = loss()
            row[i] = kept - 1e-4
            below = loss()
            row[i] = kept
            slopes[rows.index(row), i] = (above - below) / 2e-4
    for (j, i), slope in slopes.items():
        rows[j][i] -= lr * slope
answer = my_update
