"""The Teams app package: template, icons, build."""
