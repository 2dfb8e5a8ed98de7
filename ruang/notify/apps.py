from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "ruang.notify"
