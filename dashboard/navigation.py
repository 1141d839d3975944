"""What the person may go to, from permissions alone."""


def navigation(request):
    return {}
