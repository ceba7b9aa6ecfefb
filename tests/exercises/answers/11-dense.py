#% right | capitals
answer = ("No", "Yes")

#% wrong | both halfway | tanh-is-straight
answer = ("yes", "yes")
