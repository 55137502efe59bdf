package org.facevalue.platform.identity.web;

import jakarta.servlet.http.HttpServletResponse;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SessionCookie;
import org.facevalue.platform.identity.SignIn;
import org.facevalue.platform.identity.SignedIn;
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
        return show(next, "", false, model);
    }

    @PostMapping("/sign-in")
    String signIn(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "/") String next,
            Model model,
            HttpServletResponse response) {
        var token = signIn.signIn(name, password, code.strip());
        if (token.isEmpty()) {
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
            return show(next, name, true, model);
        }
        SessionCookie.set(response, token.get());
        return "redirect:" + local(next);
    }

    @PostMapping("/sign-out")
    String signOut(@SignedIn Caller caller, HttpServletResponse response) {
        signIn.signOut(caller);
        SessionCookie.clear(response);
        return "redirect:/";
    }

    private static String show(String next, String name, boolean failed, Model model) {
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
