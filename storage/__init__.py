"""The database: tables, unit of work, one repository a noun, outbox, migrations."""
