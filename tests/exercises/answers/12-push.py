#% wrong | six components are nothing | never-enough
answer = ("new", "neither", "neither", "old", "old")

#% wrong | four components are nothing | four-are-nothing
answer = ("new", "neither", "old", "new", "old")

#% right | capitals
answer = ["NEW", "Neither", "neither", "new", "old"]
