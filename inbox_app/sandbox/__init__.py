"""Plays Meta and the phones of the people, so that the product runs whole with nothing outside
(X5).

The simulator knows nothing of our tables: it speaks the Graph API and webhooks, as Meta does.
"""
