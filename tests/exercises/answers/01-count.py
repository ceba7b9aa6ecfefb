#% wrong | the other pair that occurs twice, counted rightly | second-place
answer = ("you", "doing", 2, 5)

#% wrong | each occurrence of a pair counted | all-pairs
answer = ("are", "you", 3, 9)
