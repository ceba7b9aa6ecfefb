#% wrong | bits | in-bits
answer = (2.0, 3)

#% wrong | the floor of the long pendulum | other-pendulum
answer = (48 * np.log(2) / 50, 3)

#% right | rounded to two decimals
answer = (1.39, 3.0)
