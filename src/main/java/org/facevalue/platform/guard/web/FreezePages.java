package org.facevalue.platform.guard.web;

import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.guard.Freezes;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SignedIn;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class FreezePages {
    private final Freezes freezes;

    FreezePages(Freezes freezes) {
        this.freezes = freezes;
    }

    @GetMapping("/freeze")
    String page(@SignedIn Caller caller, Model model) {
        model.addAttribute("since", freezes.since(new CustomerId(caller.subject())));
        return "guard/freeze";
    }

    /** {@code frozen}: what it should be. */
    @PostMapping("/freeze")
    String set(@SignedIn Caller caller, @RequestParam(defaultValue = "true") boolean frozen) {
        var customer = new CustomerId(caller.subject());
        if (frozen) freezes.freeze(customer);
        else freezes.thaw(customer);
        return "redirect:/freeze";
    }
}
