#% wrong | pieces that come again are dropped | each-piece-once
def my_split(text, length, kept_back):
    def cut(part):
        return np.array(list(dict.fromkeys(
            tuple(part[i:i + length].tolist()) for i in range(len(part) - length + 1))))
    border = len(text) - kept_back
    return cut(text[:border]), cut(text[border:])
answer = my_split

#% wrong | pieces with a letter that is also in the other part are dropped
def my_split(text, length, kept_back):
    pieces = np.lib.stride_tricks.sliding_window_view(text, length)
    test = text[-kept_back:]
    training = np.array([piece for piece in pieces if not np.isin(piece, test).any()])
    return training, np.lib.stride_tricks.sliding_window_view(test, length)
answer = my_split

#% wrong | as many pieces as letters are kept back | pieces-for-letters
def my_split(text, length, kept_back):
    pieces = np.lib.stride_tricks.sliding_window_view(text, length)
    return pieces[:-kept_back], pieces[-kept_back:]
answer = my_split

#% wrong | the right number of pieces, cut first | cut-first
def my_split(text, length, kept_back):
    pieces = np.lib.stride_tricks.sliding_window_view(text, length)
    first = len(text) - kept_back
    return pieces[:first], pieces[first:]
answer = my_split

#% wrong | a length of six
def my_split(text, length, kept_back):
    cut = np.lib.stride_tricks.sliding_window_view
    return cut(text[:-kept_back], 6), cut(text[-kept_back:], 6)
answer = my_split

#% right | cut first, and then the pieces between are left out
def my_split(text, length, kept_back):
    pieces = np.lib.stride_tricks.sliding_window_view(text, length)
    border = len(text) - kept_back
    return pieces[:border - length + 1], pieces[border:]
answer = my_split

#% right | lists
def my_split(text, length, kept_back):
    text = text.tolist()
    def cut(part):
        return list(zip(*(part[i:len(part) - length + 1 + i] for i in range(length))))
    return cut(text[:-kept_back]), cut(text[-kept_back:])
answer = my_split
