"""Parts shared by screens: functions of vars, no State imported."""

from inbox_app.components import quick_assets

quick_assets.install()
