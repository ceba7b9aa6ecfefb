#% right | letters in brackets, and with a full stop
answer = ("(q)", "r.", "(p)", "S", "t")
