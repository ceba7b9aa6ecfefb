#% wrong | the real steps counted, not the filler | the-real-ones
answer = (18, "a", "d", "c")
