package org.facevalue.platform.notification;

import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.facevalue.platform.carrier.CarrierProfile;
import org.facevalue.platform.carrier.Carriers;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.customer.PhoneLine;
import org.facevalue.platform.identifier.Id;
import org.facevalue.platform.identity.Role;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.notification.Message.Channel;
import org.facevalue.platform.time.BusinessClock;
import org.facevalue.platform.wayout.WayOut;
import org.facevalue.platform.wayout.WayOutId;
import org.facevalue.platform.wayout.WayOuts;
import org.facevalue.platform.wording.Wording;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * What is told of an event, and to whom. Nothing is told that is not here: an offer, an advert or a word about anybody's cash-out has no line in this
 * class, so that none can go out where the law forbids to write of it.
 */
@Component
class Tidings {
    /** Each turn of a way out that is not the customer's own doing. */
    private static final Set<String> TURNS =
            Set.of(
                    "received",
                    "granted",
                    "refused",
                    "undone",
                    "undone-in-part",
                    "term-over",
                    "choice-nearly-over",
                    "lapsed",
                    "taken-back",
                    "referred",
                    "referral-declined");

    /** What the staff is told, and which of them. */
    private static final Map<String, List<Role>> FOR_STAFF =
            Map.of(
                    "wo reminded", List.of(Role.SUPPORT),
                    "wo term-over", List.of(Role.SUPPORT),
                    "wo referral-declined", List.of(Role.SUPPORT),
                    "lo staff-added", List.of(Role.COMPLIANCE, Role.AUDITOR, Role.OPERATOR),
                    "lo staff-removed", List.of(Role.COMPLIANCE, Role.AUDITOR, Role.OPERATOR),
                    "ap asked", List.of(Role.COMPLIANCE, Role.FINANCE, Role.OPERATOR),
                    "bg glass-broken",
                            List.of(
                                    Role.SUPPORT,
                                    Role.COMPLIANCE,
                                    Role.FINANCE,
                                    Role.AUDITOR,
                                    Role.OPERATOR));

    private static final String SMTP = "smtp";
    private final WayOuts wayOuts;
    private final Customers customers;
    private final Carriers carriers;
    private final Jurisdictions jurisdictions;
    private final MessageSource messages;
    private final BusinessClock clock;
    private final String address;
    private final String staffDomain;

    Tidings(
            WayOuts wayOuts,
            Customers customers,
            Carriers carriers,
            Jurisdictions jurisdictions,
            MessageSource messages,
            BusinessClock clock,
            @Value("${facevalue.mail.link}") String address,
            @Value("${facevalue.mail.staff-domain}") String staffDomain) {
        this.wayOuts = wayOuts;
        this.customers = customers;
        this.carriers = carriers;
        this.jurisdictions = jurisdictions;
        this.messages = messages;
        this.clock = clock;
        this.address = address;
        this.staffDomain = staffDomain;
    }

    List<Message> of(Event event) {
        var told = new ArrayList<Message>();
        var roles = FOR_STAFF.getOrDefault(event.subjectKind() + " " + event.type(), List.of());
        for (var role : roles) told.add(toStaff(event, role));
        if (event.subjectKind().equals("wo") && TURNS.contains(event.type()))
            wayOuts.any(new WayOutId(event.subject()))
                    .ifPresent(
                            wayOut ->
                                    told.add(
                                            toCustomer(
                                                    event,
                                                    wayOut,
                                                    event.type() + referring(event))));
        if (isAfterAll(event))
            Id.parse("co", String.valueOf(event.data().get("cash_out")))
                    .flatMap(wayOuts::latest)
                    .filter(wayOut -> wayOut.state().isEnd())
                    .ifPresent(wayOut -> told.add(toCustomer(event, wayOut, "after-all")));
        return told;
    }

    /** Whether an issuer has taken a kept voucher back when the customer had done with it already, and the charge is undone now. */
    private static boolean isAfterAll(Event event) {
        return event.subjectKind().equals("am")
                && "LATE_WITHDRAWAL".equals(event.data().get("of"))
                && "UNDONE".equals(event.data().get("state"));
    }

    /** A text to the line that was charged, or to the customer's first one. Where there is none, nobody carries it, and the desk sees that. */
    private Message toCustomer(Event event, WayOut wayOut, String turn) {
        var purchase = wayOut.purchase();
        var number =
                customers.lines(purchase.customer()).stream()
                        .filter(
                                line ->
                                        purchase.line() == null
                                                || line.id().equals(purchase.line()))
                        .map(PhoneLine::number)
                        .findFirst()
                        .orElse("");
        var carrier = carriers.of(number).map(CarrierProfile::code).orElse("");
        var language = wayOut.basis().language();
        var wording = new Wording(language, jurisdictions.zone());
        var given = wayOut.given();
        var asked = wayOut.basis().gives();
        var amount = given != null ? given : asked != null ? asked : purchase.amount();
        var said = event.data().get("until");
        var until = said == null ? wayOut.until().day() : LocalDate.parse(said.toString());
        var body =
                t(
                        language,
                        "notification.wo." + turn,
                        purchase.seller(),
                        wording.money(amount),
                        wording.day(until),
                        link("/ways-out/" + wayOut.id().shown()));
        return Message.of(event, Channel.TEXT, carrier, number, language, "", body, clock.now());
    }

    /** Who has referred it has chosen already. */
    private static String referring(Event event) {
        boolean chosen = event.type().equals("refused") || event.type().equals("undone-in-part");
        return chosen && "REFERRING".equals(event.data().get("state")) ? ".referring" : "";
    }

    private Message toStaff(Event event, Role role) {
        var words = event.subjectKind() + "." + event.type();
        boolean approvals = List.of("ap", "bg").contains(event.subjectKind());
        var page = approvals ? "/staff/approvals" : "/staff";
        var shown = shown(event);
        var body = new ArrayList<String>();
        for (var language : List.of(Locale.KOREAN, Locale.ENGLISH))
            body.add(t(language, "notification.staff." + words, shown, link(page)));
        return Message.of(
                event,
                Channel.EMAIL,
                SMTP,
                role.name().toLowerCase(Locale.ROOT) + "@" + staffDomain,
                Locale.KOREAN,
                t(Locale.KOREAN, "notification.staff." + words + ".title"),
                String.join("\n\n", body),
                clock.now());
    }

    private static String shown(Event event) {
        return event.subjectKind() + "_" + event.subject().toString().replace("-", "");
    }

    private String link(String path) {
        return URI.create(address).resolve(path).toString();
    }

    private String t(Locale language, String key, Object... with) {
        return messages.getMessage(key, with, language);
    }
}
