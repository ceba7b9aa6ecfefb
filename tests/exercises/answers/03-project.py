#% wrong | far from even, and as expensive
V = len(vocabulary)
follows = {i: j for ids in sentences for i, j in next_word_pairs(ids)}
answer = Parameters(
    Wx=[[3.0 if k == i else 0.0 for i in range(V)] for k in range(V)],
    Wh=[[0.0] * V for _ in range(V)],
    Wy=[
        [5.3 if (follows.get(k) if k < 2 else 0) == i else 0.0 for k in range(V)]
        for i in range(V)
    ],
    bh=[0.0] * V,
    by=[0.0] * V,
)

#% wrong | weights whose logits are not finite
answer = Parameters(
    Wx=[[5.0] * 6] * 6, Wh=[[0.0] * 6] * 6, Wy=[[1e308] * 6] * 6, bh=[0.0] * 6, by=[0.0] * 6
)
