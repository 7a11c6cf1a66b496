"""``python -m xaikg`` is ``xaikg``."""

from xaikg.cli import main

if __name__ == "__main__":
    main()
