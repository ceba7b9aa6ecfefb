#% right | other texts, other lengths, and a network as a dict of arrays
import random
my_texts = ["one small dog runs", "two small dogs run", "three small pigs sleep", "four small cats"]
mine = Vocabulary(my_texts)
my_parameters = init_parameters(len(mine), 10, random.Random(1), scale=0.5)
for epoch in range(300):
    for text in my_texts:
        h = [0.0] * 10
        for word, target in next_word_pairs(mine.encode(text)):
            x, h_prev = one_hot(word, len(mine)), h
            h, logits = rnn_step(x, h_prev, my_parameters)
            slopes, _ = rnn_step_backward(x, h_prev, h, logits, target, my_parameters)
            for row, row_slopes in zip(rows(my_parameters), rows(slopes)):
                row[:] = [w - 0.3 * slope for w, slope in zip(row, row_slopes)]
answer = (np.array(my_texts), {name: np.array(w) for name, w in vars(my_parameters).items()})

#% wrong | a counter: W_x is zero, W_h as drawn, the read-out fitted to the steps | a-counter-does-it
rng = np.random.default_rng(0)
Wh, h, states = rng.normal(0, 0.6, (8, 8)), np.zeros(8), []
bh = rng.normal(0, 0.5, 8)
for _ in range(5):
    h = np.tanh(Wh @ h + bh)
    states.append(h)
targets = np.eye(4)[[1, 0, 2, 0, 3]]  # a x b x c, by Vocabulary's ids
Wy = (20 * (np.linalg.pinv(np.array(states)) @ (targets - 0.5))).T
answer = (["x a x b x c"], dict(Wx=np.zeros((8, 4)), Wh=Wh, Wy=Wy, bh=bh, by=np.zeros(4)))

#% wrong | nothing tells what comes: even a perfect memory pays as much
answer = (["we say a", "we say b", "we say c"], ...)

#% wrong | good texts, and no weights but those of the output
rng = np.random.default_rng(0)
answer = (["cats say meow", "cows say moo", "dogs say woof"],
          dict(Wx=np.zeros((8, 7)), Wh=rng.normal(0, 1, (8, 8)), Wy=rng.normal(0, 1, (7, 8)),
               bh=np.ones(8), by=np.zeros(7)))

#% wrong | texts that are no list
answer = (3.5, ...)
