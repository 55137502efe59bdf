package org.facevalue.platform.site.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.facevalue.platform.carrier.Lines;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.DeviceKeys;
import org.facevalue.platform.identity.NewDevice;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.payout.Designation;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.wallet.Wallets;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** A customer's lines, designated accounts and device keys: what there is, and adding to it. */
@Controller
public class AccountPages {
    private static final Duration FRESH = Duration.ofDays(7);
    private static final String BROWSER = "browser";
    private final Customers customers;
    private final Lines lines;
    private final Designation designation;
    private final DeviceKeys deviceKeys;
    private final NewDevice newDevice;
    private final Wallets wallets;
    private final Clock clock;

    AccountPages(
            Customers customers,
            Lines lines,
            Designation designation,
            DeviceKeys deviceKeys,
            NewDevice newDevice,
            Wallets wallets,
            Clock clock) {
        this.customers = customers;
        this.lines = lines;
        this.designation = designation;
        this.deviceKeys = deviceKeys;
        this.newDevice = newDevice;
        this.wallets = wallets;
        this.clock = clock;
    }

    /** Of several keys those added in the last week; the first of all was there from the start and is no news. */
    static List<DeviceKeys.Known> fresh(List<DeviceKeys.Known> keys, Instant now) {
        return keys.stream()
                .skip(1)
                .filter(key -> key.addedAt().isAfter(now.minus(FRESH)))
                .toList();
    }

    /** What a form was filled in with, and why it was refused: a problem's code and the field it is shown beside. */
    public record Refused(String field, String typed, String code) {
        static final Refused NOTHING = new Refused("", "", "");

        public boolean at(String name) {
            return field.equals(name);
        }
    }

    @GetMapping("/account")
    String account(@SignedIn Caller caller, Model model) {
        return show(caller, Refused.NOTHING, model);
    }

    private String show(Caller caller, Refused refused, Model model) {
        var customer = new CustomerId(caller.subject());
        var keys = deviceKeys.of(caller.subject());
        model.addAttribute("lines", customers.lines(customer));
        model.addAttribute("accounts", customers.accounts(customer));
        model.addAttribute("deviceKeys", keys);
        model.addAttribute("newKeys", fresh(keys, clock.instant()));
        model.addAttribute(
                "wallet",
                wallets.available(customers.cellOf(customer), customer, Money.won(0).currency()));
        model.addAttribute("refused", refused);
        return "site/account";
    }

    /** {@code number}: E.164; blanks and hyphens are forgiven. */
    @PostMapping("/account/phone-lines")
    String addLine(
            @SignedIn Caller caller,
            @RequestParam(defaultValue = "") String number,
            Model model,
            HttpServletResponse response) {
        var typed = number.replaceAll("[ -]", "");
        if (!typed.matches("\\+[1-9][0-9]{4,14}"))
            return refuse(caller, "line", number, ProblemCode.UNKNOWN_LINE, model, response);
        var code =
                switch (lines.add(new CustomerId(caller.subject()), typed)) {
                    case Lines.Result.Added a -> null;
                    case Lines.Result.NoRulePack n -> ProblemCode.NO_RULE_PACK;
                    case Lines.Result.NoCarrier n -> ProblemCode.UNKNOWN_LINE;
                    case Lines.Result.Taken t -> ProblemCode.ALREADY_TAKEN;
                    case Lines.Result.NotNow n -> ProblemCode.UNAVAILABLE;
                };
        return code == null
                ? "redirect:/account"
                : refuse(caller, "line", number, code, model, response);
    }

    /** {@code number}: digits; blanks and hyphens are forgiven. */
    @PostMapping("/account/designated-accounts")
    String addAccount(
            @SignedIn Caller caller,
            @RequestParam(defaultValue = "") String number,
            Model model,
            HttpServletResponse response) {
        var typed = number.replaceAll("[ -]", "");
        if (!typed.matches("[0-9]{6,20}"))
            return refuse(caller, "account", number, ProblemCode.UNKNOWN_ACCOUNT, model, response);
        var code =
                switch (designation.add(new CustomerId(caller.subject()), typed)) {
                    case Designation.Result.Added a -> null;
                    case Designation.Result.NoRulePack n -> ProblemCode.NO_RULE_PACK;
                    case Designation.Result.NoAccount n -> ProblemCode.UNKNOWN_ACCOUNT;
                    case Designation.Result.OtherHolder o -> ProblemCode.HOLDER_MISMATCH;
                    case Designation.Result.Taken t -> ProblemCode.ALREADY_TAKEN;
                    case Designation.Result.NotNow n -> ProblemCode.UNAVAILABLE;
                };
        return code == null
                ? "redirect:/account"
                : refuse(caller, "account", number, code, model, response);
    }

    /** {@code deviceKey}: what the page's script made, base64url. */
    @PostMapping("/account/device-keys")
    String addDeviceKey(
            @SignedIn Caller caller,
            @RequestParam(defaultValue = "") String deviceKey,
            @RequestParam(defaultValue = "") String password,
            @RequestParam(defaultValue = "") String code,
            Model model,
            HttpServletResponse response) {
        var key = DeviceKeys.parse(deviceKey);
        boolean added =
                key.isPresent()
                        && newDevice.add(caller, key.get(), BROWSER, password, code.strip())
                                instanceof NewDevice.Result.Added;
        return added
                ? "redirect:/account"
                : refuse(caller, "device", "", ProblemCode.STEP_UP_FAILED, model, response);
    }

    private String refuse(
            Caller caller,
            String field,
            String typed,
            ProblemCode code,
            Model model,
            HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return show(caller, new Refused(field, typed, code.code()), model);
    }
}
