#% right | complex steps
import numpy as np
def my_slopes(w, h_0):
    e = 1e-30
    h_1 = np.tanh(w * h_0)
    dh_1 = 1 + np.tanh(w * (h_1 + 1j * e)).imag / e
    first = np.tanh((w + 1j * e) * h_0)
    return dh_1, (first + np.tanh((w + 1j * e) * first)).imag / e
answer = my_slopes

#% wrong | tanh' of h_1 between h_1 and h_2, in dh_1 alone | tanh-prime-of-h-1
def my_slopes(w, h_0):
    h_1 = math.tanh(w * h_0)
    h_2 = math.tanh(w * h_1)
    dh_1 = 1 + (1 - h_2**2) * w
    return 1 + (1 - h_1**2) * w, (1 - h_2**2) * h_1 + dh_1 * (1 - h_1**2) * h_0
answer = my_slopes

#% wrong | 1 + h**2 | sign-in-tanh-prime
def my_slopes(w, h_0):
    h_1 = math.tanh(w * h_0)
    h_2 = math.tanh(w * h_1)
    dh_1 = 1 + (1 + h_2**2) * w
    return dh_1, (1 + h_2**2) * h_1 + dh_1 * (1 + h_1**2) * h_0
answer = my_slopes
