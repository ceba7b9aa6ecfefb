#% wrong | the output bias is forgotten
def my_update(parameters, gradients, lr, clip):
    for name in ("Wx", "Wh", "Wy", "bh"):
        parameters[name] -= lr * np.clip(gradients[name], -clip, clip)
answer = my_update

#% wrong | gradients of zero become nan
def my_update(parameters, gradients, lr, clip):
    for name, g in gradients.items():
        parameters[name] -= lr * g / abs(g) * np.minimum(abs(g), clip)
answer = my_update

#% wrong | lr times the limit, the gradient without lr | limit-times-lr
def my_update(parameters, gradients, lr, clip):
    for name, g in gradients.items():
        parameters[name] -= np.clip(g, -lr * clip, lr * clip)
answer = my_update

#% wrong | large entries are dropped | large-entries-dropped
def my_update(parameters, gradients, lr, clip):
    for name, g in gradients.items():
        parameters[name] -= lr * g * (abs(g) <= clip)
answer = my_update

#% wrong | the step overwrites the parameter | overwritten
def my_update(parameters, gradients, lr, clip):
    for name, g in gradients.items():
        parameters[name][:] = -lr * np.clip(g, -clip, clip)
answer = my_update

#% wrong | a name is bound to a new array in the loop | nothing-changed
def my_update(parameters, gradients, lr, clip):
    for name, w in parameters.items():
        w = w - lr * np.clip(gradients[name], -clip, clip)
answer = my_update

#% right | entry by entry
def my_update(parameters, gradients, lr, clip):
    for name, w in parameters.items():
        for place, g in np.ndenumerate(gradients[name]):
            w[place] -= lr * max(-clip, min(clip, g))
answer = my_update

#% right | out=
def my_update(parameters, gradients, lr, clip):
    for name, w in parameters.items():
        np.subtract(w, lr * gradients[name].clip(-clip, clip), out=w)
answer = my_update

#% wrong | the limit of the chapter's run | limit-of-the-chapter
def my_update(parameters, gradients, lr, clip):
    for name, g in gradients.items():
        parameters[name] -= lr * g.clip(-5, 5)
answer = my_update

#% wrong | the values side by side, whatever their names
def my_update(parameters, gradients, lr, clip):
    for array, gradient in zip(parameters.values(), gradients.values()):
        if array.shape == gradient.shape:
            array -= lr * np.clip(gradient, -clip, clip)
answer = my_update

#% wrong | new arrays under the old names | nothing-changed
def my_update(parameters, gradients, lr, clip):
    for name in parameters:
        step = lr * np.clip(gradients[name], -clip, clip)
        parameters[name] = parameters[name] - step
answer = my_update

#% wrong | new arrays, by deleting the old names first | nothing-changed
def my_update(parameters, gradients, lr, clip):
    for name in list(parameters):
        new = parameters[name] - lr * np.clip(gradients[name], -clip, clip)
        del parameters[name]
        parameters[name] = new
answer = my_update
