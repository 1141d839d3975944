"""Partnerships (idéburet offentligt partnerskap). Comes later; until then only explained."""
