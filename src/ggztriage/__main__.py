"""``python -m ggztriage`` is the same as ``ggztriage``."""

from ggztriage.cli import main

if __name__ == "__main__":
    main()
