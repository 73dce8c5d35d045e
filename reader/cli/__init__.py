"""The command line (floor 6): every verb of `secnews`, for people and for scripts.

`app.run(argv)` is the way in. Standard output is data and is written by `output` alone; standard error is talk and is
written by `talk` alone; exit codes are `exit_codes.ExitCode`. What a verb needs is imported inside the verb: most of
them load neither the network nor the feed parsers nor the terminal interface.
"""
