#% right | the floor as a mean loss, times the number of sentences
def my_floor(n, m):
    q = n / (n + m)
    entropy = -(q * math.log(q) + (1 - q) * math.log(1 - q))
    return q, (n + m) * entropy


answer = my_floor

#% wrong | the share of soup, and the loss that follows | soup-for-bread
def my_floor(n, m):
    q = m / (n + m)
    return q, -n * math.log(q) - m * math.log(1 - q)


answer = my_floor

#% wrong | the numbers of the example | of-the-example
def my_floor(n, m):
    return 1 / 3, math.log(3) + 2 * math.log(1.5)


answer = my_floor
