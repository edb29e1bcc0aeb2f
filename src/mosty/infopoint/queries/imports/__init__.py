"""
Consultations of past years from a file: what would become of each row; writes nothing.

``columns`` knows how columns are called, ``vocabulary`` what cells may say, ``rows``
what each row says, ``plan`` what would be done, ``sentences`` says it to people.
"""
