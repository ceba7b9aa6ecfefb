#% right | the choice in brackets, two decimals
answer = (9.21, 4.0, "(a)", "A.")

#% wrong | 36.8 may well be a sum | may-be-a-sum
answer = (9.21, 4.0, "a", "c")

#% wrong | base 10, and the factor that follows from it | log-10
answer = (4.0, 9.2, "a", "a")
