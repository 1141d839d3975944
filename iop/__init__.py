"""Partnerships (idéburet offentligt partnerskap, IOP): what they need beside every other case."""
