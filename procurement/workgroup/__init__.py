"""The Arbeitskreis: members work out ideas together, say who joins in, and the office tells everybody what is new."""
