#% right | split and stacked
def my_streams(ids, B):
    T = len(ids) // B
    return np.stack(np.split(np.asarray(ids)[:B * T], B), axis=-1)


answer = my_streams

#% right | places by arithmetic
def my_streams(ids, B):
    T = len(ids) // B
    return ids[np.arange(T)[:, None] + T * np.arange(B)]


answer = my_streams

#% wrong | what is left over is not cut off | left-over-kept
def my_streams(ids, B):
    return ids.reshape(B, -1).T


answer = my_streams

#% wrong | cut by a negative number, which is 0 where nothing is left over
def my_streams(ids, B):
    T = len(ids) // B
    return ids[:-(len(ids) % B)].reshape(B, T).T


answer = my_streams

#% wrong | takes the id 0 for padding
def my_streams(ids, B):
    ids = ids[ids > 0]
    T = len(ids) // B
    return ids[:B * T].reshape(B, T).T


answer = my_streams
