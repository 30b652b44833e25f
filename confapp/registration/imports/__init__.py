"""Tables of people and folders of photographs that are brought in.

A file is read into rows of text (`reading`), each column is given a meaning (`columns`), every row is tried by the same
forms and rules as one that is typed (`checking`), and what is sound is registered in one transaction (`working`), so a
worker that dies has done nothing or everything. `photos` does the same for pictures named after registrations.
"""
