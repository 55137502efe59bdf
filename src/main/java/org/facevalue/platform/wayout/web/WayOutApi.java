package org.facevalue.platform.wayout.web;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.facevalue.platform.customer.CustomerId;
import org.facevalue.platform.identity.Caller;
import org.facevalue.platform.identity.SignedIn;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.jurisdiction.NotLawful;
import org.facevalue.platform.jurisdiction.Verdict;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.money.MoneyJson;
import org.facevalue.platform.problem.Problem;
import org.facevalue.platform.problem.ProblemCode;
import org.facevalue.platform.wayout.Letters;
import org.facevalue.platform.wayout.Purchase;
import org.facevalue.platform.wayout.Purchases;
import org.facevalue.platform.wayout.WayOut;
import org.facevalue.platform.wayout.WayOuts;
import org.facevalue.platform.wayout.WayOuts.Asked;
import org.facevalue.platform.wayout.Ways;
import org.facevalue.platform.wayout.Ways.Way;
import org.facevalue.platform.wayout.web.Entries.NewPurchase;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class WayOutApi {
    static final int MOST = 50;
    private final Entries entries;
    private final Purchases purchases;
    private final Ways ways;
    private final WayOuts wayOuts;
    private final Letters letters;
    private final Journal journal;

    WayOutApi(
            Entries entries,
            Purchases purchases,
            Ways ways,
            WayOuts wayOuts,
            Letters letters,
            Journal journal) {
        this.entries = entries;
        this.purchases = purchases;
        this.ways = ways;
        this.wayOuts = wayOuts;
        this.letters = letters;
        this.journal = journal;
    }

    record GroundView(String rule, String source, String ko, String en) {}

    /** {@code gives}: absent where the issuer's own terms say how much; {@code code}: why it is closed. */
    record WayView(
            String kind,
            boolean points,
            boolean open,
            @Nullable MoneyJson gives,
            @Nullable String party,
            @Nullable LocalDate until,
            @Nullable String untilLaw,
            @Nullable String code,
            List<GroundView> grounds) {}

    record EvidenceView(String name, String mediaType, int size, String sha256) {}

    /** {@code ways}: what the law has. {@code blockedBy}: the way out for which none of them can be asked for now, or ever where it has given something back. */
    record PurchaseView(
            String id,
            @Nullable String cashOut,
            @Nullable String line,
            String seller,
            String article,
            String number,
            LocalDate boughtOn,
            MoneyJson amount,
            @Nullable MoneyJson faceValue,
            @Nullable MoneyJson balance,
            List<EvidenceView> evidence,
            List<WayView> ways,
            @Nullable String blockedBy) {}

    record PurchaseList(List<PurchaseView> data) {}

    record Ask(
            @Nullable String purchase,
            @Nullable String kind,
            @Nullable Boolean points,
            @Nullable String account,
            @Nullable String stated) {}

    record EventView(String event, Instant at) {}

    record WayOutView(
            String id,
            String purchase,
            String kind,
            String state,
            boolean ended,
            String party,
            @Nullable MoneyJson gives,
            @Nullable MoneyJson given,
            boolean withheld,
            @Nullable String reason,
            @Nullable String caseNumber,
            LocalDate until,
            String untilLaw,
            String packs,
            List<GroundView> grounds,
            List<String> choices,
            Instant since,
            List<EventView> timeline) {}

    record WayOutList(List<WayOutView> data) {}

    @PostMapping("/api/v1/purchases")
    ResponseEntity<PurchaseView> enter(
            @SignedIn Caller caller, @RequestBody NewPurchase request, Locale language) {
        var purchase = entries.enter(caller, request, language);
        return ResponseEntity.created(URI.create("/api/v1/purchases/" + purchase.id().shown()))
                .body(view(purchase));
    }

    @GetMapping("/api/v1/purchases")
    PurchaseList purchases(@SignedIn Caller caller) {
        return new PurchaseList(
                purchases.of(new CustomerId(caller.subject()), MOST).stream()
                        .map(this::view)
                        .toList());
    }

    @GetMapping("/api/v1/purchases/{id}")
    PurchaseView purchase(@SignedIn Caller caller, @PathVariable String id) {
        return view(entries.purchase(caller, id));
    }

    /** {@code number}: which of the purchase's files, from 1. */
    @GetMapping(
            path = "/api/v1/purchases/{id}/evidence/{number}",
            produces = {
                MediaType.APPLICATION_PDF_VALUE,
                MediaType.IMAGE_PNG_VALUE,
                MediaType.IMAGE_JPEG_VALUE
            })
    ResponseEntity<byte[]> evidence(
            @SignedIn Caller caller, @PathVariable String id, @PathVariable int number) {
        return entries.evidence(caller, id, number);
    }

    /** The body is the file: a PDF, PNG or JPEG of at most 1 MiB, whole, and what it says it is. */
    @PostMapping(
            path = "/api/v1/purchases/{id}/evidence",
            consumes = {
                MediaType.APPLICATION_PDF_VALUE,
                MediaType.IMAGE_PNG_VALUE,
                MediaType.IMAGE_JPEG_VALUE
            })
    ResponseEntity<PurchaseView> evidence(
            @SignedIn Caller caller,
            @PathVariable String id,
            @RequestParam String name,
            @RequestHeader("Content-Type") String type,
            @RequestBody byte[] file) {
        var purchase = entries.purchase(caller, id);
        entries.addEvidence(purchase, name, type, file);
        return ResponseEntity.status(HttpStatus.CREATED).body(view(purchase));
    }

    @PostMapping("/api/v1/ways-out")
    ResponseEntity<WayOutView> ask(
            @SignedIn Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody Ask request,
            Locale language) {
        if (key == null) throw new Problem(ProblemCode.IDEMPOTENCY_KEY_MISSING);
        var purchase = entries.asked(caller, request.purchase(), language);
        boolean points = Boolean.TRUE.equals(request.points());
        var kind = Entries.kind(request.kind());
        Entries.stated(kind, request.stated());
        var asked =
                wayOuts.ask(
                        purchase,
                        kind,
                        points,
                        entries.account(caller, request.account()),
                        language);
        var begun = begun(asked);
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/ways-out/" + begun.id().shown()))
                .body(view(begun));
    }

    static WayOut begun(Asked asked) {
        return switch (asked) {
            case Asked.Begun(var wayOut) -> wayOut;
            case Asked.NotLawful(var no) -> throw NotLawful.problem(no);
            case Asked.NoEvidence n -> throw new Problem(ProblemCode.EVIDENCE_MISSING);
            case Asked.NotConfirmed n -> throw new Problem(ProblemCode.PURCHASE_NOT_CONFIRMED);
            case Asked.NoAccount n -> throw Problem.field("/account", "missing");
            case Asked.Running(var other) ->
                    throw new Problem(ProblemCode.WAY_OUT_RUNNING).with("way_out", other.shown());
            case Asked.RulesChanged r -> throw new Problem(ProblemCode.RULES_CHANGED);
        };
    }

    @GetMapping("/api/v1/ways-out")
    WayOutList list(@SignedIn Caller caller) {
        return new WayOutList(
                wayOuts.of(new CustomerId(caller.subject())).stream().map(this::view).toList());
    }

    @GetMapping("/api/v1/ways-out/{id}")
    WayOutView read(@SignedIn Caller caller, @PathVariable String id) {
        return view(entries.wayOut(caller, id));
    }

    /** {@code choice}: {@code take-back}, {@code refer} or {@code leave}; those that are open now are among the {@code choices}. */
    @PostMapping("/api/v1/ways-out/{id}/{choice}")
    ResponseEntity<WayOutView> choose(
            @SignedIn Caller caller, @PathVariable String id, @PathVariable String choice) {
        if (!choose(wayOuts, entries.wayOut(caller, id), choice))
            throw new Problem(ProblemCode.TOO_LATE);
        return ResponseEntity.accepted().body(view(entries.wayOut(caller, id)));
    }

    static boolean choose(WayOuts wayOuts, WayOut wayOut, String choice) {
        return switch (choice) {
            case "take-back" -> wayOuts.takeBack(wayOut);
            case "refer" -> wayOuts.refer(wayOut);
            case "leave" -> wayOuts.leave(wayOut);
            default -> throw new Problem(ProblemCode.NOT_FOUND);
        };
    }

    /** {@code document}: {@code request} or {@code history}, as a PDF in the language of the request. */
    @GetMapping(
            path = "/api/v1/ways-out/{id}/{document}.pdf",
            produces = MediaType.APPLICATION_PDF_VALUE)
    ResponseEntity<byte[]> document(
            @SignedIn Caller caller,
            @PathVariable String id,
            @PathVariable String document,
            Locale language) {
        return paper(letters, entries.wayOut(caller, id), document, language);
    }

    static ResponseEntity<byte[]> paper(
            Letters letters, WayOut wayOut, String document, Locale language) {
        var paper =
                switch (document) {
                    case "request" -> letters.request(wayOut, language);
                    case "history" -> letters.history(wayOut, language);
                    default -> throw new Problem(ProblemCode.NOT_FOUND);
                };
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"" + wayOut.id().shown() + "-" + document + ".pdf\"")
                .body(paper);
    }

    private PurchaseView view(Purchase purchase) {
        var line = purchase.line();
        var cashOut = purchase.cashOut();
        var voucher = purchase.voucher();
        return new PurchaseView(
                purchase.id().shown(),
                cashOut == null ? null : cashOut.shown(),
                line == null ? null : line.shown(),
                purchase.seller(),
                purchase.article(),
                purchase.number(),
                purchase.boughtOn(),
                MoneyJson.of(purchase.amount()),
                voucher == null ? null : MoneyJson.of(voucher.faceValue()),
                voucher == null ? null : MoneyJson.of(voucher.balance()),
                purchases.evidence(purchase).stream()
                        .map(
                                e ->
                                        new EvidenceView(
                                                e.name(),
                                                e.type().mediaType(),
                                                e.size(),
                                                e.digest()))
                        .toList(),
                ways.of(purchase).stream().map(WayOutApi::view).toList(),
                wayOuts.blocking(purchase).map(wayOut -> wayOut.id().shown()).orElse(null));
    }

    private static WayView view(Way way) {
        return switch (way) {
            case Way.Open open ->
                    new WayView(
                            open.kind().word(),
                            open.points(),
                            true,
                            money(open.gives()),
                            open.desk().code(),
                            open.until().day(),
                            open.until().law(),
                            null,
                            grounds(open.by().citations()));
            case Way.Closed closed ->
                    new WayView(
                            closed.kind().word(),
                            closed.points(),
                            false,
                            null,
                            null,
                            null,
                            null,
                            closed.no().code(),
                            grounds(closed.no().citations()));
        };
    }

    private static List<GroundView> grounds(List<Verdict.Citation> citations) {
        return citations.stream()
                .map(c -> new GroundView(c.rule(), c.source(), c.korean(), c.english()))
                .toList();
    }

    private static @Nullable MoneyJson money(@Nullable Money money) {
        return money == null ? null : MoneyJson.of(money);
    }

    private WayOutView view(WayOut wayOut) {
        return new WayOutView(
                wayOut.id().shown(),
                wayOut.purchase().id().shown(),
                wayOut.kind().word(),
                wayOut.state().name(),
                wayOut.state().isEnd(),
                wayOut.basis().party(),
                money(wayOut.basis().gives()),
                money(wayOut.given()),
                wayOut.withheld(),
                wayOut.said(),
                wayOut.caseNumber(),
                wayOut.until().day(),
                wayOut.until().law(),
                wayOut.basis().packs(),
                wayOut.basis().grounds().stream()
                        .map(g -> new GroundView(g.rule(), g.source(), g.korean(), g.english()))
                        .toList(),
                wayOut.choices(),
                wayOut.stateSince(),
                journal.of(wayOut.cell(), wayOut.id().value()).stream()
                        .map(event -> new EventView(event.type(), event.at()))
                        .toList());
    }
}
