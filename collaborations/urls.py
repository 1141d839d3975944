app_name = "collaborations"

urlpatterns = []
