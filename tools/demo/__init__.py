"""The imaginary district of the demo: its schools, their results, and the spreadsheets of a stick.

``python -m tools.demo`` writes ``resources/demo/usb`` anew; the same seed gives the same values.
Neither the places nor the people exist.
"""
