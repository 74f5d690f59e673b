"""What this process counts, for ``/metrics``."""

from prometheus_client import Counter, Gauge, disable_created_metrics

disable_created_metrics()

WEBHOOKS = Counter("inbox_webhooks", "Posts to the webhook, by what became of them.", ["outcome"])
UNDERSTOOD = Counter("inbox_events_understood", "Kept events, by what became of them.", ["outcome"])
TOLD = Counter("inbox_events_told", "What the understood events said, by sort.", ["what"])
SENDS = Counter("inbox_sends", "Attempts to send, by outcome.", ["outcome"])
SIGN_INS = Counter("inbox_sign_ins", "Attempts to sign in, by outcome.", ["outcome"])
JOB_RUNS = Counter("inbox_job_runs", "Runs of scheduled jobs, by outcome.", ["job", "outcome"])
LOOP_RESTARTS = Counter("inbox_loop_restarts", "Queue loops that crashed and came back.", ["loop"])

EVENTS = Gauge("inbox_events", "Kept events in the database, by state.", ["state"])
LAG = Gauge("inbox_events_lag_seconds", "Age of the oldest event that is not understood yet.")
OUTBOX = Gauge("inbox_outbox", "Messages that have not left yet.")
OPEN_PAGES = Gauge("inbox_open_pages", "Tabs that are connected now.")
