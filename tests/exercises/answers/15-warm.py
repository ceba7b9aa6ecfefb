#% right | sliding windows
def my_pieces(ids, targets, warm, k):
    def cut(array):
        return np.lib.stride_tricks.sliding_window_view(array, warm + k)[::k].T

    x = cut(ids)
    return x, cut(targets), np.broadcast_to(
        np.arange(warm + k)[:, None] >= warm, x.shape)


answer = my_pieces

#% wrong | a piece at every step | every-step
def my_pieces(ids, targets, warm, k):
    starts = range(len(ids) - warm - k + 1)
    x = np.stack([ids[s:s + warm + k] for s in starts], axis=1)
    y = np.stack([targets[s:s + warm + k] for s in starts], axis=1)
    return x, y, np.arange(warm + k)[:, None] + 0 * x >= warm


answer = my_pieces

#% wrong | the mask is made by a negative slice, which fails without warming up
def my_pieces(ids, targets, warm, k):
    starts = range(0, len(ids) - warm - k + 1, k)
    x = np.stack([ids[s:s + warm + k] for s in starts], axis=1)
    y = np.stack([targets[s:s + warm + k] for s in starts], axis=1)
    mask = np.ones(x.shape, bool)
    mask[:-k or None] = False
    if not warm:
        mask[:1] = False
    return x, y, mask


answer = my_pieces

#% wrong | ten pieces at most
def my_pieces(ids, targets, warm, k):
    starts = list(range(0, len(ids) - warm - k + 1, k))[:10]
    x = np.stack([ids[s:s + warm + k] for s in starts], axis=1)
    y = np.stack([targets[s:s + warm + k] for s in starts], axis=1)
    return x, y, np.arange(warm + k)[:, None] + 0 * x >= warm


answer = my_pieces
