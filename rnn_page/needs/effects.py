"""What functions and methods from elsewhere do to what they are given.

`tests/pages/test_needs.py` runs the chapters to see whether it is so. Any function may
change a source of chance.
"""


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Functions that change an argument, and its place.
CHANGED = dict.fromkeys(words("at copyto setattr shuffle"), 0)
CHANGED |= dict.fromkeys(
    words("clip_by_norm clip_by_value train train_stream update"), 0
)
CHANGED |= {"train_steps": 1, "train_step": 3}
#: Functions whose result may hold what they were given; that of a class may, too.
HOLDING = words("""
    asarray chain combinations dict enumerate filter from_iterable fromkeys getattr iter
    list map max min next partial permutations ravel replace reshape reversed set slice
    sliding_window_view sorted split squeeze sum tuple vars zip
""")
#: Methods that change nothing, and return something new,
HARMLESS = words("""
    all any argmax argmin astype bptt copy count decode dot encode format forward index
    join loss max mean min most_common predict predict_next probabilities read round
    rstrip split std strip sum take tolist
""")
#: or what their object holds. Any other method may change its object.
VIEWS = words("check get items keys ravel reshape transpose values")
#: What is read from the notes that the last `forward` left in a model.
AFTER_FORWARD = words("bptt dh0 gradient gradients step")
#: What makes a source of chance.
RNGS = words("default_rng Random")
