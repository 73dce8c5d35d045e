"""Taking articles, quotes and the whole library out of the program, in formats that others read."""
