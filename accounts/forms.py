"""allauth's forms in the shape of all other forms here: labels and help, no placeholders."""

from allauth.account import forms


class WithoutPlaceholders:
    """A placeholder disappears as soon as one types, and repeats the label until then."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class LoginForm(WithoutPlaceholders, forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The template has the link for a forgotten password; allauth puts it before the input.
        self.fields["password"].help_text = ""


class ChangePasswordForm(WithoutPlaceholders, forms.ChangePasswordForm):
    pass


class ResetPasswordForm(WithoutPlaceholders, forms.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(WithoutPlaceholders, forms.ResetPasswordKeyForm):
    pass
