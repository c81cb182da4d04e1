"""« Pourquoi ce montant ? »: the tree of steps behind any line of an outcome, down to its sources.

Link to it with `<c-why href="{% url "why:page" structure.slug production_id row.id %}" about="…" />` or
`<c-amount :value=… href=… about=… />`: a line is any id that `filage.review.why` knows (`total/balance`,
`engagement/ID`, `engagement/ID/net`, `price/1`, `variable/NAME`, every budget line). It opens in the panel through
htmx, and reads as a page without JavaScript. `reason_of(step)` draws any other step (`why/reason.html`, with
`reason`), for amounts that no outcome holds yet.
"""

from filage_web.why.reasons import Reason, reason_of

__all__ = ["Reason", "reason_of"]
