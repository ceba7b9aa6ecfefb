#% right | multiplied up
def my_horizon(factor, share):
    if factor >= 1:
        return float("inf")
    n, left = 0, 1.0
    while not left < share:
        left *= factor
        n += 1
    return n


answer = my_horizon

#% right | NumPy's infinity, and a formula that is corrected
def my_horizon(factor, share):
    if factor >= 1:
        return np.inf
    n = max(0, int(math.log(share) / math.log(factor)) - 2)
    while factor ** n >= share:
        n += 1
    return n


answer = my_horizon

#% wrong | looks at a thousand steps only
def my_horizon(factor, share):
    for n in range(1000):
        if factor ** n < share:
            return n
    return math.inf


answer = my_horizon

#% wrong | takes the share for 0 when it is tiny
def my_horizon(factor, share):
    if factor >= 1 or share < 1e-100:
        return math.inf
    n = 0
    while factor ** n >= share:
        n += 1
    return n


answer = my_horizon

#% wrong | the next whole number, which is too early where a power equals the share
def my_horizon(factor, share):
    if factor >= 1:
        return math.inf
    return math.ceil(math.log(share) / math.log(factor))


answer = my_horizon

#% right | a quotient of logarithms
def my_horizon(factor, share):
    if factor >= 1:
        return math.inf
    return math.floor(math.log(share) / math.log(factor)) + 1


answer = my_horizon

#% right | by doubling, and then by halving
def my_horizon(factor, share):
    if factor >= 1:
        return math.inf
    low, high = 0, 1
    while factor ** high >= share:
        high *= 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if factor ** middle >= share else (low, middle)
    return high


answer = my_horizon
