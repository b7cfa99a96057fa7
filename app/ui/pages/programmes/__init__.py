"""The tab «Программа»: the parts of a programme, its monitoring table, what to check."""
