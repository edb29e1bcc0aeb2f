"""
Lists that are brought in from files, whatever they are lists of.

A file is read once and waits: its columns are put right, a dry run says what would be
done with each row, and then it is taken over whole or not at all, or dropped. An app
that takes lists in keeps its own rules: who may, what its columns and cells mean, what
a row becomes. All else is here, the forms and the templates of such pages too.
"""
