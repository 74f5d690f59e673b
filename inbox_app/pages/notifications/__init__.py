"""`/settings/notifications`: of what one is told, when, and on which device."""
