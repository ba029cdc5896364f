"""What clerks send in a hurry: one file for each kind of sender or trouble, written and labelled before the program was asked.

Nominees, layouts and words are its own; only the form of a label, the mail programs and the raw parts of Word files are shared.
"""
