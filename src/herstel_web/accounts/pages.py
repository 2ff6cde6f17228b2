"""Which form stands on which page of the account library; read by the settings, so nothing may be imported here."""

_FORMS = "herstel_web.accounts.forms"

ACCOUNT_PAGES = {
    "login": f"{_FORMS}.SignIn",
    "signup": f"{_FORMS}.SignUp",
    "add_email": f"{_FORMS}.NewAddress",
    "change_email": f"{_FORMS}.OtherAddress",
    "change_password": f"{_FORMS}.ChangePassword",
    "set_password": f"{_FORMS}.SetPassword",
    "reset_password": f"{_FORMS}.ForgottenPassword",
    "reset_password_from_key": f"{_FORMS}.NewPassword",
    "reauthenticate": f"{_FORMS}.ConfirmByPassword",
    "confirm_email_verification_code": f"{_FORMS}.AddressCode",
    "confirm_password_reset_code": f"{_FORMS}.PasswordCode",
}
SECOND_STEP_PAGES = {
    "authenticate": f"{_FORMS}.SecondStep",
    "reauthenticate": f"{_FORMS}.ConfirmByCode",
    "activate_totp": f"{_FORMS}.ActivateApp",
    "add_webauthn": f"{_FORMS}.AddPasskey",
    "edit_webauthn": f"{_FORMS}.RenamePasskey",
    "signup_webauthn": f"{_FORMS}.FirstPasskey",
}
