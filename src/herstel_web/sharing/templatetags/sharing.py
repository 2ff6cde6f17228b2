"""A complaint as its person knows it, in templates."""

from django import template

from herstel_web.sharing.forms import complaint_name

register = template.Library()
register.filter("complaint_name", complaint_name)
