"""The simulated Meta: the Graph API, webhooks, templates' review, Facebook's window."""
