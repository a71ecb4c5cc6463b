"""The public pages."""

from django.http import HttpResponse


def home(request):
    return HttpResponse("")


meeting_list = meeting_detail = group_list = group_timeline = paper_list = paper_detail = (
    glossary
) = about = home
