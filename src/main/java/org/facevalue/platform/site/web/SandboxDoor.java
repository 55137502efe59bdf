package org.facevalue.platform.site.web;

import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.carrier.Lines;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.customer.PhoneLine.LineId;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.ApiKeys;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.DeviceKeys;
import org.facevalue.platform.identity.DeviceKeys.DeviceKeyId;
import org.facevalue.platform.identity.Logins;
import org.facevalue.platform.identity.Logins.NewLogin;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.identity.Secret;
import org.facevalue.platform.identity.SessionCookie;
import org.facevalue.platform.identity.SignIn;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.identity.Totp;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.JsonExchange;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.payout.Designation;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.provider.Providers;
import org.facevalue.platform.site.SignUp;
import org.facevalue.platform.time.MovedClock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import tools.jackson.databind.JsonNode;

/** The sandbox's doors: making customers, and moving the business clock. Outside the sandbox they are not there. */
@Controller
@Profile("sandbox")
class SandboxDoor {
    private final SignUp signUp;
    private final SignIn signIn;
    private final Logins logins;
    private final ApiKeys apiKeys;
    private final Lines lines;
    private final Customers customers;
    private final Carriers carriers;
    private final Jurisdictions jurisdictions;
    private final Designation designation;
    private final Transport transport;
    private final MovedClock clock;
    private final Providers providers;
    private final String sandbox;

    SandboxDoor(
            SignUp signUp,
            SignIn signIn,
            Logins logins,
            ApiKeys apiKeys,
            Lines lines,
            Customers customers,
            Carriers carriers,
            Jurisdictions jurisdictions,
            Designation designation,
            Transport transport,
            MovedClock clock,
            Providers providers,
            @Value("${facevalue.sandbox}") String sandbox) {
        this.signUp = signUp;
        this.signIn = signIn;
        this.logins = logins;
        this.apiKeys = apiKeys;
        this.lines = lines;
        this.customers = customers;
        this.carriers = carriers;
        this.jurisdictions = jurisdictions;
        this.designation = designation;
        this.transport = transport;
        this.clock = clock;
        this.providers = providers;
        this.sandbox = sandbox;
    }

    /** {@code device_key}: 32 bytes of an Ed25519 public key, base64url. */
    record NewCustomer(
            @Nullable String name,
            @Nullable String lineNumber,
            @Nullable String accountNumber,
            @Nullable String deviceKey) {}

    record NewCustomerView(
            String id,
            String line,
            String account,
            String deviceKeyId,
            String apiKey,
            String signInName,
            String password,
            String totpSecret) {}

    record Forward(@Nullable Long seconds) {}

    /** One tap: a customer of the sandbox with a line and an account, signed in at once. {@code carrier}: one of the served jurisdiction, or any. */
    @PostMapping("/sandbox/enter")
    String enter(
            @RequestParam(defaultValue = "") String deviceKey,
            @RequestParam(defaultValue = "") String carrier,
            HttpServletResponse response) {
        var key = DeviceKeys.parse(deviceKey).orElseGet(SandboxDoor::unusable);
        var person =
                JsonExchange.post(
                        transport,
                        URI.create(sandbox + "/sandbox/people"),
                        Secret.next().shown(),
                        Map.of("carrier", carrierOf(carrier)));
        if (!(person instanceof Answer.Done<JsonNode>(var body)))
            throw new Problem(ProblemCode.UNAVAILABLE).retry("after");
        var made = make(body.path("name").asString(""), key);
        add(
                made.customer(),
                body.path("line_number").asString(""),
                body.path("account_number").asString(""));
        SessionCookie.set(
                response, signIn.enter(logins.loginOf(made.customer().value()).orElseThrow()));
        return "redirect:/";
    }

    /** A choice of who bills where this platform serves real names; the invented ones bill in ways that tests choose. */
    private String carrierOf(String wanted) {
        var here =
                carriers.all().stream()
                        .filter(carrier -> carrier.jurisdiction().equals(jurisdictions.served()))
                        .map(CarrierProfile::code)
                        .toList();
        return here.contains(wanted) ? wanted : here.getFirst();
    }

    /** Without a script there is no device key: the public half of a pair whose private half nobody keeps. Everything can be read, nothing confirmed. */
    private static byte[] unusable() {
        try {
            var encoded =
                    KeyPairGenerator.getInstance("Ed25519")
                            .generateKeyPair()
                            .getPublic()
                            .getEncoded();
            return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    @PostMapping("/api/v1/customers")
    @ResponseBody
    ResponseEntity<NewCustomerView> customer(@RequestBody NewCustomer request) {
        if (request.name() == null || request.name().isBlank() || request.name().length() > 60)
            throw Problem.field("/name", "length");
        var key =
                DeviceKeys.parse(request.deviceKey())
                        .orElseThrow(() -> Problem.field("/device_key", "not-ed25519"));
        if (request.lineNumber() == null) throw Problem.field("/line_number", "missing");
        if (request.accountNumber() == null) throw Problem.field("/account_number", "missing");
        var made = make(request.name(), key);
        var added = add(made.customer(), request.lineNumber(), request.accountNumber());
        var login = logins.loginOf(made.customer().value()).orElseThrow();
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(
                        new NewCustomerView(
                                made.customer().shown(),
                                added.line(),
                                added.account(),
                                made.deviceKey().shown(),
                                apiKeys.make(login),
                                made.login().name(),
                                made.login().password(),
                                made.login().totpSecret()));
    }

    private record Made(CustomerId customer, DeviceKeyId deviceKey, NewLogin login) {}

    private Made make(String name, byte[] deviceKey) {
        var login =
                new NewLogin(
                        "sandbox-"
                                + Secret.next()
                                        .shown()
                                        .substring(0, 12)
                                        .toLowerCase(java.util.Locale.ROOT),
                        Secret.next().shown(),
                        Totp.newSecret(),
                        Role.CUSTOMER);
        return switch (signUp.signUp(name, login, deviceKey)) {
            case SignUp.Result.Made(var customer, var device) -> new Made(customer, device, login);
            case SignUp.Result.WeakPassword w -> throw new Problem(ProblemCode.WEAK_PASSWORD);
            case SignUp.Result.NameTaken t -> throw new Problem(ProblemCode.ALREADY_TAKEN);
        };
    }

    private record Added(String line, String account) {}

    private Added add(CustomerId customer, String lineNumber, String accountNumber) {
        var line =
                switch (lines.add(customer, lineNumber)) {
                    case Lines.Result.Added(var added) -> added.id().shown();
                    case Lines.Result.NoRulePack n ->
                            throw new Problem(ProblemCode.NO_RULE_PACK).with("party", "line");
                    case Lines.Result.NoCarrier n -> throw new Problem(ProblemCode.UNKNOWN_LINE);
                    case Lines.Result.Taken t -> throw new Problem(ProblemCode.ALREADY_TAKEN);
                    case Lines.Result.NotNow n ->
                            throw new Problem(ProblemCode.UNAVAILABLE).retry("after");
                };
        var account =
                switch (designation.add(customer, accountNumber)) {
                    case Designation.Result.Added(var added) -> added.id().shown();
                    case Designation.Result.NoRulePack n ->
                            throw new Problem(ProblemCode.NO_RULE_PACK).with("party", "account");
                    case Designation.Result.NoAccount n ->
                            throw new Problem(ProblemCode.UNKNOWN_ACCOUNT);
                    case Designation.Result.OtherHolder o ->
                            throw new Problem(ProblemCode.HOLDER_MISMATCH);
                    case Designation.Result.Taken t -> throw new Problem(ProblemCode.ALREADY_TAKEN);
                    case Designation.Result.NotNow n ->
                            throw new Problem(ProblemCode.UNAVAILABLE).retry("after");
                };
        return new Added(line, account);
    }

    /** What stands on the bill of a customer's line: the carrier's page, which in the sandbox nobody else shows. */
    @GetMapping("/sandbox/bill")
    String bill(@SignedIn Caller caller, @RequestParam String line) {
        var number =
                Id.parse("pl", line)
                        .flatMap(
                                id ->
                                        customers.line(
                                                new CustomerId(caller.subject()), new LineId(id)))
                        .map(PhoneLine::number)
                        .orElseThrow(() -> new Problem(ProblemCode.NOT_FOUND));
        return "redirect:"
                + sandbox
                + "/sandbox/phones/"
                + URLEncoder.encode(number, StandardCharsets.UTF_8)
                + "/bill";
    }

    record Licence(@Nullable Boolean valid) {}

    /** What the regulator's register says of a provider from now on. */
    @PostMapping("/api/v1/sandbox/providers/{code}/licence")
    @ResponseBody
    Map<String, Object> licence(@PathVariable String code, @RequestBody Licence request) {
        var valid = request.valid();
        if (valid == null) throw Problem.field("/valid", "missing");
        if (!providers.licensed(code, valid)) throw new Problem(ProblemCode.NOT_FOUND);
        return Map.of("provider", code, "valid", valid);
    }

    /** Moves the business clock on; at most a year at once. */
    @PostMapping("/api/v1/sandbox/clock")
    @ResponseBody
    Map<String, String> forward(@RequestBody Forward request) {
        var seconds = request.seconds();
        if (seconds == null || seconds < 0 || seconds > Duration.ofDays(366).toSeconds())
            throw Problem.field("/seconds", "out-of-range");
        return Map.of("now", clock.forward(Duration.ofSeconds(seconds)).toString());
    }
}
