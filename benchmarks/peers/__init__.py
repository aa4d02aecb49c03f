"""The contestants: ggztriage and other ways to run the same model, each a module with a function ``make``.

``make(payload)`` returns two functions: one that advises on the answers of a case and reads all that it found, and one
that puts what was found in the words that all contestants share, to check that they agree.
"""
