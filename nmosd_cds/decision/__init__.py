"""Arithmetic of choice: draws, distributions, value functions, weights, SMAA-2 and tie groups.

Names no option, criterion or unit of any field of use: whoever calls says what is compared.
"""
