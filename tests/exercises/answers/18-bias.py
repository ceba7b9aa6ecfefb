#% right | two decimals
answer = (2.21, 6.86)

#% wrong | whole steps | whole-steps
answer = (2, 6.86)

#% wrong | the gate, not the bias | gate-for-bias
answer = (2.21, 0.99895)
