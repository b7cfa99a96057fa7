"""The dialog «Шкалы и минимальные баллы»: data of the program that an office can correct."""
