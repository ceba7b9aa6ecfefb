#% wrong | b_y is not counted | without-by
answer = ((50, 1000), (50, 50), (1000, 50), (50,), (1000,), 102_550)

#% wrong | W_h between words, and counted so | wh-between-words
answer = ((50, 1000), (50, 1000), (1000, 50), (50,), (1000,), 151_050)
