#% wrong | the learning rate of the text for that of the arguments | lr-of-the-text
def my_price(T, B, lr):
    return T, T * 0.1
answer = my_price

#% wrong | only the ratio is divided by the sequences | divided-by-b
def my_price(T, B, lr):
    return B, T * lr
answer = my_price

#% wrong | a learning rate is cut at 1
def my_price(T, B, lr):
    return T, min(T * lr, 1.0)
answer = my_price

#% wrong | the factor is taken for the learning rate | factor-for-lr
def my_price(T, B, lr):
    return T, T
answer = my_price

#% right | measured
def my_price(T, B, lr):
    losses = np.ones((T, B))
    ratio = losses.sum(axis=0).mean() / losses.mean()
    return {"ratio": ratio, "their lr": lr * ratio}
answer = my_price
