#% wrong | everyday logits | small-ones
answer = ("stops", "wrong", "stops", "right")
