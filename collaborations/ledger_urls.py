from django.urls import path

from collaborations.views import leaving, ledger

app_name = "ledger"

urlpatterns = [
    path("", ledger.obligations, name="obligations"),
    path("ar/", ledger.year, name="year"),
    path("lamna-over/", leaving.leaving, name="leaving"),
    path("lamna-over/<int:pk>/", leaving.hand_over_all_view, name="hand_over_all"),
    path("<int:pk>/", ledger.obligation, name="obligation"),
    path("<int:pk>/avskriv/", ledger.waive_view, name="waive"),
]
