"""The data of the book's experiments."""

#: The three sentences of Part I. Nine times a word follows a word in them.
SENTENCES = (
    "hello how are you",
    "how are you doing",
    "are you doing well",
)
