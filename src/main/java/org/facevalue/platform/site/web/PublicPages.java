package org.facevalue.platform.site.web;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.DesignatedAccount;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.DeviceKeys;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@Controller
class PublicPages {
    private final Customers customers;
    private final DeviceKeys deviceKeys;
    private final Jurisdictions jurisdictions;
    private final SurfaceGate gate;
    private final Carriers carriers;
    private final Clock clock;

    PublicPages(
            Customers customers,
            DeviceKeys deviceKeys,
            Jurisdictions jurisdictions,
            SurfaceGate gate,
            Carriers carriers,
            Clock clock) {
        this.jurisdictions = jurisdictions;
        this.gate = gate;
        this.carriers = carriers;
        this.customers = customers;
        this.deviceKeys = deviceKeys;
        this.clock = clock;
    }

    @GetMapping("/")
    String start(@SignedIn @Nullable Caller caller, Model model) {
        if (!gate.isOpen()) {
            model.addAttribute(
                    "carriers",
                    carriers.all().stream()
                            .filter(c -> c.jurisdiction().equals(jurisdictions.served()))
                            .toList());
            model.addAttribute("can", Possible.of(gate.permits()));
            return "site/start-undo";
        }
        boolean customer = caller != null && caller.role() == Role.CUSTOMER;
        model.addAttribute("lines", customer ? customers.lines(id(caller)) : List.<PhoneLine>of());
        model.addAttribute(
                "accounts",
                customer ? customers.accounts(id(caller)) : List.<DesignatedAccount>of());
        model.addAttribute("newKeys", customer ? fresh(id(caller)) : List.<DeviceKeys.Known>of());
        return "site/start";
    }

    @GetMapping("/problems")
    String problems(Model model) {
        boolean all = gate.isOpen();
        model.addAttribute(
                "codes",
                Arrays.stream(ProblemCode.values())
                        .filter(code -> all || !code.isOfCashOuts())
                        .toList());
        return "site/problems";
    }

    @GetMapping("/problems/{code}")
    String problem(@PathVariable String code, Model model) {
        model.addAttribute(
                "code",
                ProblemCode.of(code)
                        .filter(this::isShown)
                        .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND)));
        return "site/problem-page";
    }

    private boolean isShown(ProblemCode code) {
        return !code.isOfCashOuts() || gate.isOpen();
    }

    /** Keys that are only a few days old: whoever did not add them should know. */
    private List<DeviceKeys.Known> fresh(CustomerId customer) {
        return AccountPages.fresh(deviceKeys.of(customer.value()), clock.instant());
    }

    private static CustomerId id(@Nullable Caller caller) {
        if (caller == null) throw new Problem(ProblemCode.UNAUTHENTICATED);
        return new CustomerId(caller.subject());
    }
}
