package org.facevalue.platform.wayout;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.facevalue.platform.customer.Customers;
import org.facevalue.platform.journal.Event;
import org.facevalue.platform.journal.Journal;
import org.facevalue.platform.jurisdiction.Jurisdictions;
import org.facevalue.platform.money.Money;
import org.facevalue.platform.outside.Answer;
import org.facevalue.platform.outside.Transport;
import org.facevalue.platform.quote.PartyNames;
import org.facevalue.platform.wayout.UndoRequests.Document;
import org.facevalue.platform.wayout.UndoRequests.Standing;
import org.facevalue.platform.wording.Wording;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The documents of a way out, in either language: what is asked for and why, and the whole file for whoever decides a dispute. */
@Component
public class Letters {
    private static final String PDF = "application/pdf";
    private final Customers customers;
    private final Purchases purchases;
    private final MadeHere madeHere;
    private final Journal journal;
    private final Desks desks;
    private final PartyNames names;
    private final Jurisdictions jurisdictions;
    private final MessageSource messages;

    Letters(
            Customers customers,
            Purchases purchases,
            MadeHere madeHere,
            Journal journal,
            Desks desks,
            PartyNames names,
            Jurisdictions jurisdictions,
            MessageSource messages) {
        this.customers = customers;
        this.purchases = purchases;
        this.madeHere = madeHere;
        this.journal = journal;
        this.desks = desks;
        this.names = names;
        this.jurisdictions = jurisdictions;
        this.messages = messages;
    }

    /** What is asked of the party, as a PDF. */
    public byte[] request(WayOut wayOut, Locale language) {
        var words = new Words(language);
        var title = words.t("wayout.letter." + wayOut.kind().word());
        var paper = new Paper(title, language.getLanguage());
        paper.text(to(wayOut, words))
                .text(
                        words.t(
                                "wayout.letter.words."
                                        + (wayOut.isCarriedOutHere()
                                                ? "made-here"
                                                : wayOut.kind().word())))
                .heading(words.t("wayout.letter.purchase"))
                .pairs(purchase(wayOut, words))
                .heading(words.t("wayout.letter.grounds"));
        for (var ground : wayOut.basis().grounds())
            paper.text(
                    ground.source() + "\n" + (words.korean() ? ground.korean() : ground.english()));
        return paper.heading(words.t("wayout.letter.evidence"))
                .pairs(evidence(wayOut, words))
                .text(words.t("wayout.letter.made", words.wording.moment(wayOut.createdAt())))
                .done();
    }

    /** Everything that has happened to it, as a PDF. */
    public byte[] history(WayOut wayOut, Locale language) {
        var words = new Words(language);
        var rows = new ArrayList<String[]>();
        for (var event : journal.of(wayOut.cell(), wayOut.id().value()))
            rows.add(
                    new String[] {
                        words.wording.moment(event.at()),
                        words.t("wayout.event." + event.type())
                                + said(event, wayOut, words)
                                + until(event, words)
                    });
        return new Paper(words.t("wayout.letter.history"), language.getLanguage())
                .text(wayOut.id().shown())
                .pairs(purchase(wayOut, words))
                .heading(words.t("wayout.letter.events"))
                .pairs(rows)
                .done();
    }

    /** What the party has said or given with it, as it was then. */
    private static String said(Event event, WayOut wayOut, Words words) {
        var data = event.data();
        if (data.get("why") instanceof String why)
            return "\n"
                    + words.t(
                            event.type().equals("referral-declined")
                                    ? "wayout.letter.body-said"
                                    : "wayout.letter.said",
                            words.because(why));
        if (data.get("given") instanceof Number given)
            return "\n"
                    + words.t(
                            "wayout.letter.given",
                            words.wording.money(
                                    new Money(
                                            given.longValue(),
                                            wayOut.purchase().amount().currency())));
        if (data.get("withheld") instanceof Boolean held && wayOut.kind() == Kind.CORRECTION)
            return "\n" + words.t(held ? "wayout.letter.withheld" : "wayout.letter.not-withheld");
        return "";
    }

    /** A withdrawal is declared to the seller, whom the carrier bills for; everything else to who is asked. */
    private String to(WayOut wayOut, Words words) {
        var party = party(wayOut, words);
        return wayOut.kind() == Kind.WITHDRAWAL && !wayOut.purchase().isMadeHere()
                ? words.t("wayout.letter.to.through", wayOut.purchase().seller(), party)
                : words.t("wayout.letter.to", party);
    }

    /** By when, and by which law, as it was then. */
    private static String until(Event event, Words words) {
        var law = String.valueOf(event.data().getOrDefault("law", ""));
        if (law.isEmpty()) return "";
        var day = LocalDate.parse(String.valueOf(event.data().get("until")));
        return "\n" + words.t("wayout.letter.until", words.wording.day(day), law);
    }

    private List<String[]> purchase(WayOut wayOut, Words words) {
        var purchase = wayOut.purchase();
        var rows = new ArrayList<String[]>();
        rows.add(new String[] {words.t("wayout.customer"), name(purchase)});
        var line = purchases.lineNumber(purchase);
        if (line != null) rows.add(new String[] {words.t("wayout.line"), line});
        rows.add(new String[] {words.t("wayout.number"), purchase.number()});
        rows.add(new String[] {words.t("wayout.seller"), purchase.seller()});
        rows.add(new String[] {words.t("wayout.article"), purchase.article()});
        rows.add(
                new String[] {words.t("wayout.bought-on"), words.wording.day(purchase.boughtOn())});
        rows.add(new String[] {words.t("wayout.amount"), words.wording.money(purchase.amount())});
        var gives = wayOut.basis().gives();
        if (gives != null)
            rows.add(new String[] {words.t("wayout.asked"), words.wording.money(gives)});
        var account = purchases.accountNumber(purchase, wayOut.basis().account());
        if (account != null) rows.add(new String[] {words.t("wayout.letter.account"), account});
        if (wayOut.basis().points())
            rows.add(
                    new String[] {
                        words.t("wayout.letter.points"), words.t("wayout.letter.points.words")
                    });
        return rows;
    }

    private List<String[]> evidence(WayOut wayOut, Words words) {
        var cashOut = wayOut.purchase().cashOut();
        if (cashOut != null)
            return List.<String[]>of(
                    new String[] {words.t("wayout.made-here.evidence"), cashOut.shown()});
        return purchases.evidence(wayOut.purchase()).stream()
                .filter(each -> !each.addedAt().isAfter(wayOut.createdAt()))
                .map(each -> new String[] {each.name(), "SHA-256 " + each.digest()})
                .toList();
    }

    private String name(Purchase purchase) {
        return customers.name(purchase.customer()).orElseThrow();
    }

    private String party(WayOut wayOut, Words words) {
        return desks.named(wayOut.basis().party())
                .map(desk -> desk.name(words.language))
                .orElseGet(() -> names.name(wayOut.basis().party(), words.language));
    }

    /** Says one of the steps to the party, with what it needs. */
    Answer<Standing> say(Transport transport, Desk desk, WayOut wayOut, Step step) {
        return switch (step) {
            case FILE ->
                    UndoRequests.file(
                            transport,
                            desk,
                            wayOut,
                            purchases.lineNumber(wayOut.purchase()),
                            purchases.accountNumber(wayOut.purchase(), wayOut.basis().account()),
                            documents(wayOut));
            case LOOK -> UndoRequests.look(transport, desk, wayOut);
            case REMIND -> UndoRequests.remind(transport, desk, wayOut);
            case TAKE_BACK -> UndoRequests.takeBack(transport, desk, wayOut);
            case REFER -> throw new IllegalArgumentException("the dispute body's");
        };
    }

    private List<Document> documents(WayOut wayOut) {
        var documents = new ArrayList<Document>();
        documents.add(new Document("request.pdf", PDF, request(wayOut, Locale.KOREAN)));
        if (wayOut.purchase().isMadeHere())
            documents.add(
                    new Document(
                            "receipt.json",
                            "application/json",
                            madeHere.receipt(wayOut.purchase())));
        // Under our own names: what a customer calls a file must not pass for a paper of ours.
        int number = 0;
        for (var evidence : purchases.evidence(wayOut.purchase()))
            documents.add(
                    new Document(
                            "evidence-" + ++number + "." + evidence.type().ending(),
                            evidence.type().mediaType(),
                            purchases.content(wayOut.purchase(), evidence)));
        return documents;
    }

    /** For the dispute body: the request, the evidence, and what has happened. */
    List<Document> wholeFile(WayOut wayOut) {
        var documents = new ArrayList<>(documents(wayOut));
        documents.add(new Document("history.pdf", PDF, history(wayOut, Locale.KOREAN)));
        return documents;
    }

    private final class Words {
        private final Locale language;
        private final Wording wording;

        Words(Locale language) {
            this.language = language;
            this.wording = new Wording(language, jurisdictions.zone());
        }

        String t(String key, Object... with) {
            return messages.getMessage(key, with, language);
        }

        /** A party's reason, by its code where we have no words for it. */
        String because(String code) {
            return String.valueOf(
                    messages.getMessage("wayout.because." + code, null, code, language));
        }

        boolean korean() {
            return language.getLanguage().equals("ko");
        }
    }
}
