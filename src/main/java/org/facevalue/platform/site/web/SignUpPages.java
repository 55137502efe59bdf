package org.facevalue.platform.site.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Optional;
import org.facevalue.platform.crypto.Sealed;
import org.facevalue.platform.crypto.Vault;
import org.facevalue.platform.identity.DeviceKeys;
import org.facevalue.platform.identity.Logins;
import org.facevalue.platform.identity.Logins.NewLogin;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.identity.SessionCookie;
import org.facevalue.platform.identity.SignIn;
import org.facevalue.platform.identity.Totp;
import org.facevalue.platform.site.SignUp;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class SignUpPages {
    private static final String SECRET = "sign-up.totp";
    private static final int LONGEST = 100;
    private final SignUp signUp;
    private final SignIn signIn;
    private final Logins logins;
    private final Vault vault;
    private final Clock clock;

    SignUpPages(SignUp signUp, SignIn signIn, Logins logins, Vault vault, Clock clock) {
        this.signUp = signUp;
        this.signIn = signIn;
        this.logins = logins;
        this.vault = vault;
        this.clock = clock;
    }

    @GetMapping("/sign-up")
    String form(Model model) {
        return show("", "", Totp.newSecret(), "", model);
    }

    /** {@code secret}: the TOTP secret that the form showed, sealed; {@code deviceKey}: what the page's script made, base64url. */
    @PostMapping("/sign-up")
    String signUp(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String login,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String secret,
            @RequestParam(defaultValue = "") String deviceKey,
            Model model,
            HttpServletResponse response) {
        var totp = opened(secret);
        var key = DeviceKeys.parse(deviceKey);
        String error = "";
        if (totp.isEmpty()) error = "start-again";
        else if (!isText(name)) error = "name";
        else if (!isText(login)) error = "login";
        else if (key.isEmpty()) error = "device";
        else if (Totp.step(totp.get(), code.strip(), clock.instant(), 0).isEmpty()) error = "code";
        if (error.isEmpty() && totp.isPresent() && key.isPresent()) {
            var made =
                    signUp.signUp(
                            name.strip(),
                            new NewLogin(login, password, totp.get(), Role.CUSTOMER),
                            key.get());
            switch (made) {
                case SignUp.Result.Made(var customer, var device) -> {
                    SessionCookie.set(
                            response, signIn.enter(logins.loginOf(customer.value()).orElseThrow()));
                    return "redirect:/account";
                }
                case SignUp.Result.WeakPassword w -> error = "password";
                case SignUp.Result.NameTaken t -> error = "taken";
            }
        }
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(name, login, totp.orElseGet(Totp::newSecret), error, model);
    }

    private String show(String name, String login, String secret, String error, Model model) {
        model.addAttribute("name", name);
        model.addAttribute("login", login);
        model.addAttribute("secret", secret);
        model.addAttribute(
                "sealed",
                java.util.Base64.getUrlEncoder()
                        .encodeToString(vault.seal(secret, SECRET).bytes()));
        model.addAttribute("error", error);
        return "site/sign-up";
    }

    private Optional<String> opened(String sealed) {
        try {
            return Optional.of(
                    vault.open(
                            new Sealed(java.util.Base64.getUrlDecoder().decode(sealed)), SECRET));
        } catch (IllegalArgumentException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    private static boolean isText(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.codePoints().noneMatch(Character::isISOControl);
    }
}
