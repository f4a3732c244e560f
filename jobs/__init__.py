"""What the clock starts: reminders, deliveries, filing, sweeps."""
