"""The person who logs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **facts):
        person = self.model(email=self.normalize_email(email).lower(), **facts)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A civil servant. What they may do comes from role grants alone, never from this row."""

    email = models.EmailField("e-postadress", unique=True)
    name = models.CharField("namn", max_length=120)
    title = models.CharField("befattning", max_length=120, blank=True)
    is_active = models.BooleanField("aktiv", default=True)
    group_seen_at = models.DateTimeField(
        "såg senast beredningsgruppens sida", null=True, blank=True
    )
    daily_digest = models.BooleanField("ett mejl om dagen", default=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    class Meta:
        ordering = ["name"]
        verbose_name = "person"
        verbose_name_plural = "personer"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            # Who logs in is looked up in small letters.
            models.CheckConstraint(
                name="user_email_in_small_letters", condition=Q(email=Lower("email"))
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self):
        return self.name

    get_short_name = get_full_name

    # Django's admin asks these three. It holds reference data only; see accounts/permissions.py.
    @property
    def is_staff(self):
        from accounts.permissions import Permission, may_anywhere

        return self.is_active and may_anywhere(self, Permission.REFERENCE_DATA_EDIT)

    def has_perm(self, name, thing=None):
        return self.is_staff

    def has_module_perms(self, app):
        return self.is_staff
