"""What holds for every test: no property is refuted because the machine was busy."""

from hypothesis import HealthCheck, settings

settings.register_profile("flora", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("flora")
