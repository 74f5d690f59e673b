"""Parts shared by screens: functions of vars, no State imported."""
