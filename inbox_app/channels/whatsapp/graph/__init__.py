"""The Graph API: requests, answers, errors."""
