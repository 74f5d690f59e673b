"""`/settings/webhooks`: the systems that are told what happens."""
