package org.facevalue.platform.guard.web;

import java.time.Instant;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.guard.Freezes;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
class FreezeApi {
    private final Freezes freezes;

    FreezeApi(Freezes freezes) {
        this.freezes = freezes;
    }

    record FreezeView(boolean frozen, @Nullable Instant since) {}

    @GetMapping("/api/v1/freeze")
    FreezeView read(@SignedIn Caller caller) {
        return view(new CustomerId(caller.subject()));
    }

    @PutMapping("/api/v1/freeze")
    FreezeView freeze(@SignedIn Caller caller) {
        var customer = new CustomerId(caller.subject());
        freezes.freeze(customer);
        return view(customer);
    }

    @DeleteMapping("/api/v1/freeze")
    FreezeView thaw(@SignedIn Caller caller) {
        var customer = new CustomerId(caller.subject());
        freezes.thaw(customer);
        return view(customer);
    }

    private FreezeView view(CustomerId customer) {
        var since = freezes.since(customer);
        return new FreezeView(since.isPresent(), since.orElse(null));
    }
}
