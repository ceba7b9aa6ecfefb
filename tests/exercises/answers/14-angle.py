#% right | one decimal
answer = (4.2, 8.1, 2.5, 0, "b")

#% wrong | both are clipped by value | by-value-twice
answer = (4.2426, 8.13, 3.5355, 8.13, "b")

#% wrong | the angle of the result to the first axis, once | direction-of-the-result
answer = (4.2, 45, 2.5, 0, "b")
