#% wrong | the losses at the end of the 150 updates | at-the-end
answer = (0, 1, 2, 1)
