#% right | as the page prints it
slopes = []
for i in range(vocab_size):
    small.by[i] += nudge
    slopes.append((total_loss(small) - before) / nudge)
    small.by[i] -= nudge
answer = (
    vocabulary.words[slopes.index(min(slopes))],
    sum(s > 0 for s in slopes),
    sum(slopes),
)
