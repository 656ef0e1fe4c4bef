"""The catalogue: what KAAW buys again and again, article by article with unit, CPV code and usual price.

Officers keep it; a demand round takes its articles out of it. Beside it stands the table of CPV codes (Regulation (EC)
No 213/2008), which names what a code means and finds the code for a word.
"""
