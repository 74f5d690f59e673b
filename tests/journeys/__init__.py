"""What people do in a real browser, against the built pages, the server and the simulated Meta.

A package, so that the browser, whose loop would be in the way of other tests, ends with it.
"""
