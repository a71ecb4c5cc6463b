"""Every public address, in the order of the site's navigation."""

from django.urls import path

from papers import views

urlpatterns = [
    path("", views.home, name="home"),
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/<str:day>/", views.meeting_detail, name="meeting_detail"),
    path("meetings/<str:day>/brief/", views.meeting_brief, name="meeting_brief"),
    path("meetings/<str:day>/brief.txt", views.meeting_brief_text, name="meeting_brief_text"),
    path("groups/", views.group_list, name="group_list"),
    path("groups/<slug:slug>/", views.group_timeline, name="group_timeline"),
    path("groups/<slug:slug>/changes/", views.compare_default, name="compare_default"),
    path("groups/<slug:slug>/changes/<str:pair>/", views.compare, name="compare"),
    path("next-steps/", views.next_steps, name="next_steps"),
    path("papers/", views.paper_list, name="paper_list"),
    path("papers/<str:day>/", views.papers_of_meeting, name="papers_of_meeting"),
    path("papers/<str:day>/<slug:slug>/", views.paper_detail, name="paper_detail"),
    path("papers/<str:day>/<slug:slug>/original", views.paper_original, name="paper_original"),
    path("glossary/", views.glossary, name="glossary"),
    path("about/", views.about, name="about"),
]
