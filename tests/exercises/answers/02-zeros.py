#% wrong | one number for each unit | as-many-as-units
answer = (8, "b")
