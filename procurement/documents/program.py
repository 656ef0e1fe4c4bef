"""Which program drew a document: printed on every page, so that an auditor can ask for exactly this version."""

PROGRAM_VERSION = "0.3.0"
