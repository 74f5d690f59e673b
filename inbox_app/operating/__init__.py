"""What operates an installation: page build, migrations, backup, logs, metrics, doctor."""
