#% right | by nudging to both sides
def my_warm_backward(logits, target, tau):
    def loss(z):
        return cross_entropy([entry / tau for entry in z], target)

    def moved(j, by):
        return [entry + by * (i == j) for i, entry in enumerate(logits)]

    return [(loss(moved(j, 1e-5)) - loss(moved(j, -1e-5))) / 2e-5 for j in range(len(logits))]


answer = my_warm_backward

#% right | powers of exp(1 / tau)
def my_warm_backward(logits, target, tau):
    e = [math.exp(entry - max(logits)) ** (1 / tau) for entry in logits]
    return [(one / sum(e) - (i == target)) / tau for i, one in enumerate(e)]


answer = my_warm_backward

#% wrong | the id 0 counts as no target
def my_warm_backward(logits, target, tau):
    dz = softmax([entry / tau for entry in logits])
    if target:
        dz[target] -= 1
    return [entry / tau for entry in dz]


answer = my_warm_backward

#% wrong | the temperature of the example | two-for-tau
def my_warm_backward(logits, target, tau):
    return [entry / 2 for entry in logits_backward([z / 2 for z in logits], target)]


answer = my_warm_backward

#% wrong | only temperatures of 1 and more
def my_warm_backward(logits, target, tau):
    tau = max(tau, 1)
    dz = logits_backward([entry / tau for entry in logits], target)
    return [entry / tau for entry in dz]


answer = my_warm_backward
