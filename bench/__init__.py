"""The measurements: what a turn costs beside other bots. `python -m bench`."""
