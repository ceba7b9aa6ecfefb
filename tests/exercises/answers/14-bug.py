#% right | PyTorch's own factor
def my_clip(gradients, limit):
    total = np.sqrt(sum((g ** 2).sum() for g in gradients.values()))
    factor = min(1.0, limit / (total + 1e-6))
    for g in gradients.values():
        g *= factor


answer = my_clip

#% right | in place through a slice, and returns the dict as well
def my_clip(gradients, limit):
    total = np.linalg.norm(np.concatenate([g.ravel() for g in gradients.values()]))
    if total > limit:
        for name in gradients:
            gradients[name][:] = gradients[name] / total * limit
    return gradients


answer = my_clip

#% wrong | new arrays are put into the dict | unchanged
def my_clip(gradients, limit):
    total = np.sqrt(sum((g ** 2).sum() for g in gradients.values()))
    for name in gradients:
        gradients[name] = gradients[name] * min(1, limit / max(total, 1e-12))


answer = my_clip

#% wrong | each entry is cut to 5 before the whole is clipped
def my_clip(gradients, limit):
    for g in gradients.values():
        np.clip(g, -5, 5, out=g)
    total = np.sqrt(sum((g ** 2).sum() for g in gradients.values()))
    if total > limit:
        for g in gradients.values():
            g *= limit / total


answer = my_clip

#% wrong | the limit is never more than 5
def my_clip(gradients, limit):
    limit = min(limit, 5.0)
    total = np.sqrt(sum((g ** 2).sum() for g in gradients.values()))
    if total > limit:
        for g in gradients.values():
            g *= limit / total


answer = my_clip

#% wrong | clips only if one of the parts is too long
def my_clip(gradients, limit):
    total = np.sqrt(sum((g ** 2).sum() for g in gradients.values()))
    if any(np.linalg.norm(g) > limit for g in gradients.values()):
        for g in gradients.values():
            g *= limit / total


answer = my_clip

#% wrong | only the parts that are too long by themselves are cut | only-the-long-ones
def my_clip(gradients, limit):
    total = np.sqrt(sum((g ** 2).sum() for g in gradients.values()))
    for g in gradients.values():
        if np.linalg.norm(g) > limit:
            g *= limit / total


answer = my_clip

#% wrong | a thousandth above the limit
def my_clip(gradients, limit):
    total = np.sqrt(sum((g ** 2).sum() for g in gradients.values()))
    if total > limit:
        for g in gradients.values():
            g *= 1.001 * limit / total


answer = my_clip

#% wrong | the length is computed anew in the loop | found-anew
def my_clip(gradients, limit):
    for g in gradients.values():
        total = np.sqrt(sum((one ** 2).sum() for one in gradients.values()))
        if total > limit:
            g *= limit / total


answer = my_clip
