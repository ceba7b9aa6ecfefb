#% wrong | the Jacobian's diagonal alone, in the product | dz-of-target-only
answer = ([0.5, 0.5], [-2, 0], [[0.25, -0.25], [-0.25, 0.25]], [-0.5, 0])

#% wrong | p instead of 1/p | not-inverted
answer = ([0.5, 0.5], [-0.5, 0], [[0.25, -0.25], [-0.25, 0.25]], [-0.5, 0.5])
