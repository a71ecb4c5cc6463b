"""An address of every kind of page."""

ERRORS = {
    name: f"/errors/{name}/"
    for name in ("400", "403", "403_csrf", "410", "413", "429", "500", "503")
}
KINDS = {
    "home": "/",
    "home of a day": "/?asof=2021-03-17",
    "home with a note": "/?asof=yesterday&board=never",
    "meetings": "/meetings/",
    "meeting with papers": "/meetings/2024-09-18/",
    "meeting without papers": "/meetings/2022-12-07/",
    "meeting announced": "/meetings/2026-01-14/",
    "groups": "/groups/",
    "groups of a day": "/groups/?asof=2021-03-17",
    "groups, none found": "/groups/?q=xyzzy&state=hiatus",
    "groups with a note": "/groups/?term=99&state=asleep",
    "group with papers": "/groups/trade-partnership-and-engagement/",
    "group on hiatus": "/groups/bond/",
    "papers": "/papers/",
    "papers with a note": "/papers/?group=nobody",
    "paper": "/papers/2024-09-18/modernized-entry-processes/",
    "paper with levels": "/papers/2024-06-26/trade-partnership-and-engagement/",
    "summary": "/papers/2021-03-17/trade-partnership-and-engagement/",
    "group with changes": "/groups/cross-border-recognition/",
    "paper with changes": "/papers/2024-09-18/cross-border-recognition/",
    "two papers": "/groups/cross-border-recognition/changes/2024-06-26...2024-09-18/",
    "one paper, no two": "/groups/bond/changes/",
    "papers to choose": "/groups/cross-border-recognition/changes/?older=1999-01-01",
    "next steps": "/next-steps/",
    "next steps, none found": "/next-steps/?state=settled&age=4",
    "brief": "/meetings/2024-09-18/brief/",
    "glossary": "/glossary/",
    "about": "/about/",
    "404": "/no-such-page/",
    **ERRORS,
}
