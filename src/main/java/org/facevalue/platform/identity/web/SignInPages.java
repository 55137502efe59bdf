package org.facevalue.platform.identity.web;

import jakarta.servlet.http.HttpServletResponse;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SessionCookie;
import org.facevalue.platform.identity.SignIn;
import org.facevalue.platform.identity.SignIn.Door;
import org.facevalue.platform.identity.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class SignInPages {
    private final SignIn signIn;

    SignInPages(SignIn signIn) {
        this.signIn = signIn;
    }

    @GetMapping("/sign-in")
    String form(@RequestParam(defaultValue = "/") String next, Model model) {
        return show(Door.CUSTOMERS, next, "", false, model);
    }

    @GetMapping("/staff/sign-in")
    String staffForm(@RequestParam(defaultValue = "/staff") String next, Model model) {
        return show(Door.STAFF, next, "", false, model);
    }

    /** What somebody brings to a door. */
    record Credentials(
            @Nullable String name,
            @Nullable String password,
            @Nullable String code,
            @Nullable String next) {}

    @PostMapping("/sign-in")
    String signIn(Credentials brought, Model model, HttpServletResponse response) {
        return enter(Door.CUSTOMERS, brought, model, response);
    }

    @PostMapping("/staff/sign-in")
    String staffSignIn(Credentials brought, Model model, HttpServletResponse response) {
        return enter(Door.STAFF, brought, model, response);
    }

    private String enter(
            Door door, Credentials brought, Model model, HttpServletResponse response) {
        var name = text(brought.name());
        var next = text(brought.next());
        var token =
                signIn.signIn(door, name, text(brought.password()), text(brought.code()).strip());
        if (token.isEmpty()) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return show(door, next, name, true, model);
        }
        SessionCookie.set(response, token.get());
        return "redirect:" + local(next);
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    @PostMapping("/sign-out")
    String signOut(@SignedIn Caller caller, HttpServletResponse response) {
        signIn.signOut(caller);
        SessionCookie.clear(response);
        return "redirect:/";
    }

    private static String show(Door door, String next, String name, boolean failed, Model model) {
        model.addAttribute("staff", door == Door.STAFF);
        model.addAttribute("next", local(next));
        model.addAttribute("name", name);
        model.addAttribute("failed", failed);
        return "identity/sign-in";
    }

    /** Only a path of this site: anything else could send a person who just signed in elsewhere. */
    private static String local(String next) {
        return next.matches("/(?:[A-Za-z0-9][A-Za-z0-9/_?&=%.+-]*)?") ? next : "/";
    }
}
