#% right | rounded, in a list
answer = [45, 0.38, 9, 0.4]

#% wrong | squares by squares | whole-squares
answer = (75, 1 / 3, 9, 0.4)

#% wrong | the lost predictions are counted | the-lost-ones
answer = (45, 3 / 8, 6, 2 / 5)

#% wrong | in percent | in-percent
answer = (45, 37.5, 9, 0.4)

#% wrong | the share of what is known | the-known-ones
answer = (45, 3 / 8, 9, 3 / 5)
