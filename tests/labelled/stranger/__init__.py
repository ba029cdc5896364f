"""What a stranger sends who has read nothing but the campaign's page: documents, mails and labels of its own making.

Nothing here is shared with the other labelled mails but the form of a label: two hands seldom make the same mistake.
"""
