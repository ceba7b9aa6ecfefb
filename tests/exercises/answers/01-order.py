#% right | in capitals
answer = ("No", "Yes", "No", "Yes")

#% wrong | a new word is put last | new-word-at-the-end
answer = ("no", "yes", "no", "no")
